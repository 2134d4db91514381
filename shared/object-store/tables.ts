import type { Generated } from 'kysely';

/** The tables as kysely knows them; what the columns mean is said in the migrations. */
export interface ObjectTables {
  properties: { key: string; value: string; hash: Uint8Array };
  types: { type_id: Generated<number>; name: string };
  entities: { entity_id: Generated<number>; type_id: number; id: Uint8Array | string };
  shapes: { shape_id: Generated<number>; keys: string };
  versions: VersionsTable;
  lines: { line_id: Generated<number>; parent_line_id: number | null; fork_position: number };
  commits: CommitsTable;
  refs: { ref_id: Generated<number>; name: string; line_id: number; commit_id: number | null; moved_at: number; deleted: number };
  ref_log: RefLogTable;
  line_index: LineIndexTable;
  live_cells: LiveCellsTable;
  past_cells: PastCellsTable;
  epochs: { line_id: number; epoch: number; position: number; changes: number };
  spans: { type_id: number; subject: number; longest: number };
  version_prefixes: { prefix: number; version_id: number };
  commit_prefixes: { prefix: number; commit_id: number };
  merge_sessions: MergeSessionsTable;
  merge_steps: { merge_id: string; step: number; step_group: number; body: string };
  decision_memory: { stands: Uint8Array; entity_id: string; commit_id: number; body: string };
}

export interface MergeSessionsTable {
  merge_id: string;
  kind: string;
  state: string;
  source_ref: number | null;
  target_ref: number;
  reverts: Uint8Array | null;
  picked: string | null;
  message: string | null;
  reason: string | null;
  author: string;
  author_name: string;
  started_at: number;
  commit_id: number | null;
}

export interface VersionsTable {
  version_id: number;
  entity_id: number;
  shape_id: number | null;
  hash: Uint8Array | null;
  body: string | null;
  salt: Uint8Array | null;
}

export interface CommitsTable {
  commit_id: number;
  line_id: number;
  position: number;
  merge_line_id: number | null;
  merge_position: number | null;
  at: number;
  recorded_at: number;
  author: string;
  author_name: string;
  device: string;
  kind: string;
  message: string;
  reason: string | null;
  undoes: Uint8Array | null;
  redoes: Uint8Array | null;
  first_version_id: number;
  changes_total: number;
  counts: string;
  changes: Uint8Array;
  hash: Uint8Array;
  decisions: string | null;
}

export interface RefLogTable {
  seq: number;
  ref_id: number;
  old_commit_id: number | null;
  new_commit_id: number | null;
  at: number;
  author: string;
  device: string;
  cause: string | null;
  hash: Uint8Array;
}

export interface LineIndexTable {
  entity_id: number;
  line_id: number;
  position: number;
  version_id: number;
  type_id: number;
  subject: number;
  from_slot: number;
  to_slot: number;
}

export interface LiveCellsTable {
  line_id: number;
  type_id: number;
  subject: number;
  from_slot: number;
  entity_id: number;
  to_slot: number;
  position: number;
  version_id: number;
}

export interface PastCellsTable {
  line_id: number;
  epoch: number;
  type_id: number;
  subject: number;
  from_slot: number;
  entity_id: number;
  position: number;
  until: number;
  to_slot: number;
  version_id: number;
}
