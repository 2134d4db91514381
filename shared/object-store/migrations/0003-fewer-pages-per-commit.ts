// Frozen: files in use were made by exactly these statements. A change is a new migration.

/** The statements of this migration, in order. */
export const statements: readonly string[] = [
  // Every index is a page more to write at every commit, before the answer is given.
  // Who wrote a version is found by halving: commits and versions are in the same order.
  `DROP INDEX commits_by_version`,
  // What a ref showed at an instant is found on its line; the log's other entries are few.
  `DROP INDEX ref_log_by_time`,
  // One index lists a line, and says of each commit who made it and which types it touched.
  `DROP INDEX commits_by_author`,
  `DROP INDEX commits_by_position`,
  `CREATE INDEX commits_by_position ON commits (line_id, position, author, counts)`,
  `DROP TABLE commit_types`,
  // Versions by the first four bytes of their hash, as a number. Filled when nobody waits: the row with prefix -1 says up to which version;
  // later ones are looked through one by one.
  `DROP INDEX versions_by_hash`,
  `CREATE TABLE version_prefixes (prefix INTEGER NOT NULL, version_id INTEGER NOT NULL, PRIMARY KEY (prefix, version_id)) STRICT, WITHOUT ROWID`,
];
