import { Button, Group, Loader, Radio, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RestorePreview } from '../../../shared/contract/app/changes.ts';
import { useEngine, useQueryClient } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { position, type ShownMoment } from '../../position/position.ts';
import { announce } from '../../ui/announcer.tsx';
import { dateRangeText, datesInWords, dateText, instantText } from '../../ui/format.ts';
import type { ScopeChoice } from './scope.ts';
import classes from './RestoreForm.module.css';

const listed = 60;

/** Chooses the scope, shows what would change and which clashes would appear, asks why, and brings it back as one new commit. */
export function RestoreForm({
  branch,
  moment,
  choices,
  personName,
  onClose,
}: {
  readonly branch: string;
  readonly moment: Extract<ShownMoment, { kind: 'commit' }>;
  readonly choices: readonly ScopeChoice[];
  readonly personName: string;
  readonly onClose: () => void;
}): React.JSX.Element {
  const { call, query } = useEngine();
  const queries = useQueryClient();
  const [kind, setKind] = useState(choices[0]?.kind ?? 'all');
  const [reason, setReason] = useState('');
  const choice = choices.find((known) => known.kind === kind) ?? choices[0];
  const input = { branch, at: moment.commit, scope: choice?.scope ?? { kind: 'all' as const } };
  const preview = useQuery({ ...query.changes.previewRestore.queryOptions({ input }), staleTime: 0, placeholderData: keepPreviousData });
  const restore = useMutation({
    mutationFn: () => call.changes.restore({ ...input, reason: reason.trim() }),
    onSuccess: (outcome) => {
      if (outcome.kind === 'stale') {
        void queries.invalidateQueries({ queryKey: query.changes.previewRestore.key() });
        return;
      }
      const said = t('restore.done', { summary: preview.data?.summary ?? '' });
      notifications.show({ message: said });
      announce(said);
      position.getState().returnToNow();
      onClose();
    },
  });
  const problem = restore.error
    ? problemOf(restore.error).message
    : preview.error
      ? problemOf(preview.error).message
      : restore.data?.kind === 'stale'
        ? t('restore.stale', { branch })
        : null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        restore.mutate();
      }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('restore.explain')}
        </Text>
        <Text size="sm">
          {t('restore.when')} <strong>{instantText(moment.at)}</strong>
        </Text>
        <Radio.Group
          label={t('restore.scope')}
          value={kind}
          onChange={(value) => setKind(choices.find((known) => known.kind === value)?.kind ?? 'all')}
        >
          <Stack gap={6} mt={6}>
            {choices.map((known) => (
              <Radio key={known.kind} size="xs" value={known.kind} label={scopeText(known, personName)} />
            ))}
          </Stack>
        </Radio.Group>
        <section aria-label={t('restore.preview')} className={classes['preview']} aria-busy={preview.isFetching}>
          {preview.data ? (
            <Preview preview={preview.data} />
          ) : (
            preview.isPending && <Loader size="xs" aria-label={t('restore.previewing')} />
          )}
        </section>
        <Textarea
          label={t('restore.reason')}
          placeholder={t('restore.reasonPlaceholder')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          autosize
          minRows={2}
          maxLength={2000}
          required
          data-autofocus
        />
        {problem !== null && (
          <Text size="sm" c="red" role="alert">
            {problem}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            type="submit"
            loading={restore.isPending}
            disabled={reason.trim() === '' || !preview.data || preview.data.total === 0}
            title={reason.trim() === '' ? t('restore.reasonNeeded') : undefined}
          >
            {t('restore.action')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function scopeText({ scope, kind }: ScopeChoice, person: string): string {
  switch (scope.kind) {
    case 'cell':
      return t('restore.scopeCell', { cell: `${person}, ${dateText(scope.date)} ${scope.half}` });
    case 'person':
      return t('restore.scopePerson', { person });
    case 'days':
      return kind === 'personDays'
        ? t('restore.scopePersonDays', { person, days: dateRangeText(scope.from, scope.to) })
        : t('restore.scopeDays', { days: dateRangeText(scope.from, scope.to) });
    case 'all':
    case 'entities':
      return t('restore.scopeAll');
  }
}

const glyph = { added: '+', removed: '−', changed: '~' } as const;

function Preview({ preview }: { readonly preview: RestorePreview }): React.JSX.Element {
  if (preview.total === 0) return <p className={classes['summary']}>{t('restore.nothing')}</p>;
  return (
    <>
      <p className={classes['summary']}>{preview.summary}</p>
      {preview.newClashes.length > 0 && (
        <div className={classes['clashes']}>
          <strong>{t('restore.newClashes', { count: preview.newClashes.length })}</strong>
          <ul>
            {preview.newClashes.slice(0, 5).map((clash) => (
              <li key={clash.text}>{datesInWords(clash.text)}</li>
            ))}
          </ul>
        </div>
      )}
      {preview.clearedClashes.length > 0 && (
        <p className={classes['cleared']}>{t('restore.clearedClashes', { count: preview.clearedClashes.length })}</p>
      )}
      <ul className={classes['items']}>
        {preview.items.slice(0, listed).map((item) => (
          <li key={`${item.type} ${item.id}`} data-kind={item.kind}>
            <span className={classes['glyph']} aria-hidden>
              {glyph[item.kind]}
            </span>
            <span className="visually-hidden">{t(`restore.${item.kind}`)}</span>
            <span>{datesInWords(item.text)}</span>
          </li>
        ))}
      </ul>
      {preview.total > listed && <p className={classes['more']}>{t('restore.more', { count: preview.total - listed })}</p>}
    </>
  );
}
