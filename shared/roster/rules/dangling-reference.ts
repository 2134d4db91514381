import { countText, findEntityType } from '../entity-type.ts';
import type { EntityRecord } from '../entity-record.ts';
import { textOf } from '../field.ts';
import { recordKey } from '../focus.ts';
import { referencesOf, type Reference } from '../references.ts';
import { isInWindow, type RosterState, type StateCell } from '../roster-state.ts';
import { slotToWords } from '../slot.ts';
import { isGraver } from './severity.ts';
import { makeClash, type Finding, type Rule, type Severity } from './clash.ts';

/**
 * Something points to a record that is gone. One clash for each that is missing, with all that still points to it: bringing it back, or
 * clearing these, cures all at once. Only what points to it directly is named; nothing follows from that to third records.
 */
export const danglingReference: Rule = {
  rule: 'dangling-reference',
  label: 'Points to something that is gone',
  find: (state) => {
    if (state.focus?.missing.size === 0) return [];
    const missing = new Map<string, Missing>();
    for (const cell of state.cells)
      if (state.focus || isInWindow(state, cell.slot)) gatherFrom(state, missing, { record: cell.record, slot: cell.slot, cell });
    for (const { record, from, to } of state.absences)
      if (state.focus || (to >= state.from && from <= state.to)) gatherFrom(state, missing, { record, slot: Math.max(from, state.from) });
    for (const record of state.others) gatherFrom(state, missing, { record, slot: null });
    return [...missing.values()].map(describe);
  },
};

interface Missing {
  readonly type: string;
  readonly id: string;
  readonly pointers: Pointer[];
  severity: Severity;
  /** Something else than work and absences of a person who is gone. */
  isOther: boolean;
}

interface Pointer {
  readonly record: EntityRecord;
  readonly slot: number | null;
  readonly cell?: StateCell;
}

function gatherFrom(state: RosterState, missing: Map<string, Missing>, pointer: Pointer): void {
  const { type, fields } = pointer.record;
  for (const reference of referencesOf(type)) {
    const id = textOf(fields, reference.field);
    if (id === null || !isMissing(state, reference, id)) continue;
    const key = recordKey(reference.to, id);
    const known = missing.get(key) ?? { type: reference.to, id, pointers: [], severity: 'info', isOther: false };
    missing.set(key, known);
    const severity = severityOf(reference);
    if (isGraver(severity, known.severity)) known.severity = severity;
    known.isOther ||= reference.field !== 'personId';
    if (known.pointers.at(-1)?.record !== pointer.record) known.pointers.push(pointer);
  }
}

// A window holds all people and rotations; a state of parts knows of those records that were looked for whether they are there.
function isMissing({ people, rotations, focus }: RosterState, { field, to }: Reference, id: string): boolean {
  if (focus) return focus.missing.has(recordKey(to, id));
  return field === 'personId' ? !people.has(id) : field === 'rotationId' && !rotations.has(id);
}

function severityOf({ to, required }: Reference): Severity {
  return required ? 'error' : to === 'rotation' ? 'warning' : 'info';
}

function describe({ type, id, pointers, severity, isOther }: Missing): Finding {
  const slots = pointers.flatMap(({ slot }) => slot ?? []);
  const count = pointers.length;
  const since = slots.length === 0 ? '' : ` from ${slotToWords(slots.reduce((first, slot) => Math.min(first, slot)))} on`;
  const verb = type === 'person' && !isOther ? 'belong' : 'point';
  return makeClash({
    rule: danglingReference.rule,
    key: [type, id],
    severity,
    text: `${countPointers(pointers)}${since} ${verb}${count === 1 ? 's' : ''} to ${goneWords(type)}.`,
    cells: pointers.flatMap(({ cell }) => cell ?? []),
    others: pointers
      .filter(({ cell }) => !cell)
      .map(({ record }) => record)
      .toSorted((a, b) => compareText(a.type, b.type) || compareText(a.id, b.id)),
    slots,
    weight: count,
    byMember: true,
    gone: [{ type, id }],
  });
}

function countPointers(pointers: readonly Pointer[]): string {
  const byType = Map.groupBy(pointers, ({ record }) => record.type);
  const words = [...byType].map(([type, each]) => countText(type, each.length));
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function goneWords(type: string): string {
  if (type === 'person') return 'a person who is no longer in the roster';
  const label = findEntityType(type)?.label ?? type;
  return `${/^[aeiou]/.test(label) ? 'an' : 'a'} ${label} that no longer exists`;
}
