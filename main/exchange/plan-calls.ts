import type { Fields } from '../../shared/json.ts';
import { dateToWords } from '../../shared/roster/slot.ts';
import { foldName } from './fold-name.ts';
import type { MatchedPerson } from './match-people.ts';
import type { ImportIssue, RotaCallRow, RotaDecisions, RotaGroup, RotaReading } from './rota.ts';

export interface CallsPlan {
  readonly issues: readonly ImportIssue[];
  /** The record of a cell with the call tags it should have. `place` is `date half personId`. */
  tagged(place: string, fields: Fields): Fields;
}

/**
 * Rows of calls say who is on call, which is no half day's code. They are always reported. On request (`decisions.callRows`) a call
 * becomes a tag named like the row (`Staff Call`) on the person's afternoon of that day, and afternoons of the file's people that the row
 * does not name lose that tag. What names nobody of the file, or somebody with nothing that afternoon, is listed in the issue.
 */
export function planCalls(
  reading: RotaReading,
  people: readonly MatchedPerson[],
  decisions: RotaDecisions,
  afternoonOf: (personId: string, date: string) => Fields | null,
): CallsPlan {
  const wanted = new Map<string, Set<string>>();
  const governed = new Set<string>();
  const issues = reading.callRows.map((row): ImportIssue => {
    const tag = row.label.slice(0, 50);
    if (decisions.callRows !== true)
      return describeRow(row, 'They are not imported unless you ask for it: then each becomes a tag on the afternoon of whom it names.', 0);
    governed.add(tag);
    const missed: string[] = [];
    for (const { date, where, text } of row.entries) {
      const person = findNamed(people, row.label, text);
      if (person === null) missed.push(`${where} “${text.slice(0, 40)}” names nobody of this rota`);
      else if (afternoonOf(person.id, date) === null)
        missed.push(`${where} “${text.slice(0, 40)}” has nothing on the afternoon of ${dateToWords(date)}`);
      else addTo(wanted, `${date} PM ${person.id}`, tag);
    }
    const taken = row.entries.length - missed.length;
    const rest =
      missed.length === 0
        ? ''
        : ` Not taken: ${missed.slice(0, 40).join('; ')}${missed.length > 40 ? `; and ${missed.length - 40} more` : ''}.`;
    return describeRow(row, `${taken} of them become the tag “${tag}” on the afternoon of whom they name.${rest}`, taken);
  });
  return {
    issues,
    tagged(place, fields) {
      if (governed.size === 0 || place.slice(11, 13) !== 'PM') return fields;
      const given = fields['tags'];
      const before = Array.isArray(given) ? given.filter((tag): tag is string => typeof tag === 'string') : [];
      const after = new Set([...before.filter((tag) => !governed.has(tag)), ...(wanted.get(place) ?? [])]);
      if (after.size === before.length && before.every((tag) => after.has(tag))) return fields;
      const { tags: _, ...others } = fields;
      // In the order in which sets are stored, so that an equal set is an equal record.
      return after.size === 0 ? others : { ...others, tags: [...after].toSorted((a, b) => (a < b ? -1 : 1)) };
    },
  };
}

function describeRow(row: RotaCallRow, what: string, taken: number): ImportIssue {
  return {
    kind: 'call-row',
    severity: 'info',
    where: `row ${row.row}`,
    text: `“${row.label}” says who is on call on ${row.entries.length} days. ${what}`,
    data: { row: row.row, label: row.label, calls: row.entries.length, taken },
  };
}

/** The one person of that name in the group the label speaks of; `null` where there is none, or more than one. */
function findNamed(people: readonly MatchedPerson[], label: string, text: string): MatchedPerson | null {
  const groups = groupsOf(label);
  const named = people.filter(
    ({ person }) => foldName(person.name) === foldName(text) && (groups === null || groups.includes(person.group)),
  );
  return named.length === 1 ? (named[0] ?? null) : null;
}

function groupsOf(label: string): readonly RotaGroup[] | null {
  if (/staff|faculty|attending/i.test(label)) return ['faculty', 'staff'];
  return /resident|intern|pgy/i.test(label) ? ['resident', 'rotating_intern'] : null;
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  sets.set(key, (sets.get(key) ?? new Set()).add(value));
}
