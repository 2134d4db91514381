import { RefusedError } from '../../../shared/errors.ts';
import type { CommitHash } from '../../../shared/ids.ts';
import { refToName } from '../../../shared/versioning/ref-name.ts';
import type { MergeRecord } from '../local-store/merge-table.ts';
import { mostChanges, type CommitRecord } from '../local-store/store.ts';
import type { JudgedMerge } from '../merging/judge-merge.ts';
import { lastingChoicesOf, recordDecisions } from '../merging/record-decisions.ts';
import { stepToJson } from '../merging/merge-steps.ts';
import { messageOfPublishing } from '../merging/open-publishing.ts';
import { changedEntities } from '../merging/resolve-merge.ts';
import type { Gesture, Writer } from '../reader.ts';
import { reasonOf } from './commit-changes.ts';
import { checkUnique } from './check-unique.ts';
import { refuseInUse } from './refuse-in-use.ts';
import { draftChange } from './draft-change.ts';

export interface MergeNote {
  readonly kind: MergeRecord['kind'];
  readonly reverts: CommitHash | null;
  readonly message?: string | undefined;
  readonly reason?: string | undefined;
}

/**
 * Writes a merge that nobody has to be asked about any more, as one commit with everything that was decided in it: of two branches with two
 * parents, also where the target has nothing new. What people decided is remembered for the next time.
 */
export function writeMerge(writer: Writer, judged: JudgedMerge, note: MergeNote): CommitRecord {
  const { store } = writer;
  const { subject, resolved } = judged;
  const changes = changedEntities(resolved).flatMap(({ type, id, merged, record }) => {
    const now = store.versionAt(type, id, subject.target);
    const earlier = record === null ? [] : [record.source, ...record.bases];
    const draft = draftChange({ type, id, now, wanted: merged, earlier, random: writer.random });
    return draft === null ? [] : [draft];
  });
  if (changes.length > mostChanges)
    throw new RefusedError(
      'UNSUPPORTED',
      `This merge would change ${changes.length} records; one commit holds at most ${mostChanges}. Bring them over in parts.`,
      { what: 'changes', id: String(changes.length) },
    );
  // A clash of people's addresses may be meant; two clinics or patients with one identifier are never.
  checkUnique(
    store,
    subject.target,
    changes.filter(({ type }) => type === 'clinic' || type === 'patient'),
  );
  refuseInUse(writer, subject.targetRef, changes);
  const mergeParent = note.kind === 'merge' ? (subject.source?.commit ?? null) : null;
  const gesture: Gesture = {
    message: messageOf(judged, note, changes.length),
    kind: note.kind === 'merge' ? 'merge' : note.kind === 'revert' ? 'revert' : 'edit',
    changes,
    decisions: recordDecisions(subject, resolved),
    ...reasonOf(note.reason),
    ...(mergeParent === null ? {} : { mergeParent }),
  };
  const outcome = writer.append(subject.targetRef, gesture, { expectedTip: subject.target.commit });
  if (outcome.kind === 'stale') throw new Error('the tip moved within one command');
  const { commit } = outcome.commit;
  writer.merges((merges) => {
    for (const { choice, conflict } of lastingChoicesOf(subject, resolved))
      if (choice.by !== 'rule')
        merges.remember(choice.stands, conflict.entity.id, { commit, body: stepToJson({ do: 'decide', ...choice }) });
  });
  return outcome.commit;
}

function messageOf({ subject, resolved }: JudgedMerge, note: MergeNote, count: number): string {
  if (note.message !== undefined && note.message !== '') return note.message;
  const { sourceName, targetRef, publishes } = subject;
  if (publishes !== undefined) return messageOfPublishing(publishes, resolved);
  switch (note.kind) {
    case 'merge':
      return `Merge “${sourceName}” into “${refToName(targetRef)}”`;
    case 'revert':
      return `Revert to ${sourceName}`.slice(0, 2_000);
    case 'pick':
      return `Pick ${count} ${count === 1 ? 'record' : 'records'} from “${sourceName}”`;
  }
}
