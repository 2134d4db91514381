import { slotToDate, slotToHalf } from '../../shared/roster/slot.ts';
import type { Fields, Json } from '../../shared/json.ts';
import type { DraftChange } from '../engine/local-store/store.ts';
import { rotationByCode } from './rotation-list.ts';
import type { Member } from './staff.ts';

/** What somebody does in a half day. Never changed in place, so that an older value can be kept for comparing. */
export interface CellValue {
  /** The code shown: of a rotation where there is one, else an activity. */
  readonly code: string;
  readonly role: 'primary' | 'supervising' | 'backup';
  readonly location?: string;
  readonly notes?: string;
  readonly tags?: readonly string[];
  readonly overrideReason?: string;
  readonly source: 'preload' | 'manual' | 'solver' | 'template' | 'swap';
  readonly run?: string;
  readonly confidence?: number;
}

export interface BoardCell {
  readonly id: string;
  readonly member: Member;
  readonly slot: number;
  value: CellValue;
}

/** The grid as it stands: at most one cell per person and half day. */
export interface Board {
  cell(member: Member, slot: number): BoardCell | undefined;
  codeAt(member: Member, slot: number): string;
  place(cell: BoardCell): void;
  /** A board of its own with the cells between two slots, both included. */
  copy(from: number, to: number): Board;
}

export function createBoard(rows: Map<number, BoardCell>[] = []): Board {
  const rowOf = (member: Member): Map<number, BoardCell> => {
    const row = rows[member.number] ?? new Map<number, BoardCell>();
    rows[member.number] = row;
    return row;
  };
  return {
    cell: (member, slot) => rows[member.number]?.get(slot),
    codeAt: (member, slot) => rows[member.number]?.get(slot)?.value.code ?? '',
    place: (cell) => void rowOf(cell.member).set(cell.slot, cell),
    copy: (from, to) => createBoard(rows.map((row) => copyRow(row, from, to))),
  };
}

/** The cell as an assignment's fields. */
export function cellToFields(cell: BoardCell, rotationIds: ReadonlyMap<string, string>): Fields {
  const { member, slot, value } = cell;
  const fields: Record<string, Json> = { personId: member.id, date: slotToDate(slot), half: slotToHalf(slot) };
  const rotationId = rotationIds.get(value.code);
  if (rotationId === undefined) fields['activity'] = value.code;
  else fields['rotationId'] = rotationId;
  fields['role'] = value.role;
  if (value.location !== undefined) fields['location'] = value.location;
  if (value.notes !== undefined) fields['notes'] = value.notes;
  if (value.tags !== undefined) fields['tags'] = value.tags;
  if (value.overrideReason !== undefined) fields['overrideReason'] = value.overrideReason;
  if (value.run !== undefined) fields['scheduleRunId'] = value.run;
  if (value.confidence !== undefined) fields['confidence'] = value.confidence;
  fields['source'] = value.source;
  return fields;
}

/** The value a code has for somebody when nothing else is said: faculty on the ward or precepting supervise. */
export function plainValue(member: Member, code: string, source: CellValue['source']): CellValue {
  const role = member.kind === 'faculty' && (code === 'AT' || code === 'FMIT') ? 'supervising' : 'primary';
  const location = rotationByCode.get(code)?.location;
  return location === undefined ? { code, role, source } : { code, role, location, source };
}

/** Same work in the same place: another run or another reason alone makes no new version. */
export function isSameWork(left: CellValue, right: CellValue): boolean {
  return left.code === right.code && left.role === right.role && left.location === right.location;
}

/** Collects what one gesture does to the board, each cell once, from its first value to its last. */
export interface Gesture {
  /** Gives a half day a value; makes the cell when there is none. */
  set(member: Member, slot: number, value: CellValue): void;
  /** What a gesture did, as changes of assignments; cells that ended as they began are left out. */
  changes(rotationIds: ReadonlyMap<string, string>): DraftChange[];
}

export function startGesture(board: Board, newId: () => string): Gesture {
  const before = new Map<BoardCell, CellValue | null>();
  return {
    set(member, slot, value) {
      const known = board.cell(member, slot);
      if (known) {
        if (!before.has(known)) before.set(known, known.value);
        known.value = value;
        return;
      }
      const cell: BoardCell = { id: newId(), member, slot, value };
      before.set(cell, null);
      board.place(cell);
    },
    changes(rotationIds) {
      const changes: DraftChange[] = [];
      for (const [cell, value] of before) {
        if (value !== null && isSameValue(value, cell.value)) continue;
        const fields = cellToFields(cell, rotationIds);
        changes.push({ type: 'assignment', id: cell.id, op: value === null ? 'create' : 'update', fields });
      }
      return changes;
    },
  };
}

function isSameValue(left: CellValue, right: CellValue): boolean {
  return (
    left === right ||
    (isSameWork(left, right) &&
      left.notes === right.notes &&
      left.overrideReason === right.overrideReason &&
      left.source === right.source &&
      left.run === right.run &&
      left.confidence === right.confidence &&
      (left.tags ?? []).join('\n') === (right.tags ?? []).join('\n'))
  );
}

function copyRow(row: Map<number, BoardCell> | undefined, from: number, to: number): Map<number, BoardCell> {
  const copy = new Map<number, BoardCell>();
  for (const [slot, cell] of row ?? []) if (slot >= from && slot <= to) copy.set(slot, { ...cell });
  return copy;
}
