import { useMutation, useMutationState, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Conflict, MergeSession, Resolution } from '../../../shared/contract/app/merges.ts';
import { useEngine, useQueryClient } from '../../client/engine.ts';
import { useProgramEvents } from '../../client/follow.ts';
import { problemOf } from '../../client/refusal.ts';
import { showProblemToast } from '../../ui/action-toast.tsx';
import { inReadingOrder } from './merge-words.ts';

/** One choice: what it is about, what was chosen, and why. */
export interface Choice {
  readonly conflict: string;
  readonly resolution: Resolution;
  readonly reason?: string;
}

/** Answers about merges follow every move of a branch and every session that is opened or ended, in this window or another. */
export function useFreshMerges(): void {
  const { query } = useEngine();
  const queries = useQueryClient();
  useProgramEvents((event) => {
    if (event.kind === 'moved' || event.kind === 'branches' || event.kind === 'program')
      void queries.invalidateQueries({ queryKey: query.merges.key() });
  });
}

/** The merges in progress, newest first. */
export function useOpenMerges() {
  const { query } = useEngine();
  return useQuery(query.merges.list.queryOptions({ input: { state: 'open', limit: 100 } }));
}

/** A merge in progress. */
export function useMergeSession(merge: string): UseQueryResult<MergeSession> {
  const { query } = useEngine();
  return useQuery({ ...query.merges.get.queryOptions({ input: { merge } }), staleTime: 0, select: sorted });
}

/** The same answer with its lists in reading order. */
export function sorted<T extends Pick<MergeSession, 'conflicts' | 'automatic'>>(answer: T): T {
  return { ...answer, conflicts: inReadingOrder(answer.conflicts), automatic: inReadingOrder(answer.automatic) };
}

/** The verbs of the resolver. A choice shows at once and is saved behind it; several made quickly are saved one after the other. */
export function useMergeVerbs(merge: string) {
  const { call, query } = useEngine();
  const queries = useQueryClient();
  const sessionKey = query.merges.get.queryKey({ input: { merge } });
  const mutationKey = ['merge', merge];
  const scope = { id: `merge ${merge}` };
  const waiting = useMutationState({ filters: { mutationKey, status: 'pending' }, select: () => true }).length;

  const show = (session: MergeSession): void => {
    // An answer to an earlier choice does not know the later ones yet.
    if (queries.isMutating({ mutationKey }) > 1) return;
    queries.setQueryData(sessionKey, session);
    void queries.invalidateQueries({ queryKey: query.merges.result.key() });
    void queries.invalidateQueries({ queryKey: query.merges.list.key() });
  };
  const fail = (error: unknown): void => {
    showProblemToast(problemOf(error).message);
    void queries.invalidateQueries({ queryKey: query.merges.key() });
  };
  const common = { mutationKey, scope, onSuccess: show, onError: fail };

  const resolve = useMutation({
    ...common,
    mutationFn: (choices: readonly Choice[]) =>
      call.merges.resolve({
        merge,
        resolutions: choices.map(({ reason, ...choice }) => (reason === undefined || reason === '' ? choice : { ...choice, reason })),
      }),
    onMutate: (choices) => {
      queries.setQueryData(sessionKey, (session: MergeSession | undefined) => session && foresee(session, choices));
    },
  });
  const unresolve = useMutation({
    ...common,
    mutationFn: (conflicts: readonly string[] | null) =>
      call.merges.unresolve(conflicts === null ? { merge } : { merge, conflicts: [...conflicts] }),
  });
  const repair = useMutation({
    ...common,
    mutationFn: (taken: { readonly clash: string; readonly repair: string | null }) => call.merges.repair({ merge, ...taken }),
  });
  return { resolve, unresolve, repair, saving: waiting > 0 };
}

export type MergeVerbs = ReturnType<typeof useMergeVerbs>;

/** How the session will look once the choices are saved, as far as the page can tell: clashes are the engine's to say. */
export function foresee(session: MergeSession, choices: readonly Choice[]): MergeSession {
  const byConflict = new Map(choices.map((choice) => [choice.conflict, choice]));
  const conflicts = session.conflicts.map((conflict): Conflict => {
    const choice = byConflict.get(conflict.id);
    if (!choice) return conflict;
    return {
      ...conflict,
      decision: {
        resolution: choice.resolution,
        by: 'person',
        author: '',
        authorName: '',
        at: new Date().toISOString(),
        reason: choice.reason ?? null,
        origin: null,
      },
    };
  });
  const decided = conflicts.filter(({ decision }) => decision !== null);
  return {
    ...session,
    conflicts,
    left: conflicts.length - decided.length,
    decidedByPerson: decided.filter(({ decision }) => decision?.by !== 'rule').length,
    decidedByRule: decided.filter(({ decision }) => decision?.by === 'rule').length,
  };
}
