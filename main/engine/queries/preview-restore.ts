import type { RestorePreview, RestoreScope } from '../../../shared/contract/app/changes.ts';
import type { Clash } from '../../../shared/contract/app/roster.ts';
import type { Moment } from '../../../shared/ids.ts';
import { countText, entityTypeOf } from '../../../shared/roster/entity-type.ts';
import { slotToDate } from '../../../shared/roster/slot.ts';
import { buildWindow } from '../../../shared/roster/window.ts';
import type { Place } from '../local-store/store.ts';
import type { Asker, StoreReader } from '../reader.ts';
import { staysOnMain } from '../views/used-by-others.ts';
import { describeEntityChange } from '../words/entity-change.ts';
import { namesAt } from '../words/names-at.ts';
import { findBranch } from './find-branch.ts';
import { planRestore, type RestoreStep } from './plan-restore.ts';
import { slotsOf, toRecord } from './read-window.ts';

const itemsShown = 1_000;
/** Clashes are compared over at most this many days: beyond, nobody reads them one by one. */
const mostDays = 400;

/** What a restore would do, in words and in numbers, and which clashes it would bring and clear. Writes nothing. */
export function previewRestore(
  store: StoreReader,
  asker: Pick<Asker, 'whole' | 'userId'>,
  { branch, at, scope }: { readonly branch: string; readonly at: Moment; readonly scope: RestoreScope },
): RestorePreview {
  const { ref } = findBranch(store, branch);
  const now = store.placeAt(ref);
  const past = store.placeAt(ref, at);
  const stays = staysOnMain(asker, { ref, scope });
  const { steps, kept } = planRestore(store, { now, past, scope, stays });
  const [fromNames, toNames] = [namesAt(store, now), namesAt(store, past)];
  const items = steps.slice(0, itemsShown).map((step) => {
    const cause = step.past === null ? null : store.commitOf(step.past.row);
    return describeEntityChange({ type: step.type, id: step.id, before: step.now, after: step.past, cause, fromNames, toNames });
  });
  const totals = {
    added: steps.filter((step) => step.now === null).length,
    removed: steps.filter((step) => step.past === null).length,
    changed: steps.filter((step) => step.now !== null && step.past !== null).length,
  };
  const clashes = compareClashes(store, now, steps);
  return {
    items,
    totals,
    total: steps.length,
    newClashes: clashes.appear.map(toBrief),
    clearedClashes: clashes.clear.map(toBrief),
    summary: summarise(steps, totals, { ...clashes, kept }),
  };
}

function compareClashes(
  store: StoreReader,
  now: Place,
  steps: readonly RestoreStep[],
): { readonly appear: readonly Clash[]; readonly clear: readonly Clash[] } {
  const days = affectedDays(steps);
  if (days === null) return { appear: [], clear: [] };
  const before = findClashes(store, now, days, []);
  const after = findClashes(store, now, days, steps);
  const keysBefore = new Set(before.map((clash) => clash.key));
  const keysAfter = new Set(after.map((clash) => clash.key));
  return {
    appear: after.filter((clash) => !keysBefore.has(clash.key)),
    clear: before.filter((clash) => !keysAfter.has(clash.key)),
  };
}

interface Days {
  readonly from: string;
  readonly to: string;
}

function affectedDays(steps: readonly RestoreStep[]): Days | null {
  let [first, last] = [Infinity, -Infinity];
  for (const { type, now, past } of steps)
    for (const side of [now, past]) {
      const axes = side === null ? null : entityTypeOf(type).axes(side.fields);
      if (axes === null) continue;
      first = Math.min(first, axes.from);
      last = Math.max(last, axes.to);
    }
  if (first === Infinity) return null;
  return { from: slotToDate(first), to: slotToDate(Math.min(last, first + mostDays * 2 - 1)) };
}

/** The clashes of those days with the steps laid over what is there now. */
function findClashes(store: StoreReader, now: Place, days: Days, steps: readonly RestoreStep[]): readonly Clash[] {
  const slots = slotsOf(days);
  const changed = new Map(steps.map((step) => [`${step.type} ${step.id}`, step.past]));
  const records = (type: string, placed: boolean) => {
    const standing = [...(placed ? store.windowAt(type, now, slots) : store.entitiesAt(type, now))].filter(
      (version) => !changed.has(`${type} ${version.id}`),
    );
    const restored = steps.flatMap((step) => (step.type === type && step.past !== null ? [step.past] : []));
    return [...standing, ...restored].map(toRecord);
  };
  return buildWindow({
    ...days,
    people: records('person', false),
    assignments: records('assignment', true),
    absences: records('absence', true),
    rotations: records('rotation', false),
    holidays: records('holiday', true),
  }).clashes;
}

function toBrief({ rule, severity, text }: Clash): RestorePreview['newClashes'][number] {
  return { rule, severity, text };
}

function summarise(
  steps: readonly RestoreStep[],
  totals: RestorePreview['totals'],
  clashes: { readonly appear: readonly Clash[]; readonly clear: readonly Clash[]; readonly kept: number },
): string {
  const { kept } = clashes;
  if (steps.length === 0 && kept === 0) return 'Nothing would change: everything in scope is as it was then.';
  const types = new Set(steps.map((step) => step.type));
  const [onlyType] = types;
  const count = (number: number): string =>
    types.size === 1 && onlyType !== undefined ? countWords(onlyType, number) : `${number} ${number === 1 ? 'record' : 'records'}`;
  const parts = [
    ...(totals.changed > 0 ? [`${count(totals.changed)} will change back`] : []),
    ...(totals.added > 0 ? [`${count(totals.added)} will come back`] : []),
    ...(totals.removed > 0 ? [`${count(totals.removed)} will be removed`] : []),
    ...(clashes.appear.length > 0 ? [`${clashes.appear.length} ${clashes.appear.length === 1 ? 'clash appears' : 'clashes appear'}`] : []),
    ...(clashes.clear.length > 0 ? [`${clashes.clear.length} ${clashes.clear.length === 1 ? 'clash goes' : 'clashes go'}`] : []),
    ...(kept > 0
      ? [`${kept} ${kept === 1 ? 'record stays' : 'records stay'} because somebody else works with ${kept === 1 ? 'it' : 'them'}`]
      : []),
  ];
  return parts.join(', ');
}

function countWords(type: string, number: number): string {
  return type === 'assignment' ? `${number} ${number === 1 ? 'cell' : 'cells'}` : countText(type, number);
}
