import type { z } from 'zod';
import type { Change } from '../../shared/contract/app/changes.ts';
import type { ImportDecisions, ImportIssue, ImportPreview } from '../../shared/contract/app/exchange.ts';
import type { CalendarDate, Half } from '../../shared/ids.ts';
import type { Fields } from '../../shared/json.ts';

export type { ImportIssue };

/** A file as it was handed over. The name is only shown and never opened. */
export interface RotaFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What a refusal calls the contents: a rota unless told. */
  readonly holds?: string;
}

export type RotaDecisions = z.infer<typeof ImportDecisions>;

/** What helps to read a file that does not say everything itself. */
export interface ReadingHints {
  /** The day it is now; only used to guess the year of dates that are written without one. */
  readonly today?: CalendarDate;
}

/**
 * What the file says about one half day of one person. `unreadable` cells are left alone on the branch: the file said something, but
 * nothing that can be taken as a code.
 */
export type RotaCell =
  | { readonly kind: 'code'; readonly date: CalendarDate; readonly half: Half; readonly where: string; readonly code: string }
  | { readonly kind: 'empty'; readonly date: CalendarDate; readonly half: Half; readonly where: string }
  | { readonly kind: 'unreadable'; readonly date: CalendarDate; readonly half: Half; readonly where: string };

/** Which sort of person a row is about. Part of the identity: `F` among the residents is not `F` among the faculty. */
export type RotaGroup = 'resident' | 'faculty' | 'med_student' | 'rotating_intern' | 'staff' | 'unknown';

export interface RotaPerson {
  /** The row in the sheet, from 1 (of the first one, where a person has several). */
  readonly row: number;
  /** The id of the person, where the file is an export of ours. */
  readonly key?: string;
  readonly name: string;
  readonly group: RotaGroup;
  /** As in the file: `PGY 3`, `FAC`. Empty where the file has none. */
  readonly role: string;
  /** As in the file: `R3`, `C19`, `ADJ`. Empty where the file has none. */
  readonly template: string;
  /** The rotations noted beside the name, as in the file. They are shown, not imported. */
  readonly rotations: readonly string[];
  /** What role and template say about the person, in fields of the entity `person` (without the name). */
  readonly fields: Fields;
  /** One for each half day that the person's rows cover, in the order of time. */
  readonly cells: readonly RotaCell[];
}

/** A row that says who is on call on each day, instead of what one person does. */
export interface RotaCallRow {
  readonly row: number;
  readonly label: string;
  readonly entries: readonly { readonly date: CalendarDate; readonly where: string; readonly text: string }[];
}

/** Everything a rota file says. It depends on the file and the decisions alone, not on the branch. */
export interface RotaReading {
  readonly file: string;
  readonly sheet: string;
  readonly sheets: readonly string[];
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly years: { readonly stated: number; readonly suggested: number; readonly used: number };
  readonly people: readonly RotaPerson[];
  readonly callRows: readonly RotaCallRow[];
  readonly issues: readonly ImportIssue[];
}

/** An entity as it is on the branch. */
export interface BranchEntity {
  readonly id: string;
  readonly fields: Fields;
}

/** What the plan needs to know of the branch the file is imported into. */
export interface ImportState {
  readonly people: readonly BranchEntity[];
  readonly rotations: readonly BranchEntity[];
  /** At least those from the reading's `from` to its `to`; others are not looked at. */
  readonly assignments: readonly BranchEntity[];
  /** The codes that are in use on the branch. The standard codes and those of rotations are known besides. */
  readonly codes: readonly string[];
}

/** One entity that importing would change; `before` and `after` are whole records, `null` where it does not exist. */
export interface PlannedChange {
  readonly type: 'person' | 'assignment';
  readonly id: string;
  readonly before: Fields | null;
  readonly after: Fields | null;
}

/**
 * What importing would do. Everything in `preview` but `items`, `total` and `tip` is complete; `items` are made of `planned` by whoever
 * can put entity changes into words as of a branch. `changes` are ready to be committed together once `preview.questions` is empty.
 */
export interface ImportPlan {
  readonly changes: readonly Change[];
  readonly planned: readonly PlannedChange[];
  readonly preview: Omit<ImportPreview, 'items' | 'total' | 'tip'>;
  /** How many half days of how many people the file fills. */
  readonly people: number;
  readonly halfDays: number;
}
