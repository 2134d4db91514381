import type { VersionHash } from '../../../shared/ids.ts';
import type { LinePlace } from '../../../shared/versioning/commit-graph.ts';
import { noCell, type CellIndex, type Stand } from './cell-index.ts';
import type { ChangeColumnsBuilder } from './change-columns.ts';
import { bytesToVersion } from './version-table.ts';

/** The cell index of a load that writes its derived tables at the end: everything it has taken so far, in memory. */
export function createMemoryIndex(columns: ChangeColumnsBuilder): CellIndex {
  return {
    stand,
    version(entity, chain) {
      const found = stand(entity, chain);
      return found === null || found.deleted ? 0 : found.version;
    },
    flush() {},
    put: ({ line, position, entity, version, deleted, cell }) => columns.add(version, entity, line, position, deleted, cell),
  };

  function stand(entity: number, chain: readonly LinePlace[]): Stand | null {
    let found = 0;
    let foundLevel = chain.length;
    // Newest first; the nearest line wins, and on one line the newest.
    for (let row = columns.newest(entity); row !== 0 && foundLevel > 0; row = columns.previous(row)) {
      const level = levelOf(chain, columns.line(row), columns.position(row));
      if (level < foundLevel) {
        found = row;
        foundLevel = level;
      }
    }
    return found === 0 ? null : toStand(columns, found);
  }
}

function levelOf(chain: readonly LinePlace[], line: number, position: number): number {
  for (let level = 0; level < chain.length; level++) {
    const place = chain[level]!;
    if (place.line === line) return position <= place.position ? level : chain.length;
  }
  return chain.length;
}

function toStand(columns: ChangeColumnsBuilder, row: number): Stand {
  const { line, position, type, subject, from, to } = columns.columns();
  return {
    version: row,
    deleted: type[row] === noCell,
    line: line[row]!,
    position: position[row]!,
    cell: { type: type[row]!, subject: subject[row]!, from: from[row]!, to: to[row]! },
  };
}

/** Hashes of the rows after a given one: 32 bytes each, without the objects that as many texts would be. */
export interface HashColumn {
  set(row: number, hash: VersionHash): void;
  /** `undefined` for a row that was not set. */
  get(row: number): VersionHash | undefined;
}

export function createHashColumn(after: number): HashColumn {
  let bytes = Buffer.alloc(1 << 16);
  let known = new Uint8Array(1 << 11);
  return {
    set(row, hash) {
      const index = row - after;
      while ((index + 1) * 32 > bytes.length) grow();
      bytes.write(hash, index * 32, 'hex');
      known[index] = 1;
    },
    get(row) {
      const index = row - after;
      return known[index] === 1 ? bytesToVersion(bytes.subarray(index * 32, index * 32 + 32)) : undefined;
    },
  };

  function grow(): void {
    const larger = Buffer.alloc(bytes.length * 2);
    bytes.copy(larger);
    bytes = larger;
    const longer = new Uint8Array(known.length * 2);
    longer.set(known);
    known = longer;
  }
}
