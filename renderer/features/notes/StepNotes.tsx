import type { CommitHash } from '../../../shared/ids.ts';
import { NoteList } from './NoteList.tsx';

/** The tags and comments of one step, for its own screen. */
export function StepNotes({ commit, title }: { readonly commit: CommitHash; readonly title: string }): React.JSX.Element {
  const target = { kind: 'commit', commit, title } as const;
  return (
    <>
      <NoteList target={target} kind="tag" />
      <NoteList target={target} kind="comment" />
    </>
  );
}
