// Frozen: files in use were made by exactly these statements. A change is a new migration.

/** The statements of this migration, in order. */
export const statements: readonly string[] = [
  // Every index is a page more to write at every commit, before the answer is given.
  // Who wrote a version is found by halving: commits and versions are in the same order.
  `DROP INDEX commits_by_version`,
  // What a ref showed at an instant is found on its line, by halving as well: times rise along a line.
  `DROP INDEX ref_log_by_time`,
  `DROP INDEX commits_by_time`,
  // One index lists a line, and says of each commit when, by whom, how much and of which types.
  `DROP INDEX commits_by_author`,
  `DROP INDEX commits_by_position`,
  `CREATE INDEX commits_by_position ON commits (line_id, position, at, changes_total, author, counts)`,
  `DROP TABLE commit_types`,
  // Versions and commits by the first four bytes of their hash, as a number. Hashes are random, so each entry is a page of its own: these are
  // filled when nobody waits. The row with prefix -1 says how far; what comes later is looked through.
  `DROP INDEX versions_by_hash`,
  `DROP INDEX commits_by_hash`,
  `CREATE TABLE version_prefixes (prefix INTEGER NOT NULL, version_id INTEGER NOT NULL, PRIMARY KEY (prefix, version_id)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE commit_prefixes (prefix INTEGER NOT NULL, commit_id INTEGER NOT NULL, PRIMARY KEY (prefix, commit_id)) STRICT, WITHOUT ROWID`,
];
