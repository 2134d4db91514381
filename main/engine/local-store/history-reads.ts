import type Database from 'better-sqlite3';
import type { VersionHash } from '../../../shared/ids.ts';
import type { LinePlace } from '../../../shared/versioning/commit-graph.ts';
import { noCell, type CellIndex } from './cell-index.ts';
import type { CommitTable } from './commit-table.ts';
import type { EntityTable } from './entity-table.ts';
import type { LineTable } from './line-table.ts';
import { entityOf, isDelete, unpackChanges } from './packed-changes.ts';
import type { PrefixIndex } from './prefix-index.ts';
import type { Occurrence, StoredChange } from './store.ts';
import type { VersionTable } from './version-table.ts';

/** Where versions stand in the history. */
export interface HistoryReads {
  occurrencesOf(entity: number, chain: readonly LinePlace[] | null): readonly Occurrence[];
  occurrencesOfHash(hash: VersionHash): readonly Occurrence[];
  changesOf(commitId: number, limit: number): readonly StoredChange[];
}

interface IndexRow {
  readonly line_id: number;
  readonly position: number;
  readonly version_id: number;
  readonly type_id: number;
}

export function createHistoryReads(
  db: Database.Database,
  commits: CommitTable,
  lines: LineTable,
  entities: EntityTable,
  versions: VersionTable,
  index: CellIndex,
  prefixes: PrefixIndex,
): HistoryReads {
  const byEntity = db.prepare<[number], IndexRow>('SELECT line_id, position, version_id, type_id FROM line_index WHERE entity_id = ?');
  return { occurrencesOf, occurrencesOfHash, changesOf };

  function occurrencesOf(entity: number, chain: readonly LinePlace[] | null): readonly Occurrence[] {
    const upTo = chain === null ? null : new Map(chain.map(({ line, position }) => [line, position]));
    return byEntity
      .all(entity)
      .filter(({ line_id, position }) => upTo === null || position <= (upTo.get(line_id) ?? 0))
      .sort((left, right) => left.version_id - right.version_id)
      .map((row) => toOccurrence(entity, row));
  }

  function toOccurrence(entity: number, row: IndexRow): Occurrence {
    const stand = index.stand(entity, lines.chain({ line: row.line_id, position: row.position - 1 }));
    const before = stand === null || stand.deleted ? null : versions.hashOf(stand.version);
    const deleted = row.type_id === noCell;
    return {
      row: row.version_id,
      op: deleted ? 'delete' : before === null ? 'create' : 'update',
      version: deleted ? null : versions.hashOf(row.version_id),
      before,
      commit: commits.record(commits.idOfVersion(row.version_id)),
    };
  }

  function occurrencesOfHash(hash: VersionHash): readonly Occurrence[] {
    const found: Occurrence[] = [];
    for (const row of prefixes.rowsOf(hash)) {
      const entity = versions.entityOf(row);
      const commit = commits.record(commits.idOfVersion(row));
      if (entity !== null)
        found.push(
          toOccurrence(entity, { line_id: commit.line, position: commit.position, version_id: row, type_id: entities.typeIdOf(entity) }),
        );
    }
    return found;
  }

  function changesOf(commitId: number, limit: number): readonly StoredChange[] {
    const { changes, first_version_id } = commits.row(commitId);
    const numbers = unpackChanges(changes);
    const found: StoredChange[] = [];
    for (let offset = 0; offset * 2 < numbers.length && offset < limit; offset++) {
      const packed = numbers[offset * 2]!;
      const before = numbers[offset * 2 + 1]!;
      const row = first_version_id + offset;
      const { type, id } = entities.key(entityOf(packed));
      const removed = isDelete(packed);
      found.push({
        type,
        id,
        op: removed ? 'delete' : before === 0 ? 'create' : 'update',
        before: before === 0 ? null : before,
        after: removed ? null : row,
        version: removed ? null : versions.hashOf(row),
        row,
      });
    }
    return found;
  }
}
