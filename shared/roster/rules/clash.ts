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

/** A clash with what it takes to compare it with another state's. */
export interface Finding extends Clash {
  /** The same for what is one trouble in two states, also where other records take part in it. */
  readonly group: string;
  /** How bad it is; means something only within its group. */
  readonly weight: number;
  /** Another record in it makes it another trouble, however many there are. */
  readonly byMember: boolean;
  readonly scope: ClashScope | null;
  /** Records that are gone and take part by that. */
  readonly gone: readonly { readonly type: string; readonly id: string }[];
}

/** Which cells a clash follows from, beyond those that take part: that somebody left them, or came to them, may be what broke the rule. */
export interface ClashScope {
  readonly personId?: string;
  readonly rotationId?: string;
  /** Only cells that supervise, or that are supervised. */
  readonly supervision?: true;
  readonly from: number;
  readonly to: number;
}

/** One rule: a pure question to a roster. It answers with clashes that touch the window, and may look at neighbours outside it. */
export interface Rule {
  readonly rule: string;
  /** The rule's name on screen: `Double booking`. */
  readonly label: string;
  find(state: RosterState): readonly Finding[];
  /** What `after` breaks and `before` did not, or less badly. Only for rules whose findings in two states cannot be told apart by group. */
  findAdded?(before: RosterState, after: RosterState): readonly Finding[];
}

/** Builds a clash of some cells; other records that take part are named in `others`. */
export function makeClash({
  rule,
  key,
  group = key,
  weight = 1,
  byMember = false,
  scope = null,
  gone = [],
  severity,
  text,
  cells,
  others = [],
  slots,
}: {
  readonly rule: string;
  readonly key: readonly string[];
  readonly group?: readonly string[];
  readonly weight?: number;
  readonly byMember?: boolean;
  readonly scope?: ClashScope | null;
  readonly gone?: Finding['gone'];
  readonly severity: Severity;
  readonly text: string;
  readonly cells: readonly StateCell[];
  readonly others?: readonly { readonly type: string; readonly id: EntityId }[];
  /** The half days, where they are not simply those of the cells. */
  readonly slots?: readonly number[];
}): Finding {
  return {
    key: [rule, ...key].join('|'),
    rule,
    severity,
    text,
    entities: [...others.map(({ type, id }) => ({ type, id })), ...cells.map(({ record }) => ({ type: record.type, id: record.id }))],
    slots: cells.map((cell) => ({ personId: cell.personId, date: slotToDate(cell.slot), half: slotToHalf(cell.slot) })),
    halfDays: [...new Set(slots ?? cells.map((cell) => cell.slot))].map((slot) => ({ date: slotToDate(slot), half: slotToHalf(slot) })),
    group: [rule, ...group].join('|'),
    weight,
    byMember,
    scope,
    gone,
  };
}

/** The clash alone, as screens and the contract know it. */
export function toClash({ key, rule, severity, text, entities, slots, halfDays }: Finding): Clash {
  return { key, rule, severity, text, entities, slots, halfDays };
}

const namesInText = 6;

/** `Lima, A; Souza, B and 3 more`. Names hold commas, so semicolons part them. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, namesInText).join('; ');
  return names.length > namesInText ? `${shown} and ${names.length - namesInText} more` : shown;
}
