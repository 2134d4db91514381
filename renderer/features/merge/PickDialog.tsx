import { Alert, Button, Group, Loader, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { MergePreview } from '../../../shared/contract/app/merges.ts';
import type { EntityId } from '../../../shared/ids.ts';
import { useEngine, useQueryClient } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { announce } from '../../ui/announcer.tsx';
import { showActionToast, showProblemToast } from '../../ui/action-toast.tsx';
import { useFocusReturn } from '../../ui/focus-return.ts';
import { datesInWords, shortText } from '../../ui/format.ts';
import { openMerge } from './useFinish.ts';
import style from './pick.module.css';

export interface Pick {
  readonly source: string;
  readonly target: string;
  readonly entities: readonly { readonly type: string; readonly id: EntityId; readonly title: string }[];
}

const mostShown = 100;

/** Bringing chosen records of a branch into another: what would change, in words, and then one commit, or the resolver where people decide. */
export function PickDialog({
  pick,
  onClose,
  onDone,
}: {
  readonly pick: Pick;
  readonly onClose: () => void;
  /** The records were brought over, or are in the resolver now. */
  readonly onDone: () => void;
}): React.JSX.Element {
  useFocusReturn();
  const { call, query } = useEngine();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const { source, target } = pick;
  const entities = pick.entities.map(({ type, id }) => ({ type, id }));
  const count = entities.length;
  const preview = useQuery({ ...query.merges.preview.queryOptions({ input: { source, target, entities } }), staleTime: 0 });
  const found = preview.data;
  const undo = (commit: NonNullable<MergePreview['sourceTip']>): void => {
    call.commits.revert({ commit, branch: target, reason: t('pick.undoReason', { source }) }).then(
      (answer) => (answer.kind === 'conflicts' ? openMerge(answer.merge) : announce(t('pick.undone', { target }))),
      (error: unknown) => showProblemToast(problemOf(error).message),
    );
  };
  const bring = useMutation({
    mutationFn: () => {
      const [first] = pick.entities;
      const what = count === 1 && first ? datesInWords(first.title) : t('pick.messageMany', { count });
      const why = reason.trim();
      return call.merges.pick({
        source,
        target,
        entities,
        message: t('pick.message', { what, source, target }),
        ...(why === '' ? {} : { reason: why }),
      });
    },
    onSuccess: (outcome) => {
      void queries.invalidateQueries({ queryKey: query.merges.key() });
      onDone();
      onClose();
      switch (outcome.kind) {
        case 'up-to-date':
          announce(t('pick.upToDate', { target }));
          return;
        case 'merged':
          showActionToast({
            message: t('pick.brought', { count, source, target }),
            label: t('pick.undo'),
            run: () => undo(outcome.commit),
          });
          return;
        case 'clashes':
        case 'conflicts':
          openMerge(outcome.merge);
      }
    },
  });
  const problem = bring.error ?? preview.error;
  const asks = found !== undefined && (found.conflictCount > 0 || found.clashCount > 0 || found.outcome === 'conflicts');
  return (
    <Modal opened onClose={onClose} title={t('pick.title', { count, target })} size={560}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          bring.mutate();
        }}
      >
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('pick.explain', { source })}
          </Text>
          {preview.isPending && (
            <Group gap="xs">
              <Loader size={14} />
              <span>{t('pick.loading')}</span>
            </Group>
          )}
          {found && <What found={found} />}
          {problem && (
            <Alert color="red" role="alert">
              {problemOf(problem).message}
            </Alert>
          )}
          <TextInput
            label={t('pick.why')}
            value={reason}
            maxLength={2_000}
            data-autofocus
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={bring.isPending} disabled={found === undefined || found.outcome === 'up-to-date'}>
              {asks ? t('pick.actionDecide') : t('pick.action', { count })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** What bringing the records over would change, and what people would be asked. */
function What({ found }: { readonly found: MergePreview }): React.JSX.Element {
  const { target, conflictCount, clashCount, outcome } = found;
  if (outcome === 'up-to-date') return <p className={style.note}>{t('pick.nothing', { target })}</p>;
  const changes = found.automatic.filter(({ from }) => from === 'source');
  return (
    <>
      {changes.length > 0 && (
        <section aria-labelledby="pick-changes">
          <h3 id="pick-changes" className={style.heading}>
            {t('pick.changes', { target })}
          </h3>
          <ul className={style.changes} aria-labelledby="pick-changes">
            {changes.slice(0, mostShown).map((change) => (
              <li key={change.id}>
                <strong>{datesInWords(change.title)}</strong>
                <span>
                  {t(change.field === null ? 'pick.changeRecord' : 'pick.change', {
                    label: change.label,
                    before: shortText(datesInWords(change.targetText, true)) || t('pick.empty'),
                    after: shortText(datesInWords(change.valueText, true)) || t('pick.empty'),
                  })}
                </span>
              </li>
            ))}
            {changes.length > mostShown && <li>{t('pick.more', { count: changes.length - mostShown })}</li>}
          </ul>
        </section>
      )}
      {conflictCount > 0 && <p className={style.note}>{t('pick.conflicts', { count: conflictCount, target })}</p>}
      {clashCount > 0 && <p className={style.note}>{t('pick.clashes', { count: clashCount, target })}</p>}
    </>
  );
}
