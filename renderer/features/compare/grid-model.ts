import type { EntityChange } from '../../../shared/contract/app/base.ts';
import type { RosterWindow } from '../../../shared/contract/app/roster.ts';
import type { Half } from '../../../shared/ids.ts';

export type CellKind = 'same' | 'changed' | 'added' | 'removed';

/** One half day of one person on both sides. */
export interface ComparedCell {
  readonly kind: CellKind;
  readonly a: string;
  readonly b: string;
  readonly person: string;
  readonly date: string;
  readonly half: Half;
}
export interface ComparedRow {
  readonly personId: string;
  readonly name: string;
  readonly level: string;
  readonly changes: number;
  readonly cells: readonly ComparedCell[];
}
export interface ComparedColumn {
  readonly date: string;
  readonly half: Half;
}
export interface ComparedGrid {
  readonly rows: readonly ComparedRow[];
  readonly columns: readonly ComparedColumn[];
}

/** The most days that are drawn at once. */
const mostDays = 370;

/** The days that the differences of the grid span, cut to `mostDays` around the day that is looked at; `null` without any. */
export function daysOf(items: readonly EntityChange[], around: string | null): { readonly from: string; readonly to: string } | null {
  let from: string | null = null;
  let to: string | null = null;
  for (const { slot } of items) {
    if (!slot) continue;
    if (from === null || slot.date < from) from = slot.date;
    if (to === null || slot.date > to) to = slot.date;
  }
  if (from === null || to === null) return null;
  if (dayNumber(to) - dayNumber(from) < mostDays) return { from, to };
  const middle = Math.min(Math.max(dayNumber(around ?? from), dayNumber(from)), dayNumber(to) - mostDays + 1);
  return { from: dayText(middle), to: dayText(middle + mostDays - 1) };
}

/**
 * Lays both windows over each other. A cell's kind comes from the differences, not from the shown codes, so that a change of a note counts
 * and differences that a filter left out are drawn as unchanged. With `hideUnchanged`, only people and days with a difference are left.
 */
export function compareWindows(items: readonly EntityChange[], a: RosterWindow, b: RosterWindow, hideUnchanged: boolean): ComparedGrid {
  const kinds = new Map<string, CellKind>();
  for (const item of items) {
    if (!item.slot) continue;
    const key = slotKey(item.slot.personId, item.slot.date, item.slot.half);
    const known = kinds.get(key);
    // Two assignments of one half day that differ, one gone and one new, are one change of that half day.
    kinds.set(key, known === undefined || known === item.kind ? item.kind : 'changed');
  }
  const codesA = codesBySlot(a);
  const codesB = codesBySlot(b);
  const people = new Map([...a.people, ...b.people].map((person) => [person.id as string, person]));
  const allColumns = b.halfDays.map(({ date, half }) => ({ date, half }));
  const changedDays = new Set([...kinds.keys()].map((key) => key.split('|')[1] ?? ''));
  const columns = hideUnchanged ? allColumns.filter(({ date }) => changedDays.has(date)) : allColumns;
  const order = [...new Set([...b.people, ...a.people].map((person) => person.id as string))];
  const rows: ComparedRow[] = [];
  for (const personId of order) {
    const person = people.get(personId);
    if (!person) continue;
    let changes = 0;
    const cells = columns.map(({ date, half }): ComparedCell => {
      const key = slotKey(personId, date, half);
      const kind = kinds.get(key) ?? 'same';
      if (kind !== 'same') changes += 1;
      return { kind, a: codesA.get(key) ?? '', b: codesB.get(key) ?? '', person: person.name, date, half };
    });
    if (changes > 0 || !hideUnchanged) rows.push({ personId, name: person.name, level: person.level, changes, cells });
  }
  return { rows, columns };
}

function codesBySlot(window: RosterWindow): ReadonlyMap<string, string> {
  const codes = new Map<string, string>();
  for (const cell of window.cells) {
    const key = slotKey(cell.personId, cell.date, cell.half);
    const known = codes.get(key);
    codes.set(key, known === undefined ? cell.code : `${known}/${cell.code}`);
  }
  return codes;
}

function slotKey(personId: string, date: string, half: Half): string {
  return `${personId}|${date}|${half}`;
}
function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 86_400_000;
}
function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
