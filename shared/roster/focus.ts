import type { RosterState } from './roster-state.ts';

/** Half days from one to another, both included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The parts of a roster that a state knows, where it does not know a whole stretch: all that the rules need to judge some changes. Columns are
 * half days whose cells are known for everybody; rows are stretches in which one person's cells and absences are known.
 */
export interface Focus {
  /** In order, each once. */
  readonly columns: readonly number[];
  readonly rows: ReadonlyMap<string, readonly Span[]>;
  /** Records that were looked for and do not exist, as `recordKey` writes them. */
  readonly missing: ReadonlySet<string>;
}

/** The half days that a state can judge as a whole, numbered from 0 in order of time. */
export interface Columns {
  readonly count: number;
  /** -1 for a half day that cannot be judged. */
  indexOf(slot: number): number;
  slotAt(index: number): number;
}

/** A record's type and id as one text. */
export function recordKey(type: string, id: string): string {
  return `${type}|${id}`;
}

const columnsByFocus = new WeakMap<Focus, Columns>();

/** The half days of which a state knows everybody's cells. */
export function columnsOf({ focus, from, to }: RosterState): Columns {
  if (!focus)
    return {
      count: Math.max(0, to - from + 1),
      indexOf: (slot) => (slot >= from && slot <= to ? slot - from : -1),
      slotAt: (index) => from + index,
    };
  let columns = columnsByFocus.get(focus);
  if (!columns) {
    const indexBySlot = new Map(focus.columns.map((slot, index) => [slot, index]));
    columns = {
      count: focus.columns.length,
      indexOf: (slot) => indexBySlot.get(slot) ?? -1,
      slotAt: (index) => focus.columns[index] ?? -1,
    };
    columnsByFocus.set(focus, columns);
  }
  return columns;
}

/** The stretches in which a state knows a person's cells and absences. */
export function rowsOf({ focus, from, to }: RosterState, personId: string): readonly Span[] {
  return focus ? (focus.rows.get(personId) ?? []) : [{ from, to }];
}

/** Whether a state judges what a person does in a half day. */
export function isJudged(state: RosterState, personId: string, slot: number): boolean {
  const { focus, from, to } = state;
  if (!focus) return slot >= from && slot <= to;
  return rowsOf(state, personId).some((span) => slot >= span.from && slot <= span.to);
}

/** Puts spans in order and joins those that overlap or lie side by side. */
export function joinSpans(spans: readonly Span[]): readonly Span[] {
  const joined: { from: number; to: number }[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const last = joined.at(-1);
    if (last && span.from <= last.to + 1) last.to = Math.max(last.to, span.to);
    else joined.push({ ...span });
  }
  return joined;
}
