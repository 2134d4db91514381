import type { MigrationProblem } from '../../../shared/contract/app/view-migrations.ts';
import { quote } from '../../../shared/errors.ts';
import type { Fields } from '../../../shared/json.ts';
import { checkFields, entityTypeOf } from '../../../shared/roster/entity-type.ts';
import type { KnownUser, UserFinder } from './find-user.ts';
import type { MasterRow } from './master-list.ts';

export interface RowProblem {
  readonly problem: MigrationProblem;
  readonly text: string;
}

export type CheckedRow =
  | ({ readonly kind: 'problem' } & RowProblem)
  | {
      readonly kind: 'sound';
      readonly identifier: string;
      readonly user: KnownUser | null;
      readonly fields: Fields;
      readonly missing: readonly string[];
    };

interface Surroundings {
  readonly type: string;
  readonly findUser: UserFinder;
  readonly identifierByKey: ReadonlyMap<string, string>;
}

/** What a row says, in its stored form, or the first thing that is wrong with it. No text repeats what the row says of a record. */
export function checkRow(row: MasterRow, { type, findUser, identifierByKey }: Surroundings): CheckedRow {
  const definition = entityTypeOf(type);
  const name = definition.identifier ?? '';
  const label = definition.fields[name]?.label ?? name;
  const written = row.byKey && row.identifier === '' ? identifierByKey.get(row.key) : row.identifier;
  if (written === undefined) return problem('no-master', `The list has no ${definition.label} with the number “${quote(row.key)}”.`);
  if (written === '') return problem('no-identifier', `${label} is missing.`);
  const stored = definition.normalise({ ...row.fields, [name]: written });
  const identifier = stored[name];
  const wrong = typeof identifier === 'string' ? definition.fields[name]?.check(identifier) : `${label} is missing.`;
  if (typeof identifier !== 'string' || (wrong ?? null) !== null) return problem('bad-identifier', wrong ?? '');

  const user = row.users === null ? null : findUser(row.users);
  if (row.users?.length === 0) return problem('no-user', 'No user is named: there is nobody to link.');
  const called = row.users?.map((each) => `“${quote(each)}”`).join(' or ') ?? '';
  if (user === 'unknown') return problem('unknown-user', `There is no user ${called} here. Add the user, then run this list again.`);
  if (user === 'several') return problem('unknown-user', `Several users are called ${called}: name the user by its id.`);

  const problems = checkFields(definition, stored);
  const bad = problems.find(({ field }) => stored[field] !== undefined);
  if (bad !== undefined) return problem('bad-field', bad.problem);
  return { kind: 'sound', identifier, user, fields: stored, missing: problems.map(({ field }) => field) };
}

function problem(kind: MigrationProblem, text: string): CheckedRow {
  return { kind: 'problem', problem: kind, text };
}
