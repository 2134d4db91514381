import { useMutation } from '@tanstack/react-query';
import type { SeenRecord } from '../../../shared/contract/app/views.ts';
import type { Fields, Json } from '../../../shared/json.ts';
import { useEngine, useQueryClient } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { usePosition } from '../../position/position.ts';
import { showActionToast, showProblemToast } from '../../ui/action-toast.tsx';
import { announce } from '../../ui/announcer.tsx';
import { labelOf, type RecordKind } from './record-type.ts';

export interface Wanted {
  readonly fields: Readonly<Record<string, Json>>;
  readonly summary: string;
  readonly status: 'draft' | 'active';
  readonly expectedVersion: number | null;
}

/** Saves one's own version of a record and lets the shared record show again; each can be undone from the message that says so. */
export function useSaving({ kind, seen, onSaved }: { readonly kind: RecordKind; readonly seen: SeenRecord; readonly onSaved: () => void }) {
  const { call, query } = useEngine();
  const queries = useQueryClient();
  const branch = usePosition((state) => state.branch);
  const record = { type: seen.type, id: seen.id };
  const fresh = (): Promise<unknown> => queries.invalidateQueries({ queryKey: query.views.key() });
  const use = useMutation({
    mutationFn: (version: number | null) =>
      version === null ? call.views.clear({ ...record, branch }) : call.views.useVersion({ ...record, version, branch }),
    onSuccess: async (_, version) => {
      announce(version === null ? t('records.undone') : t('records.used', { number: version }));
      await fresh();
    },
    onError: (error) => showProblemToast(problemOf(error).message),
  });
  // The answer tells what shows, and a draft does not: its number is that of the newest version.
  const offerDraft = async (): Promise<void> => {
    const [draft] = (await call.views.versions({ ...record, limit: 1 })).items;
    if (draft)
      showActionToast({
        message: t('records.savedDraft', { number: draft.number }),
        label: t('records.use'),
        run: () => use.mutate(draft.number),
      });
  };
  const save = useMutation({
    mutationFn: ({ fields, summary, status, expectedVersion }: Wanted) =>
      call.views.save({
        ...record,
        fields: fields as Fields,
        branch,
        status,
        expectedVersion,
        ...(summary.trim() !== '' && { summary: summary.trim() }),
      }),
    onSuccess: async (answer, wanted) => {
      // What is saved now shows beside what was typed; the form asks what to do.
      if (answer.kind === 'stale') {
        announce(t('records.stale'));
        return fresh();
      }
      const before = seen.version;
      await fresh();
      onSaved();
      if (answer.kind === 'unchanged') announce(t('records.unchanged'));
      else if (wanted.status === 'draft') await offerDraft();
      else
        showActionToast({
          message: t('records.saved', { number: answer.version ?? 0 }),
          label: t('records.undo'),
          run: () => use.mutate(before),
        });
    },
  });
  const clear = useMutation({
    mutationFn: (fields: readonly string[] | null) => call.views.clear({ ...record, branch, ...(fields && { fields: [...fields] }) }),
    onSuccess: async (_, fields) => {
      const before = seen.version;
      await fresh();
      const [only] = fields ?? [];
      showActionToast({
        message: only === undefined ? t('records.cleared') : t('records.clearedField', { field: labelOf(kind, only) }),
        label: t('records.undo'),
        run: () => before !== null && use.mutate(before),
      });
    },
    onError: (error) => showProblemToast(problemOf(error).message),
  });
  return { save, clear };
}
