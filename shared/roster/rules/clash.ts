import type { EntityId } from '../../ids.ts';
import { slotToDate, slotToHalf, type HalfName } from '../slot.ts';
import type { RosterState, StateCell } from '../roster-state.ts';

export type Severity = 'error' | 'warning' | 'info';

/** A roster rule that a state breaks. Never called a conflict: that is a field which two branches changed. */
export interface Clash {
  /** The same for the same rule on the same records, whatever window they are seen in. */
  readonly key: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly text: string;
  readonly entities: { readonly type: string; readonly id: EntityId }[];
  /** The cells that take part. */
  readonly slots: { readonly personId: string; readonly date: string; readonly half: HalfName }[];
  /** The half days it is about, also where nobody stands. */
  readonly halfDays: { readonly date: string; readonly half: HalfName }[];
}

/** One rule: a pure question to a roster. It answers with clashes that touch the window, and may look at neighbours outside it. */
export interface Rule {
  readonly rule: string;
  /** The rule's name on screen: `Double booking`. */
  readonly label: string;
  find(state: RosterState): readonly Clash[];
}

/** Builds a clash of some cells; other records that take part are named in `others`. */
export function makeClash({
  rule,
  key,
  severity,
  text,
  cells,
  others = [],
  slots,
}: {
  readonly rule: string;
  readonly key: readonly string[];
  readonly severity: Severity;
  readonly text: string;
  readonly cells: readonly StateCell[];
  readonly others?: readonly { readonly type: string; readonly id: EntityId }[];
  /** The half days, where they are not simply those of the cells. */
  readonly slots?: readonly number[];
}): Clash {
  return {
    key: [rule, ...key].join('|'),
    rule,
    severity,
    text,
    entities: [...others.map(({ type, id }) => ({ type, id })), ...cells.map(({ record }) => ({ type: record.type, id: record.id }))],
    slots: cells.map((cell) => ({ personId: cell.personId, date: slotToDate(cell.slot), half: slotToHalf(cell.slot) })),
    halfDays: [...new Set(slots ?? cells.map((cell) => cell.slot))].map((slot) => ({ date: slotToDate(slot), half: slotToHalf(slot) })),
  };
}

const namesInText = 6;

/** `Lima, A; Souza, B and 3 more`. Names hold commas, so semicolons part them. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, namesInText).join('; ');
  return names.length > namesInText ? `${shown} and ${names.length - namesInText} more` : shown;
}
