import type { Basis } from '../../../shared/contract/app/base.ts';
import type { WindowChange } from '../../../shared/contract/app/roster.ts';
import { EntityId, type CommitHash } from '../../../shared/ids.ts';
import type { LoadedChange, Place } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { basisOf } from './basis-of.ts';
import { findBranch } from './find-branch.ts';
import { loadVersions } from './load-versions.ts';
import { slotsOf, toRecord, type WindowRequest } from './read-window.ts';

export interface StepRequest {
  readonly branch: string;
  readonly from: CommitHash | null;
  readonly to: CommitHash | null;
  readonly window: Pick<WindowRequest, 'from' | 'to' | 'people'>;
}

export interface StepAnswer {
  readonly from: CommitHash | null;
  readonly to: CommitHash | null;
  readonly basis: Basis;
  readonly changes: WindowChange[];
}

const placedTypes = ['assignment', 'absence', 'holiday'];
/** People and rotations belong to every window: they name what stands in it. */
const namingTypes = ['person', 'rotation'];

/** The net changes inside the window on the way from one commit to another, forwards or backwards; `null` is before the first commit. */
export function readStep(store: StoreReader, { branch, from, to, window }: StepRequest): StepAnswer {
  const slots = slotsOf(window);
  const line = findBranch(store, branch).ref;
  const placeOf = (commit: CommitHash | null): Place => (commit === null ? store.placeAtPosition(line, 0) : store.placeOf(commit));
  const [start, end] = [placeOf(from), placeOf(to)];
  const inWindow = window.people === undefined ? slots : { ...slots, subjects: window.people };
  const placed = placedTypes.flatMap((type) => store.windowChanges(type, start, end, type === 'holiday' ? slots : inWindow));
  return { from, to, basis: basisOf(end), changes: [...placed, ...namingChanges(store, start, end)].map(toWindowChange) };
}

function namingChanges(store: StoreReader, start: Place, end: Place): LoadedChange[] {
  const changes = store.changesBetween(start, end, { types: namingTypes });
  const versionByRow = loadVersions(store, changes);
  return changes.map(({ type, id, before, after }) => ({ type, id, before: versionByRow(before), after: versionByRow(after) }));
}

function toWindowChange({ type, id, before, after }: LoadedChange): WindowChange {
  return {
    op: before === null ? 'create' : after === null ? 'delete' : 'update',
    type,
    id: EntityId.parse(id),
    before: before === null ? null : toRecord(before),
    after: after === null ? null : toRecord(after),
  };
}
