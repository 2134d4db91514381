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

export interface NoteRequest {
  readonly kind: 'tag' | 'comment';
  readonly target: NoteTarget;
}

export interface NoteRequestState {
  readonly request: NoteRequest | null;
  ask(request: NoteRequest): void;
  close(): void;
}

/** What somebody wants to tag or comment on. Any screen asks; the notes feature shows the dialog. */
export function createNoteRequestStore() {
  return createStore<NoteRequestState>((set) => ({
    request: null,
    ask: (request) => set({ request }),
    close: () => set({ request: null }),
  }));
}

/** The note request of this page. */
export const noteRequest = createNoteRequestStore();

/** Follows what is being tagged or commented on. */
export function useNoteRequest(): NoteRequest | null {
  return useStore(noteRequest, (state) => state.request);
}
