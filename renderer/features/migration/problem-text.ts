import type { MigrationProblem } from '../../../shared/contract/app/view-migrations.ts';
import { t, type MessageKey } from '../../messages/index.ts';

const keys: Readonly<Record<MigrationProblem, MessageKey>> = {
  'no-user': 'migration.problem_no_user',
  'unknown-user': 'migration.problem_unknown_user',
  'no-identifier': 'migration.problem_no_identifier',
  'bad-identifier': 'migration.problem_bad_identifier',
  'no-master': 'migration.problem_no_master',
  'bad-field': 'migration.problem_bad_field',
  'missing-field': 'migration.problem_missing_field',
  doubled: 'migration.problem_doubled',
  differs: 'migration.problem_differs',
};

/** What is wrong with a row, in two words. */
export function problemText(problem: MigrationProblem): string {
  return t(keys[problem]);
}
