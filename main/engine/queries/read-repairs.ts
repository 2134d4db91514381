import type { ClashRepair, ClashRepairs } from '../../../shared/contract/app/roster.ts';
import type { Json } from '../../../shared/json.ts';
import { findEntityType, type Names } from '../../../shared/roster/entity-type.ts';
import { toClash } from '../../../shared/roster/rules/clash.ts';
import { findStanding, repairStanding } from '../../../shared/roster/rules/standing-repairs.ts';
import type { Repair } from '../../../shared/roster/rules/merge-clashes.ts';
import { sameValue } from '../../../shared/roster/same-value.ts';
import { readerAt } from '../merging/merge-clashes.ts';
import type { Place } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { namesAt } from '../words/names-at.ts';
import { basisOf } from './basis-of.ts';
import { placeOnBranch } from './find-branch.ts';
import { slotsOf } from './read-window.ts';

/**
 * What would clear a clash that stands on a branch now, each proved to clear it and to bring none. The changes are those of one commit: an update
 * names only the fields that differ. A clash that is not there any more has no repairs and `clash: null`.
 */
export function readRepairs(
  store: StoreReader,
  { branch, clash, from, to }: { readonly branch: string; readonly clash: string; readonly from: string; readonly to: string },
): ClashRepairs {
  slotsOf({ from, to });
  const place = placeOnBranch(store, branch, undefined);
  const roster = readerAt(store, place);
  const finding = findStanding(roster, { key: clash, from, to });
  const repairs = finding === null ? [] : repairStanding(roster, finding);
  const names = namesAt(store, place);
  return {
    branch,
    basis: basisOf(place),
    clash: finding === null ? null : toClash(finding),
    repairs: repairs.map((repair) => describeRepair(store, place, names, repair)),
  };
}

function describeRepair(store: StoreReader, place: Place, names: Names, { id, text, changes }: Repair): ClashRepair {
  const described = changes.map((change) => {
    const now = store.versionAt(change.type, change.id, place)?.fields ?? null;
    const definition = findEntityType(change.type);
    const say = (fields: typeof now): string => (fields === null ? '' : (definition?.text(fields, names) ?? ''));
    return {
      change: change.op === 'update' ? { ...change, fields: differences(now ?? {}, change.fields ?? {}) } : change,
      line: {
        title: definition?.title(change.fields ?? now ?? {}, names) ?? change.type,
        from: now !== null && change.fields !== null ? (definition?.title(now, names) ?? '') : '',
        before: say(now),
        after: say(change.fields),
      },
    };
  });
  return { id, text, changes: described.map(({ change }) => change), lines: described.map(({ line }) => line) };
}

function differences(now: Readonly<Record<string, Json>>, wanted: Readonly<Record<string, Json>>): Record<string, Json> {
  const fields: Record<string, Json> = {};
  for (const name of new Set([...Object.keys(now), ...Object.keys(wanted)]))
    if (!sameValue(now[name] ?? null, wanted[name] ?? null)) fields[name] = wanted[name] ?? null;
  return fields;
}
