import type { ExportRequest, ExportWhat } from '../../../shared/contract/app/exchange.ts';
import { EntityId } from '../../../shared/ids.ts';
import { dateToDay, parseDay } from '../../../shared/roster/slot.ts';
import { rangeAround, type DayRange } from '../../position/days.ts';
import { momentParameter, type ShownMoment } from '../../position/position.ts';

export type DaysChoice = 'view' | 'block' | 'year' | 'other' | 'all';

/** What is chosen in the dialog. */
export interface ExportChoices {
  readonly what: ExportWhat;
  readonly format: 'xlsx' | 'csv';
  readonly days: DaysChoice;
  /** For `other`; may be half typed. */
  readonly from: string;
  readonly to: string;
  /** `null`: everybody. */
  readonly people: readonly string[] | null;
  /** A day, or empty. */
  readonly since: string | null;
  readonly personal: boolean;
  readonly reason: string;
}

/** Which days can be chosen for what is exported; none for what has no days. */
export function daysChoicesOf(what: ExportWhat): readonly DaysChoice[] {
  if (what === 'roster') return ['view', 'block', 'year', 'other'];
  return what === 'people' || what === 'absences' ? ['all', 'view', 'block', 'year', 'other'] : [];
}

/** The first and the last day of a choice, as far as they are known. */
export function rangeOf({ days, from, to }: ExportChoices, view: DayRange): Partial<DayRange> {
  switch (days) {
    case 'view':
      return view;
    case 'block':
    case 'year':
      return rangeAround(view.from, days);
    case 'other':
      return { ...(parseDay(from) === null ? {} : { from }), ...(parseDay(to) === null ? {} : { to }) };
    case 'all':
      return {};
  }
}

/** The request that the choices stand for, `null` while they are incomplete. Personal fields are asked for once there is a reason. */
export function requestOf(
  choices: ExportChoices,
  { branch, moment, view }: { readonly branch: string; readonly moment: ShownMoment; readonly view: DayRange },
): ExportRequest | null {
  const { what, format, people, since, personal, reason } = choices;
  const hasDays = daysChoicesOf(what).length > 0;
  const range = hasDays ? rangeOf(choices, view) : {};
  if (what === 'roster' && (range.from === undefined || range.to === undefined)) return null;
  if (range.from !== undefined && range.to !== undefined && dateToDay(range.to) < dateToDay(range.from)) return null;
  if (hasDays && people !== null && people.length === 0) return null;
  const at = momentParameter(moment);
  const wantsPersonal = personal && reason.trim() !== '';
  return {
    branch,
    what,
    format,
    separator: separatorHere(),
    includePersonal: wantsPersonal,
    ...range,
    ...(at === undefined ? {} : { at }),
    ...(hasDays && people !== null ? { people: people.map((id) => EntityId.parse(id)) } : {}),
    ...(canListChanges(choices) && since !== null && parseDay(since) !== null ? { since: startOfDay(since) } : {}),
    ...(wantsPersonal ? { reason: reason.trim() } : {}),
  };
}

/** Whether the file can have a sheet with what changed: only a workbook has sheets, and records that everybody sees their own way have none. */
export function canListChanges({ what, format }: ExportChoices): boolean {
  return format === 'xlsx' && what !== 'clinics' && what !== 'patients';
}

function startOfDay(day: string): string {
  return new Date(`${day}T00:00:00`).toISOString();
}

/** Excel reads what it would write here: semicolons where the comma separates decimals. */
function separatorHere(): ',' | ';' {
  return (1.5).toLocaleString().includes(',') ? ';' : ',';
}
