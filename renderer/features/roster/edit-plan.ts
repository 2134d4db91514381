import { v7 as uuid } from 'uuid';
import type { Change } from '../../../shared/contract/app/changes.ts';
import type { EntityRecord } from '../../../shared/contract/app/roster.ts';
import type { Fields } from '../../../shared/json.ts';
import { EntityId, VersionHash, type Half } from '../../../shared/ids.ts';

/** What a cell holds, as far as it is copied from cell to cell. */
export interface CellValue {
  readonly code: string;
  /** The rotation that the code stands for; `undefined` leaves the one that is there. */
  readonly rotationId?: string | undefined;
  readonly role?: string;
  readonly location?: string;
}

/** A half day of a person, and the assignments that stand there now. */
export interface Slot {
  readonly personId: string;
  readonly date: string;
  readonly half: Half;
  readonly assignments: readonly EntityRecord[];
}

/** A change as it is sent, with the record as it will be, for showing it before the answer. */
export interface PlannedChange {
  readonly change: Change;
  readonly after: EntityRecord | null;
}

/** Until the engine has answered, a record carries this in place of its version; no two are the same, so that each is drawn. */
let unsavedCount = 0;
function unsavedVersion(): VersionHash {
  unsavedCount += 1;
  return VersionHash.parse(unsavedCount.toString(16).padStart(64, '0'));
}

/**
 * Makes the slots hold these values: the first assignment that stands in a slot is changed, missing ones are created, what is left over is
 * deleted. A slot that already holds them makes no change.
 */
export function planValues(targets: readonly { readonly slot: Slot; readonly values: readonly CellValue[] }[]): readonly PlannedChange[] {
  return targets.flatMap(({ slot, values }) => [
    ...values.flatMap((value, index) => {
      const record = slot.assignments[index];
      return record === undefined ? [createAssignment(slot, value)] : setValue(record, value);
    }),
    ...slot.assignments.slice(values.length).map(removeRecord),
  ]);
}

/** Sets one assignment, where several share a half day. */
export function setValue(record: EntityRecord, value: CellValue): readonly PlannedChange[] {
  const fields: Record<string, string> = { activity: value.code };
  if (value.rotationId !== undefined) fields['rotationId'] = value.rotationId;
  if (value.location !== undefined) fields['location'] = value.location;
  const differs = Object.entries(fields).some(([name, text]) => record.fields[name] !== text);
  return differs ? [updateRecord(record, fields)] : [];
}

export function createAssignment(slot: Slot, value: CellValue): PlannedChange {
  return createRecord('assignment', {
    personId: slot.personId,
    date: slot.date,
    half: slot.half,
    activity: value.code,
    ...(value.rotationId === undefined ? {} : { rotationId: value.rotationId }),
    ...(value.location === undefined ? {} : { location: value.location }),
    role: value.role ?? 'primary',
    source: 'manual',
  });
}

export function createRecord(type: string, fields: Fields, id = EntityId.parse(uuid())): PlannedChange {
  return { change: { op: 'create', type, id, fields }, after: { type, id, version: unsavedVersion(), fields } };
}

/** A patch of a record: `null` clears a field, what is not named stays. */
export function updateRecord(record: EntityRecord, fields: Fields): PlannedChange {
  const after = Object.fromEntries(Object.entries({ ...record.fields, ...fields }).filter(([, value]) => value !== null));
  return {
    change: { op: 'update', type: record.type, id: record.id, fields },
    after: { ...record, version: unsavedVersion(), fields: after },
  };
}

export function removeRecord(record: EntityRecord): PlannedChange {
  return { change: { op: 'delete', type: record.type, id: record.id }, after: null };
}

/** What an assignment gives away when it is copied. */
export function valueOf(record: EntityRecord, code: string): CellValue {
  const { rotationId, role, location } = record.fields;
  return {
    code,
    ...(typeof rotationId === 'string' ? { rotationId } : {}),
    ...(typeof role === 'string' ? { role } : {}),
    ...(typeof location === 'string' ? { location } : {}),
  };
}
