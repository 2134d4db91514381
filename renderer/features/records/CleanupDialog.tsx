import { Button, Checkbox, Group, Loader, Modal, Select } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EntityId } from '../../../shared/ids.ts';
import { useEngine, useQueryClient } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { announce } from '../../ui/announcer.tsx';
import { useFocusReturn } from '../../ui/focus-return.ts';
import { shortInstantText } from '../../ui/format.ts';
import type { RecordKind } from './record-type.ts';
import style from './panels.module.css';

const ages = { any: null, month: 30, quarter: 90, year: 365 } as const;
type Age = keyof typeof ages;
const mostListed = 200;

/** Lists the versions that nobody uses, and removes exactly those that were listed. */
export function CleanupDialog({
  kind,
  id,
  onClose,
}: {
  readonly kind: RecordKind;
  readonly id: EntityId;
  readonly onClose: () => void;
}): React.JSX.Element {
  useFocusReturn();
  const { call, query } = useEngine();
  const queries = useQueryClient();
  const [drafts, setDrafts] = useState(true);
  const [archived, setArchived] = useState(true);
  const [age, setAge] = useState<Age>('any');
  const [all, setAll] = useState(false);
  // The moment of opening counts, so that what is listed is what is removed.
  const [opened] = useState(() => Date.now());
  const days = ages[age];
  const statuses: ('draft' | 'archived')[] = [...(drafts ? (['draft'] as const) : []), ...(archived ? (['archived'] as const) : [])];
  const scope = {
    type: kind.type,
    ...(!all && { id }),
    ...(statuses.length > 0 && { statuses }),
    ...(days !== null && { olderThan: new Date(opened - days * 86_400_000).toISOString() }),
  };
  const preview = useQuery({
    ...query.views.previewCleanup.queryOptions({ input: { ...scope, limit: mostListed } }),
    enabled: statuses.length > 0,
  });
  const found = statuses.length > 0 ? preview.data : { items: [], total: 0 };
  const cleanup = useMutation({
    mutationFn: (expected: number) => call.views.cleanup({ ...scope, expected }),
    onSuccess: async ({ removed }) => {
      await queries.invalidateQueries({ queryKey: query.views.key() });
      announce(t('records.cleanupDone', { count: removed }));
      onClose();
    },
    // Something changed since it was listed: the list is read again.
    onError: () => void queries.invalidateQueries({ queryKey: query.views.previewCleanup.key() }),
  });
  const total = found?.total ?? 0;
  return (
    <Modal opened onClose={onClose} size="lg" title={t('records.cleanupTitle')}>
      <div className={style.cleanup}>
        <p className={style.text}>{t('records.cleanupText')}</p>
        <Group gap="md" align="center">
          <Checkbox label={t('records.cleanupDrafts')} checked={drafts} onChange={(event) => setDrafts(event.currentTarget.checked)} />
          <Checkbox
            label={t('records.cleanupArchived')}
            checked={archived}
            onChange={(event) => setArchived(event.currentTarget.checked)}
          />
          <Select
            w={170}
            aria-label={t('records.cleanupAge')}
            allowDeselect={false}
            data={[
              { value: 'any', label: t('records.cleanupAnyAge') },
              { value: 'month', label: t('records.cleanupMonth') },
              { value: 'quarter', label: t('records.cleanupQuarter') },
              { value: 'year', label: t('records.cleanupYear') },
            ]}
            value={age}
            onChange={(value) => setAge(value === 'month' || value === 'quarter' || value === 'year' ? value : 'any')}
          />
          <Select
            w={150}
            aria-label={t('records.cleanupScope')}
            allowDeselect={false}
            data={[
              { value: 'this', label: t('records.cleanupThis') },
              { value: 'all', label: t('records.cleanupAll', { plural: kind.definition.plural }) },
            ]}
            value={all ? 'all' : 'this'}
            onChange={(value) => setAll(value === 'all')}
          />
        </Group>
        {preview.isPending && statuses.length > 0 && <Loader size="sm" role="status" aria-label={t('common.loading')} />}
        {(preview.error ?? cleanup.error) && (
          <p className={style.problem} role="alert">
            {problemOf(cleanup.error ?? preview.error).message}
          </p>
        )}
        {found && total === 0 && <p className={style.text}>{t('records.cleanupNone')}</p>}
        {found && total > 0 && (
          <ul className={style.cleanupList} aria-label={t('records.cleanupList')}>
            {found.items.map((version) => (
              <li key={`${version.id} ${version.number}`}>
                <strong>{t('records.version', { number: version.number })}</strong>
                <span>{version.status === 'draft' ? t('records.statusDraft') : t('records.statusArchived')}</span>
                <span>{shortInstantText(version.at)}</span>
                <span className={style.grow}>
                  {version.changes.map(({ label, newText }) => `${label}: ${newText || t('records.emptyValue')}`).join(' · ') ||
                    t('records.sameAsShared')}
                </span>
              </li>
            ))}
            {total > found.items.length && <li>{t('records.cleanupMore', { count: total - found.items.length })}</li>}
          </ul>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button color="red" disabled={total === 0} loading={cleanup.isPending} onClick={() => cleanup.mutate(total)}>
            {t('records.cleanupDo', { count: total })}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
