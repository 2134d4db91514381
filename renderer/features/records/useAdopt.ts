import { useMutation } from '@tanstack/react-query';
import type { EntityId } from '../../../shared/ids.ts';
import { useEngine, useQueryClient } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { usePosition } from '../../position/position.ts';
import { showActionToast, showProblemToast } from '../../ui/action-toast.tsx';
import { announce } from '../../ui/announcer.tsx';

export interface Adoption {
  readonly offer: EntityId;
  readonly fromName: string;
  /** All that differs unless told. */
  readonly fields?: readonly string[] | undefined;
  /** What one saw before, to go back to; `null` for the shared record, `undefined` where one had no link. */
  readonly before: number | null | undefined;
}

/** Takes over what somebody offered as a new own version; the message offers the way back. */
export function useAdopt() {
  const { call, query } = useEngine();
  const queries = useQueryClient();
  const branch = usePosition((state) => state.branch);
  const fresh = (): Promise<unknown> => queries.invalidateQueries({ queryKey: query.views.key() });
  return useMutation({
    mutationFn: ({ offer, fields }: Adoption) => call.views.adopt({ offer, branch, ...(fields && { fields: [...fields] }) }),
    onSuccess: async (answer, { fromName, before }) => {
      await fresh();
      if (answer.kind === 'unchanged') return announce(t('records.adoptUnchanged'));
      const message = t('records.adopted', { name: fromName, number: answer.version ?? 0 });
      if (before === undefined) return announce(message);
      const record = { type: answer.type, id: answer.id, branch };
      showActionToast({
        message,
        label: t('records.undo'),
        run: () =>
          void (before === null ? call.views.clear(record) : call.views.useVersion({ ...record, version: before })).then(fresh).then(
            () => announce(t('records.undone')),
            (error: unknown) => showProblemToast(problemOf(error).message),
          ),
      });
    },
    onError: (error) => showProblemToast(problemOf(error).message),
  });
}
