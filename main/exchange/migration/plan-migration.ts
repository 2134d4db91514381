import type { MigrationIssue, MigrationProblem, MigrationReport } from '../../../shared/contract/app/view-migrations.ts';
import { quote } from '../../../shared/errors.ts';
import type { Fields } from '../../../shared/json.ts';
import { entityTypeOf } from '../../../shared/roster/entity-type.ts';
import type { MasterList, MasterRow } from './master-list.ts';
import { checkRow, type RowProblem } from './check-row.ts';
import { createUserFinder, type KnownUser } from './find-user.ts';

/** What the programme holds already, as the plan has to know it. */
export interface MigrationState {
  readonly users: readonly KnownUser[];
  /** The record with an identifier: on the branch, or only elsewhere, where its id is kept; `null` for a new one. */
  masterOf(identifier: string): { readonly id: string; readonly isHere: boolean } | null;
  /** `ended` for a link that its user has taken off since a migration made it. */
  linkOf(user: string, id: string): 'linked' | 'ended' | 'none';
  /** How many own versions a user has of a record. */
  versionsOf(user: string, id: string): number;
  hasView(user: string): boolean;
}

export interface PlannedMaster {
  readonly identifier: string;
  /** `null` for a record that is nowhere yet. */
  readonly id: string | null;
  /** The whole record. */
  readonly fields: Fields;
}

export interface PlannedLink {
  readonly user: string;
  readonly identifier: string;
  /** `null` for a link to a record that is made with it. */
  readonly id: string | null;
}

export interface MigrationPlan {
  readonly masters: readonly PlannedMaster[];
  readonly links: readonly PlannedLink[];
  readonly report: MigrationReport;
}

const rowsInSlice = 250;

/** As `planMigrationSlices`, in one go. */
export function planMigration(list: MasterList, type: string, state: MigrationState): MigrationPlan {
  const slices = planMigrationSlices(list, type, state);
  for (;;) {
    const slice = slices.next();
    if (slice.done === true) return slice.value;
  }
}

/**
 * Decides what taking a list over would make: a record for every identifier that is new, from the first row that describes it whole, and a
 * link for every row with a user and a record. What is there already stays as it is. Every row that is not taken is an issue. Answers in
 * slices of some rows (how many are done), so that long lists leave time for others.
 */
export function* planMigrationSlices(list: MasterList, type: string, state: MigrationState): Generator<number, MigrationPlan> {
  const issues: MigrationIssue[] = [];
  const report = ({ sheet, row }: MasterRow, { problem, text }: RowProblem): void => void issues.push({ sheet, row, problem, text });
  const identifierByKey = indexKeys(list, type);
  const findUser = createUserFinder(state.users);
  const sound: SoundRow[] = [];
  for (const [index, row] of list.rows.entries()) {
    if (index % rowsInSlice === 0) yield index;
    const checked = checkRow(row, { type, findUser, identifierByKey });
    if (checked.kind === 'problem') report(row, checked);
    else sound.push({ row, ...checked });
  }
  const { masters, firstRows, lacking } = chooseMasters(sound, type, state);
  const links = chooseLinks(
    sound.filter((each) => {
      const problem = lacking.get(each);
      if (problem !== undefined) report(each.row, problem);
      return problem === undefined;
    }),
    { type, state, firstRows, report },
  );
  const order = new Map(list.rows.map((row, index) => [`${row.sheet} ${row.row}`, index]));
  const placeOf = ({ sheet, row }: MigrationIssue): number => order.get(`${sheet} ${row}`) ?? 0;
  issues.sort((a, b) => placeOf(a) - placeOf(b));
  return {
    masters: [...masters.values()],
    links: links.made,
    report: {
      type,
      file: quote(list.file),
      sheet: list.sheet,
      rows: list.rows.length,
      columns: [...list.columns],
      unread: [...list.unread],
      padded: list.padded,
      masters: { created: masters.size, existing: [...firstRows.keys()].filter((identifier) => !masters.has(identifier)).length },
      links: { created: links.made.length, existing: links.existing },
      versionsKept: links.versionsKept,
      skipped: issues.length - links.takenAllTheSame,
      issues,
      counts: countProblems(issues),
      users: links.users,
    },
  };
}

/** A row that says a proper identifier, a known user where it speaks of one, and nothing that cannot be kept. */
interface SoundRow {
  readonly row: MasterRow;
  readonly identifier: string;
  /** `null` in a part of the list that is not about users. */
  readonly user: KnownUser | null;
  /** What it says of the record, with the identifier. */
  readonly fields: Fields;
  /** The required fields it does not say. */
  readonly missing: readonly string[];
}

/** A record for every identifier that is not on the branch, from the first row that has all that is required. */
function chooseMasters(sound: readonly SoundRow[], type: string, state: MigrationState) {
  const masters = new Map<string, PlannedMaster>();
  /** By identifier: the first row that describes the record whole; `null` where none does and the record is there already. */
  const firstRows = new Map<string, SoundRow | null>();
  for (const each of sound) {
    const { identifier, missing } = each;
    if ((firstRows.get(identifier) ?? null) !== null) continue;
    const known = state.masterOf(identifier);
    const isHere = known?.isHere === true;
    if (missing.length === 0) firstRows.set(identifier, each);
    else if (isHere) firstRows.set(identifier, null);
    if (missing.length === 0 && !isHere) masters.set(identifier, { identifier, id: known?.id ?? null, fields: each.fields });
  }
  const lacking = new Map<SoundRow, RowProblem>();
  for (const each of sound) if (!firstRows.has(each.identifier)) lacking.set(each, describeLacking(each, type));
  return { masters, firstRows, lacking };
}

function describeLacking({ row, fields, missing }: SoundRow, type: string): RowProblem {
  const { label, fields: definitions } = entityTypeOf(type);
  if (!row.describes || Object.keys(fields).length < 2)
    return { problem: 'no-master', text: `There is no ${label} with this identifier, neither in the list nor here.` };
  const labels = missing.map((field) => definitions[field]?.label ?? field);
  return {
    problem: 'missing-field',
    text: `${labels.join(' and ')} ${labels.length === 1 ? 'is' : 'are'} missing: no ${label} can be made of this row.`,
  };
}

interface LinkContext {
  readonly type: string;
  readonly state: MigrationState;
  readonly firstRows: ReadonlyMap<string, SoundRow | null>;
  readonly report: (row: MasterRow, problem: RowProblem) => void;
}

/** A link for every user and record that have none yet. Rows that say the same again, or something else of the record, are reported. */
function chooseLinks(sound: readonly SoundRow[], { type, state, firstRows, report }: LinkContext) {
  const made: PlannedLink[] = [];
  const seen = new Map<string, MasterRow>();
  const users = new Map<string, { user: string; name: string; links: number; isNew: boolean }>();
  let [existing, versionsKept, takenAllTheSame] = [0, 0, 0];
  for (const each of sound) {
    const { row, identifier, user } = each;
    const key = user === null ? identifier : `${identifier} ${user.userId}`;
    const before = seen.get(key);
    const first = firstRows.get(identifier) ?? null;
    const differing = first === null || first === each ? [] : differingLabels(type, first.fields, each.fields);
    if (differing.length > 0) report(row, describeDiffering(differing, first?.row ?? row));
    else if (before !== undefined) report(row, { problem: 'doubled', text: `Says the same as ${nameRow(before)}; it is taken once.` });
    if (before !== undefined) continue;
    seen.set(key, row);
    // The row's link is taken, or it is the record's own: only what it says of the record is not.
    if (differing.length > 0 && user !== null) takenAllTheSame += 1;
    if (user === null) continue;
    const counted = users.get(user.userId) ?? { user: user.userId, name: user.name, links: 0, isNew: !state.hasView(user.userId) };
    users.set(user.userId, counted);
    const known = state.masterOf(identifier);
    if (known !== null) versionsKept += state.versionsOf(user.userId, known.id);
    if (known !== null && state.linkOf(user.userId, known.id) !== 'none') existing += 1;
    else {
      counted.links += 1;
      made.push({ user: user.userId, identifier, id: known?.id ?? null });
    }
  }
  return { made, existing, versionsKept, takenAllTheSame, users: [...users.values()] };
}

/** The labels of the fields of which both rows say something, and not the same. */
function differingLabels(type: string, first: Fields, other: Fields): string[] {
  const { fields } = entityTypeOf(type);
  return Object.keys(other)
    .filter((field) => first[field] !== undefined && JSON.stringify(first[field]) !== JSON.stringify(other[field]))
    .map((field) => fields[field]?.label ?? field);
}

function describeDiffering(labels: readonly string[], first: MasterRow): RowProblem {
  const words = labels.length > 4 ? `${labels.slice(0, 3).join(', ')} and ${labels.length - 3} more` : labels.join(', ');
  return {
    problem: 'differs',
    text: `${words}: another value than in ${nameRow(first)}. The record keeps what was registered first.`,
  };
}

function nameRow({ sheet, row }: MasterRow): string {
  return sheet === null ? `row ${row}` : `row ${row} of “${quote(sheet)}”`;
}

function indexKeys(list: MasterList, type: string): ReadonlyMap<string, string> {
  const { identifier, normalise } = entityTypeOf(type);
  const byKey = new Map<string, string>();
  for (const row of list.rows) {
    if (row.byKey || row.key === '' || row.identifier === '' || byKey.has(row.key)) continue;
    const stored = identifier === null ? undefined : normalise({ [identifier]: row.identifier })[identifier];
    if (typeof stored === 'string') byKey.set(row.key, stored);
  }
  return byKey;
}

function countProblems(issues: readonly MigrationIssue[]): { problem: MigrationProblem; rows: number }[] {
  const counts = new Map<MigrationProblem, number>();
  for (const { problem } of issues) counts.set(problem, (counts.get(problem) ?? 0) + 1);
  return [...counts].map(([problem, rows]) => ({ problem, rows }));
}
