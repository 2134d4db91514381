import { Button, Loader, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OwnVersion, SeenRecord } from '../../../shared/contract/app/views.ts';
import { useEngine, useQueryClient } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { position, usePosition } from '../../position/position.ts';
import { showActionToast, showProblemToast } from '../../ui/action-toast.tsx';
import { announce } from '../../ui/announcer.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { CleanupDialog } from './CleanupDialog.tsx';
import { OfferDialog } from './OfferDialog.tsx';
import type { RecordKind } from './record-type.ts';
import { useReadOnlyReason } from './useReadOnlyReason.ts';
import { VersionRow } from './VersionRow.tsx';
import style from './panels.module.css';

type Asking =
  | { readonly kind: 'remove'; readonly version: OwnVersion }
  | { readonly kind: 'offer'; readonly version: OwnVersion }
  | { readonly kind: 'cleanup' };

/** One's own numbered versions of a record, newest first, with everything that can be done with each. */
export function VersionsPanel({ kind, seen }: { readonly kind: RecordKind; readonly seen: SeenRecord }): React.JSX.Element {
  const { call, query } = useEngine();
  const queries = useQueryClient();
  const branch = usePosition((state) => state.branch);
  const reason = useReadOnlyReason();
  const [asking, setAsking] = useState<Asking | null>(null);
  const record = { type: seen.type, id: seen.id };
  const versions = useQuery(query.views.versions.queryOptions({ input: { ...record, limit: 500 } }));
  const fresh = (): Promise<unknown> => queries.invalidateQueries({ queryKey: query.views.key() });
  const onError = (error: unknown): void => showProblemToast(problemOf(error).message);
  const use = useMutation({
    mutationFn: (version: number | null) =>
      version === null ? call.views.clear({ ...record, branch }) : call.views.useVersion({ ...record, version, branch }),
    onSuccess: async (_, version) => {
      const before = seen.version;
      await fresh();
      showActionToast({
        message: version === null ? t('records.cleared') : t('records.used', { number: version }),
        label: t('records.undo'),
        run: () => use.mutate(before),
      });
    },
    onError,
  });
  const archive = useMutation({
    mutationFn: ({ number, archived }: { readonly number: number; readonly archived: boolean }) =>
      call.views.archive({ ...record, version: number, archived }),
    onSuccess: async (_, { number, archived }) => {
      await fresh();
      announce(t(archived ? 'records.putAwaySaid' : 'records.takeOutSaid', { number }));
    },
    onError,
  });
  const remove = useMutation({
    mutationFn: (version: number) => call.views.remove({ ...record, version }),
    onSuccess: async (_, number) => {
      setAsking(null);
      await fresh();
      announce(t('records.removed', { number }));
    },
    onError,
  });
  const unlink = useMutation({
    mutationFn: () => call.views.unlink(record),
    onSuccess: async () => {
      position.getState().go({ place: { screen: kind.screen, record: null, part: 'form' } });
      await fresh();
      const message = t('records.unlinked', { title: seen.title });
      announce(message);
      notifications.show({ message });
    },
    onError,
  });
  if (versions.isPending) return <Loader size="sm" m="md" role="status" aria-label={t('common.loading')} />;
  if (versions.error)
    return (
      <p className={style.problem} role="alert">
        {problemOf(versions.error).message}
      </p>
    );
  const { items, total } = versions.data;
  return (
    <div className={style.panel}>
      <header className={style.bar}>
        <strong>{t('records.versionCount', { count: total })}</strong>
        <span className={style.quiet}>{t('records.versionsText')}</span>
        <span className={style.space} />
        {reason === null && (
          <Button variant="subtle" color="gray" size="compact-sm" loading={unlink.isPending} onClick={() => unlink.mutate()}>
            {t('records.unlink')}
          </Button>
        )}
        {reason === null && total > 0 && (
          <Button variant="default" size="compact-sm" onClick={() => setAsking({ kind: 'cleanup' })}>
            {t('records.cleanUp')}
          </Button>
        )}
      </header>
      {total === 0 && (
        <div className={style.none}>
          <strong>{t('records.noVersions')}</strong>
          <span>{t('records.noVersionsText')}</span>
        </div>
      )}
      <ol className={style.versions} aria-label={t('records.part_versions')}>
        {items.map((version) => (
          <VersionRow
            key={version.number}
            version={version}
            readOnly={reason}
            busy={use.isPending || archive.isPending || remove.isPending}
            actions={{
              use: () => use.mutate(version.number),
              offer: () => setAsking({ kind: 'offer', version }),
              archive: (archived) => archive.mutate({ number: version.number, archived }),
              remove: () => setAsking({ kind: 'remove', version }),
            }}
          />
        ))}
      </ol>
      {asking?.kind === 'remove' && (
        <ConfirmDialog
          title={t('records.removeTitle', { number: asking.version.number })}
          cancel={t('common.cancel')}
          action={t('records.remove')}
          busy={remove.isPending}
          problem={null}
          onConfirm={() => remove.mutate(asking.version.number)}
          onClose={() => setAsking(null)}
        >
          <Text size="sm">{t('records.removeText')}</Text>
        </ConfirmDialog>
      )}
      {asking?.kind === 'offer' && <OfferDialog seen={seen} version={asking.version.number} onClose={() => setAsking(null)} />}
      {asking?.kind === 'cleanup' && <CleanupDialog kind={kind} id={seen.id} onClose={() => setAsking(null)} />}
    </div>
  );
}
