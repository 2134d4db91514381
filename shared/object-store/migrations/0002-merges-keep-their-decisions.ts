// Frozen: files in use were made by exactly these statements. A change is a new migration.

/** The statements of this migration, in order. */
export const statements: readonly string[] = [
  // Canonical JSON: what a merge chose where both sides had changed something. Covered by the commit's hash; NULL for none.
  `ALTER TABLE commits ADD COLUMN decisions TEXT`,

  // Merges in progress and those that were concluded: working state, apart from history. `source_ref` is NULL for a commit that is taken back.
  `CREATE TABLE merge_sessions (
     merge_id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, source_ref INTEGER, target_ref INTEGER NOT NULL,
     reverts BLOB, picked TEXT, message TEXT, reason TEXT, author TEXT NOT NULL, author_name TEXT NOT NULL, started_at INTEGER NOT NULL,
     commit_id INTEGER
   ) STRICT, WITHOUT ROWID`,
  // What was chosen in a merge, in the order it was chosen; a group is one gesture. `body`: JSON.
  `CREATE TABLE merge_steps (
     merge_id TEXT NOT NULL, step INTEGER NOT NULL, step_group INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (merge_id, step)
   ) STRICT, WITHOUT ROWID`,
  // What was chosen last for three values of a field (`stands` is their SHA-256), and in which merge commit. `body`: JSON.
  `CREATE TABLE decision_memory (
     stands BLOB NOT NULL, entity_id TEXT NOT NULL, commit_id INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (stands, entity_id)
   ) STRICT, WITHOUT ROWID`,
  `CREATE TRIGGER merge_steps_refuse_update BEFORE UPDATE ON merge_steps BEGIN SELECT RAISE(ABORT, 'merge_steps is append-only'); END`,
];
