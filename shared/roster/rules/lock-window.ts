import { findEntityType } from '../entity-type.ts';
import { placeOf } from '../record-reader.ts';
import { dateToWords, dayToDate, parseDay } from '../slot.ts';
import type { Fields } from '../../json.ts';
import { listNames, makeClash, type Finding } from './clash.ts';
import { absenceFields, cellFields, differsIn, type MergedRecord } from './merged-record.ts';
import type { Names } from '../definition.ts';

export const lockWindowRule = 'lock-window';

const fieldsByType: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['assignment', [...cellFields, 'location']],
  ['absence', absenceFields],
]);

export interface LockWindow {
  /** `YYYY-MM-DD`, where the programme is. */
  readonly today?: string | undefined;
  /** How many days from today on, today included, are frozen; none when left out. */
  readonly lockDays?: number | undefined;
}

/**
 * What a merge changes within the frozen days ahead: people have arranged their lives around these. One clash per person, with all that changes
 * for them. Nothing is frozen unless both today and a number of days are given.
 */
export function findLockedChanges(merges: readonly MergedRecord[], { today, lockDays }: LockWindow, names: Names): readonly Finding[] {
  const first = today === undefined ? null : parseDay(today);
  if (first === null || lockDays === undefined || lockDays <= 0) return [];
  const frozen = { from: first * 2, to: (first + lockDays) * 2 - 1 };
  const changesByPerson = new Map<string, { readonly merge: MergedRecord; readonly slot: number }[]>();
  for (const merge of merges) {
    const fields = fieldsByType.get(merge.type);
    if (!fields || !differsIn(merge.target, merge.merged, fields)) continue;
    const seen = new Set<string>();
    for (const stand of [merge.target, merge.merged]) {
      const place = stand && placeOf({ type: merge.type, fields: stand });
      if (!place || place.subject === null || seen.has(place.subject) || place.to < frozen.from || place.from > frozen.to) continue;
      seen.add(place.subject);
      const changes = changesByPerson.get(place.subject) ?? [];
      changesByPerson.set(place.subject, [...changes, { merge, slot: Math.max(place.from, frozen.from) }]);
    }
  }
  return [...changesByPerson].map(([personId, changes]) => {
    const titles = changes.map(({ merge }) => titleOf(merge, names)).toSorted();
    const person = names.person(personId);
    return makeClash({
      rule: lockWindowRule,
      key: [personId],
      severity: 'warning',
      text: `${textName(person)} has ${changes.length} ${changes.length === 1 ? 'change' : 'changes'} before ${dateToWords(dayToDate(first + lockDays))}, when the days are frozen: ${listNames(titles)}.`,
      cells: [],
      others: changes.map(({ merge }) => merge).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      slots: changes.map(({ slot }) => slot).toSorted((a, b) => a - b),
      weight: changes.length,
      byMember: true,
    });
  });
}

function titleOf({ type, id, target, merged }: MergedRecord, names: Names): string {
  const fields = merged ?? target;
  return (fields && findEntityType(type)?.title(fields, names)) ?? id;
}

function textName(person: Fields | undefined): string {
  const name = person?.['name'];
  return typeof name === 'string' ? name : 'Somebody who is gone';
}
