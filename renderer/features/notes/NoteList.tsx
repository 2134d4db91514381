import { IconFlag, IconX } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Note } from '../../../shared/contract/app/notes.ts';
import { useEngine } from '../../client/engine.ts';
import { problemOf } from '../../client/refusal.ts';
import type { NoteTarget } from '../../position/step-request.ts';
import { announce } from '../../ui/announcer.tsx';
import { shortInstantText } from '../../ui/format.ts';
import { t } from '../../messages/index.ts';
import style from './notes.module.css';

/** The tags or comments of a step or a version, with author and time. Whoever wrote one can take it away. */
export function NoteList({ target, kind }: { readonly target: NoteTarget; readonly kind: 'tag' | 'comment' }): React.JSX.Element | null {
  const engine = useEngine();
  const session = useQuery(engine.query.session.get.queryOptions({ input: {} })).data;
  const input =
    target.kind === 'commit'
      ? { commit: target.commit, kind, limit: 1_000 }
      : { type: target.type, id: target.id, version: target.version, kind, limit: 1_000 };
  const notes = useQuery(engine.query.notes.list.queryOptions({ input })).data?.items ?? [];
  const remove = useMutation({
    mutationFn: (note: Note) => engine.call.notes.remove({ note: note.note }),
    onSuccess: (_answer, note) => announce(note.kind === 'tag' ? t('notes.untagged', { tag: note.text }) : t('notes.commentRemoved')),
    onError: (error) => announce(problemOf(error).message),
  });
  // A list about a commit also holds what was said about its versions; here the step itself is meant.
  const shown = notes.filter((note) => (target.kind === 'commit' ? note.version === null : true));
  if (shown.length === 0) return <p className={style.none}>{t(kind === 'tag' ? 'notes.noTags' : 'notes.noComments')}</p>;
  return (
    <ul className={kind === 'tag' ? style.tags : style.comments} aria-label={t(kind === 'tag' ? 'notes.tags' : 'notes.comments')}>
      {shown.map((note) => (
        <li key={note.note} className={kind === 'tag' ? style.tag : style.comment}>
          {kind === 'tag' && <IconFlag size={12} stroke={2} aria-hidden />}
          <span className={style.text}>{note.text}</span>
          <span className={style.by}>{t('notes.by', { author: note.authorName, time: shortInstantText(note.at) })}</span>
          {session?.userId === note.author && (
            <button
              type="button"
              className={style.remove}
              aria-label={
                note.kind === 'tag'
                  ? t('notes.removeTag', { tag: note.text })
                  : t('notes.removeComment', { time: shortInstantText(note.at) })
              }
              onClick={() => remove.mutate(note)}
            >
              <IconX size={12} aria-hidden />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
