import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { CommitHash, EntityId, VersionHash } from '../../shared/ids.ts';

/** What a tag or a comment is put on: a whole step of the branch, or one version of one thing. `title` names it for people. */
export type NoteTarget =
  | { readonly kind: 'commit'; readonly commit: CommitHash; readonly title: string }
  | {
      readonly kind: 'version';
      readonly type: string;
      readonly id: EntityId;
      readonly version: VersionHash;
      readonly commit: CommitHash;
      readonly title: string;
    };

/** What somebody wants to do about a step of the history: tag it, comment on it, or take it back by a new one. */
export type StepRequest =
  | { readonly kind: 'tag' | 'comment'; readonly target: NoteTarget }
  | { readonly kind: 'revert'; readonly commit: CommitHash; readonly title: string };

export interface StepRequestState {
  readonly request: StepRequest | null;
  ask(request: StepRequest): void;
  close(): void;
}

/** The dialog that is wanted about a step. Any screen asks; the feature that owns the dialog shows it. */
export function createStepRequestStore() {
  return createStore<StepRequestState>((set) => ({
    request: null,
    ask: (request) => set({ request }),
    close: () => set({ request: null }),
  }));
}

/** The step request of this page. */
export const stepRequest = createStepRequestStore();

/** Follows which dialog about a step is wanted. */
export function useStepRequest(): StepRequest | null {
  return useStore(stepRequest, (state) => state.request);
}
