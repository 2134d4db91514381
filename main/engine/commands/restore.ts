import type { RestoreScope } from '../../../shared/contract/app/changes.ts';
import type { CommitHash, Moment } from '../../../shared/ids.ts';
import { publicTypeOf, type Names } from '../../../shared/roster/entity-type.ts';
import { findBranch } from '../queries/find-branch.ts';
import { planRestore } from '../queries/plan-restore.ts';
import type { Writer } from '../reader.ts';
import { staysOnMain } from '../views/used-by-others.ts';
import { namesAt, namesOfEither } from '../words/names-at.ts';
import { appendGesture, type CommittedAnswer, type StaleAnswer, type UnchangedAnswer } from './append-gesture.ts';
import { draftChange } from './draft-change.ts';
import { refuseProtected } from './refuse-protected.ts';

export interface RestoreRequest {
  readonly branch: string;
  readonly at: Moment;
  readonly scope: RestoreScope;
  readonly reason: string;
  readonly expectedTip?: CommitHash | null | undefined;
}

/** Brings everything in scope back to how the branch showed it at a moment, as one new commit: what came later goes, what went comes back. */
export function restore(writer: Writer, request: RestoreRequest): CommittedAnswer | StaleAnswer | UnchangedAnswer {
  const { store } = writer;
  const { at, scope, reason, expectedTip } = request;
  const branch = findBranch(store, request.branch);
  refuseProtected(writer, branch.ref);
  if (expectedTip !== undefined && expectedTip !== branch.tip) return { kind: 'stale', tip: branch.tip };
  const now = store.placeAt(branch.ref);
  const past = store.placeAt(branch.ref, at);
  const { steps } = planRestore(store, {
    now,
    past,
    scope,
    stays: staysOnMain({ whole: writer.whole, userId: writer.actor.userId }, { ref: branch.ref, scope }),
  });
  const changes = steps.flatMap((step) => {
    const draft = draftChange({
      type: step.type,
      id: step.id,
      now: step.now,
      wanted: step.past?.fields ?? null,
      earlier: [step.past],
      random: writer.random,
    });
    return draft === null ? [] : [draft];
  });
  if (changes.length === 0) return { kind: 'unchanged', tip: branch.tip };
  const moment = past.at === null ? 'the beginning' : `${past.at.slice(0, 16).replace('T', ' ')} UTC`;
  const message = `Restore ${describeScope(scope, namesOfEither(namesAt(store, past), namesAt(store, now)))} to ${moment}`.slice(0, 2_000);
  return appendGesture(writer, branch.ref, { message, reason, kind: 'restore', changes }, { expectedTip });
}

function describeScope(scope: RestoreScope, names: Names): string {
  const nameOf = (id: string): string => {
    const fields = names.person(id);
    return fields === undefined ? 'a person who is gone' : publicTypeOf('person').title(fields, names);
  };
  switch (scope.kind) {
    case 'all':
      return 'everything';
    case 'person':
      return nameOf(scope.personId);
    case 'days':
      return `${scope.personId === undefined ? 'all' : nameOf(scope.personId)}, ${scope.from} to ${scope.to},`;
    case 'cell':
      return `${nameOf(scope.personId)}, ${scope.date} ${scope.half},`;
    case 'entities':
      return `${scope.entities.length} ${scope.entities.length === 1 ? 'record' : 'records'}`;
  }
}
