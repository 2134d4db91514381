import { statements as objectsRefsAndDerivedTables } from './0001-objects-refs-and-derived-tables.ts';
import { statements as mergesKeepTheirDecisions } from './0002-merges-keep-their-decisions.ts';
import { statements as fewerPagesPerCommit } from './0003-fewer-pages-per-commit.ts';

export interface Migration {
  /** The `user_version` of a file after it. */
  readonly version: number;
  readonly name: string;
  readonly statements: readonly string[];
}

/** Every migration, oldest first. A file's `user_version` says how many it has seen. */
export const migrations: readonly Migration[] = [
  { version: 1, name: '0001-objects-refs-and-derived-tables', statements: objectsRefsAndDerivedTables },
  { version: 2, name: '0002-merges-keep-their-decisions', statements: mergesKeepTheirDecisions },
  { version: 3, name: '0003-fewer-pages-per-commit', statements: fewerPagesPerCommit },
];

/** What this program writes. */
export const formatVersion = migrations.length;

/** `application_id` of our files: `RLin`. */
export const applicationId = 0x524c_696e;
