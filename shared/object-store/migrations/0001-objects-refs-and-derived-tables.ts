// Frozen: files in use were made by exactly these statements. A change is a new migration.

/** The statements of this migration, in order. */
export const statements: readonly string[] = [
  // What the file says about itself. `hash` covers key and value.
  `CREATE TABLE properties (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL, hash BLOB NOT NULL) STRICT, WITHOUT ROWID`,

  // Objects.
  `CREATE TABLE types (type_id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT`,
  // A canonical lower-case UUID is its 16 bytes, any other id its text.
  `CREATE TABLE entities (entity_id INTEGER PRIMARY KEY, type_id INTEGER NOT NULL, id ANY NOT NULL, UNIQUE (type_id, id)) STRICT`,
  // The field names of a version as a JSON array in canonical order; `versions.body` holds the values in the same order.
  `CREATE TABLE shapes (shape_id INTEGER PRIMARY KEY, keys TEXT NOT NULL UNIQUE) STRICT`,
  // In commit order: the versions of one commit follow each other. A delete is a row of its own, without shape, hash and body.
  `CREATE TABLE versions (
     version_id INTEGER PRIMARY KEY, entity_id INTEGER NOT NULL, shape_id INTEGER, hash BLOB, body TEXT, salt BLOB
   ) STRICT`,
  `CREATE INDEX versions_by_hash ON versions (substr(hash, 1, 4)) WHERE hash IS NOT NULL`,
  // A first-parent chain. A branch is one row.
  `CREATE TABLE lines (line_id INTEGER PRIMARY KEY, parent_line_id INTEGER REFERENCES lines, fork_position INTEGER NOT NULL) STRICT`,
  // `changes`: packed little-endian int32 pairs (entity, or -entity-1 for a delete; version before, or 0), for first_version_id, +1, +2 …
  // `changes_total`: changes of the whole first-parent line up to and with this commit. `counts`: [[type_id, creates, updates, deletes], …].
  `CREATE TABLE commits (
     commit_id INTEGER PRIMARY KEY, line_id INTEGER NOT NULL, position INTEGER NOT NULL,
     merge_line_id INTEGER, merge_position INTEGER,
     at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, author TEXT NOT NULL, author_name TEXT NOT NULL, device TEXT NOT NULL,
     kind TEXT NOT NULL, message TEXT NOT NULL, reason TEXT, undoes BLOB, redoes BLOB,
     first_version_id INTEGER NOT NULL, changes_total INTEGER NOT NULL, counts TEXT NOT NULL, changes BLOB NOT NULL, hash BLOB NOT NULL
   ) STRICT`,
  `CREATE UNIQUE INDEX commits_by_position ON commits (line_id, position)`,
  `CREATE UNIQUE INDEX commits_by_hash ON commits (hash)`,
  `CREATE INDEX commits_by_time ON commits (line_id, at, position, changes_total)`,
  `CREATE INDEX commits_by_author ON commits (line_id, author, position)`,
  `CREATE INDEX commits_by_version ON commits (first_version_id)`,
  `CREATE INDEX commits_by_kind ON commits (line_id, kind, position) WHERE kind <> 'edit'`,
  `CREATE INDEX commits_by_merge ON commits (line_id, position, merge_line_id, merge_position) WHERE merge_line_id IS NOT NULL`,

  // Names that move, and every move they made.
  `CREATE TABLE refs (
     ref_id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, line_id INTEGER NOT NULL, commit_id INTEGER, moved_at INTEGER NOT NULL,
     deleted INTEGER NOT NULL
   ) STRICT`,
  // `cause` is NULL for a commit, else JSON. `hash` covers every column and the hash of the entry before.
  `CREATE TABLE ref_log (
     seq INTEGER PRIMARY KEY, ref_id INTEGER NOT NULL, old_commit_id INTEGER, new_commit_id INTEGER, at INTEGER NOT NULL,
     author TEXT NOT NULL, device TEXT NOT NULL, cause TEXT, hash BLOB NOT NULL
   ) STRICT`,
  `CREATE UNIQUE INDEX ref_log_by_time ON ref_log (ref_id, at)`,
  `CREATE INDEX ref_log_by_cause ON ref_log (ref_id, seq) WHERE cause IS NOT NULL`,

  // Derived from the objects; can be made again at any time.
  // Where each entity was written. type_id -1: deleted there.
  `CREATE TABLE line_index (
     entity_id INTEGER NOT NULL, line_id INTEGER NOT NULL, position INTEGER NOT NULL, version_id INTEGER NOT NULL,
     type_id INTEGER NOT NULL, subject INTEGER NOT NULL, from_slot INTEGER NOT NULL, to_slot INTEGER NOT NULL,
     PRIMARY KEY (entity_id, line_id, position)
   ) STRICT, WITHOUT ROWID`,
  // The present: what was written on a line and still stands.
  `CREATE TABLE live_cells (
     line_id INTEGER NOT NULL, type_id INTEGER NOT NULL, subject INTEGER NOT NULL, from_slot INTEGER NOT NULL, entity_id INTEGER NOT NULL,
     to_slot INTEGER NOT NULL, position INTEGER NOT NULL, version_id INTEGER NOT NULL,
     PRIMARY KEY (line_id, type_id, subject, from_slot, entity_id)
   ) STRICT, WITHOUT ROWID`,
  // The past: what stood from `position` to before `until`, cut at the borders of epochs so that every instant lies in one epoch.
  `CREATE TABLE past_cells (
     line_id INTEGER NOT NULL, epoch INTEGER NOT NULL, type_id INTEGER NOT NULL, subject INTEGER NOT NULL, from_slot INTEGER NOT NULL,
     entity_id INTEGER NOT NULL, position INTEGER NOT NULL, until INTEGER NOT NULL, to_slot INTEGER NOT NULL, version_id INTEGER NOT NULL,
     PRIMARY KEY (line_id, epoch, type_id, subject, from_slot, entity_id, position)
   ) STRICT, WITHOUT ROWID`,
  // First position of each epoch after 0, which begins with the line; `changes` counts the line's changes before it.
  `CREATE TABLE epochs (
     line_id INTEGER NOT NULL, epoch INTEGER NOT NULL, position INTEGER NOT NULL, changes INTEGER NOT NULL, PRIMARY KEY (line_id, epoch)
   ) STRICT, WITHOUT ROWID`,
  // Subjects that occur in a type (-1: none), and the longest stretch of slots there: where a search by `from_slot` has to begin.
  `CREATE TABLE spans (type_id INTEGER NOT NULL, subject INTEGER NOT NULL, longest INTEGER NOT NULL, PRIMARY KEY (type_id, subject)) STRICT, WITHOUT ROWID`,
  // Which commits of a line touched a type.
  `CREATE TABLE commit_types (
     line_id INTEGER NOT NULL, type_id INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (line_id, type_id, position)
   ) STRICT, WITHOUT ROWID`,

  // History is append-only.
  ...['types', 'entities', 'shapes', 'versions', 'lines', 'commits', 'ref_log'].flatMap((table) => [
    `CREATE TRIGGER ${table}_refuse_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END`,
    `CREATE TRIGGER ${table}_refuse_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END`,
  ]),
];
