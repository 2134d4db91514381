import { z } from 'zod';
import {
  Basis,
  branch,
  call,
  CommitHash,
  EntityId,
  EntityType,
  Fields,
  Half,
  HistoryEntry,
  Op,
  Page,
  paging,
  VersionHash,
} from './base.ts';
import { CalendarDate, Moment, UserId } from '../../ids.ts';

/** An entity as the grid draws it: its identity, its version and its fields. */
export const EntityRecord = z.object({ type: EntityType, id: EntityId, version: VersionHash, fields: Fields });
export type EntityRecord = z.infer<typeof EntityRecord>;

export const HalfDay = z.object({
  date: CalendarDate,
  half: Half,
  /** `2026-01-15 AM`. */
  label: z.string(),
  academicYear: z.int(),
  block: z.int(),
  weekend: z.boolean(),
  dayType: z.string(),
  holiday: z.string().nullable(),
});
export type HalfDay = z.infer<typeof HalfDay>;

/** One assignment: where it stands, what is shown (`code`), and all its fields. */
export const Cell = z.object({
  id: EntityId,
  version: VersionHash,
  personId: z.string(),
  date: CalendarDate,
  half: Half,
  code: z.string(),
  /** The full text: activity, else rotation name, else `Unassigned`. */
  text: z.string(),
  fields: Fields,
});
export type Cell = z.infer<typeof Cell>;

export const WindowPerson = z.object({
  id: EntityId,
  version: VersionHash,
  name: z.string(),
  /** `PGY-2`, `Faculty`. */ level: z.string(),
  group: z.string(),
  fields: Fields,
});
export type WindowPerson = z.infer<typeof WindowPerson>;

export const WindowAbsence = z.object({
  id: EntityId,
  version: VersionHash,
  personId: z.string(),
  startDate: CalendarDate,
  endDate: CalendarDate,
  absenceType: z.string(),
  status: z.string(),
  fields: Fields,
});
export type WindowAbsence = z.infer<typeof WindowAbsence>;

export const CoverageCount = z.object({
  code: z.string(),
  name: z.string(),
  date: CalendarDate,
  half: Half,
  count: z.int(),
  minimum: z.int().nullable(),
  capacity: z.int().nullable(),
  short: z.boolean(),
});
export type CoverageCount = z.infer<typeof CoverageCount>;

export const Severity = z.enum(['error', 'warning', 'info']);
export const Clash = z.object({
  /** Stable for the same rule on the same records. */
  key: z.string(),
  rule: z.string(),
  severity: Severity,
  text: z.string(),
  entities: z.array(z.object({ type: EntityType, id: EntityId })),
  slots: z.array(z.object({ personId: z.string(), date: CalendarDate, half: Half })),
  /** The half days it is about, also where nobody stands, as when a rotation is short of people. */
  halfDays: z.array(z.object({ date: CalendarDate, half: Half })),
});
export type Clash = z.infer<typeof Clash>;

export const RosterWindow = z.object({
  branch: z.string(),
  basis: Basis,
  from: CalendarDate,
  to: CalendarDate,
  people: z.array(WindowPerson),
  /** People who left before these days or come after them and have nothing in them: no rows, but steps may bring them back. */
  otherPeople: z.array(WindowPerson).optional(),
  halfDays: z.array(HalfDay),
  cells: z.array(Cell),
  absences: z.array(WindowAbsence),
  rotations: z.array(EntityRecord),
  holidays: z.array(EntityRecord),
  coverage: z.array(CoverageCount),
  clashes: z.array(Clash),
  /** Places that are clinics, by what the cells and rotations say: the clinic as the asked view shows it. Only with `view`. */
  locations: z.record(z.string(), z.object({ clinic: EntityId, name: z.string(), origin: z.enum(['own', 'shared']) })).optional(),
});
export type RosterWindow = z.infer<typeof RosterWindow>;

const windowOf = { from: CalendarDate, to: CalendarDate, people: z.array(EntityId).max(2_000).optional() };

export const WindowChange = z.object({
  op: Op,
  type: EntityType,
  id: EntityId,
  before: EntityRecord.nullable(),
  after: EntityRecord.nullable(),
});
export type WindowChange = z.infer<typeof WindowChange>;

export const RosterCode = z.object({
  code: z.string(),
  name: z.string(),
  rotationId: EntityId.nullable(),
  color: z.string().nullable(),
  background: z.string().nullable(),
  count: z.int(),
});
export type RosterCode = z.infer<typeof RosterCode>;

/** One assignment that stands or once stood in a cell, with its history on the branch, newest first. */
export const CellAssignment = z.object({ id: EntityId, entries: z.array(HistoryEntry) });
export type CellAssignment = z.infer<typeof CellAssignment>;

/** One way to clear a clash that stands: the changes of one commit, and for each changed record what stood there and what would. */
export const ClashRepair = z.object({
  id: z.string(),
  text: z.string(),
  changes: z.array(z.object({ op: Op, type: EntityType, id: EntityId, fields: Fields.nullable() })),
  /** `from` is the record's name where it stands now, when it moves; empty texts where nothing stood or would stand. */
  lines: z.array(z.object({ title: z.string(), from: z.string(), before: z.string(), after: z.string() })),
});
export type ClashRepair = z.infer<typeof ClashRepair>;

export const ClashRepairs = z.object({
  branch: z.string(),
  /** The repairs hold for this commit: give it as `expectedTip` when one is carried out. */
  basis: Basis,
  /** `null` when the roster has the clash no more. */
  clash: Clash.nullable(),
  repairs: z.array(ClashRepair),
});
export type ClashRepairs = z.infer<typeof ClashRepairs>;

export const roster = {
  /** The grid as of then. Unless `people` names some, everybody who existed then. At most 400 days. */
  window: call.input(z.strictObject({ branch, at: Moment.optional(), view: UserId.optional(), ...windowOf })).output(RosterWindow),
  /** The net changes from one position to another that touch the window, to be applied in the page. Works in both directions. */
  step: call
    .input(z.strictObject({ branch, from: CommitHash.nullable(), to: CommitHash.nullable(), window: z.strictObject(windowOf) }))
    .output(z.object({ from: CommitHash.nullable(), to: CommitHash.nullable(), basis: Basis, changes: z.array(WindowChange) })),
  /** Everything that ever stood in one person's half day on the branch, also what is gone or moved away since. */
  cell: call.input(z.strictObject({ branch, personId: EntityId, date: CalendarDate, half: Half, ...paging })).output(Page(CellAssignment)),
  /** What would clear a clash of the window from `from` to `to`, as the branch is now: each proved to clear it and to bring none. */
  repairs: call
    .input(z.strictObject({ branch, clash: z.string().min(1).max(2_000), from: CalendarDate, to: CalendarDate }))
    .output(ClashRepairs),
  /** The codes known on the branch: those of rotations, and every activity in use, most used first. */
  codes: call
    .input(z.strictObject({ branch, at: Moment.optional() }).optional())
    .output(z.object({ items: z.array(RosterCode), total: z.int(), next: z.string().nullable() })),
};
