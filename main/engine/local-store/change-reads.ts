import { commonPlace, type LinePlace } from '../../../shared/versioning/commit-graph.ts';
import { compareEntities } from '../../../shared/versioning/change.ts';
import type { CommitTable } from './commit-table.ts';
import type { EntityTable } from './entity-table.ts';
import type { LineTable } from './line-table.ts';
import { entityOf, isDelete, unpackChanges } from './packed-changes.ts';
import type { NetChange } from './store.ts';
import type { VersionTable } from './version-table.ts';

/** What became of one entity over a stretch; rows of versions, 0 where it did not exist. */
export interface NetRow {
  before: number;
  after: number;
  /** The row of the last change, a delete too. */
  cause: number;
  /** More than one change: only then can it be back to where it was. */
  repeated: boolean;
}

export interface ChangeReads {
  between(from: LinePlace, to: LinePlace, types?: readonly string[]): readonly NetChange[];
  /** How many changes lie between two places, at most: says whether the log or the state is the shorter way. */
  distance(from: LinePlace, to: LinePlace): number;
}

export function createChangeReads(commits: CommitTable, lines: LineTable, entities: EntityTable, versions: VersionTable): ChangeReads {
  return { between, distance };

  function between(from: LinePlace, to: LinePlace, types?: readonly string[]): readonly NetChange[] {
    const base = commonPlace(lines.graph, from, to);
    const back = since(base, from);
    const forth = since(base, to);
    const net: NetRowOf[] = [];
    for (const [entity, left] of back) {
      const right = forth.get(entity);
      if (right === undefined)
        // The way to `to` leads back: what stands there is what stood before the first change.
        net.push({ entity, before: left.after, after: left.before, cause: left.before, repeated: left.repeated });
      else net.push({ entity, before: left.after, after: right.after, cause: right.cause, repeated: true });
    }
    for (const [entity, right] of forth) if (!back.has(entity)) net.push({ entity, ...right });
    const wanted = types === undefined ? null : new Set(types);
    const changes: NetChange[] = [];
    for (const { entity, before, after, cause, repeated } of net) {
      if (before === after) continue;
      const { type, id } = entities.key(entity);
      if (wanted !== null && !wanted.has(type)) continue;
      if (repeated && before !== 0 && after !== 0 && versions.sameContent(before, after)) continue;
      changes.push({ type, id, before: orNull(before), after: orNull(after), cause: orNull(cause) });
    }
    return changes.sort(compareEntities);
  }

  /** The net of the commits after a place that is on the same line, up to another; from the packed changes alone. */
  function since(base: LinePlace, place: LinePlace): Map<number, NetRow> {
    const net = new Map<number, NetRow>();
    for (const { line, position } of [...lines.chain(place)].reverse()) {
      const after = Math.max(lines.graph.line(line).fork, base.position);
      if (after >= position) continue;
      for (const commit of commits.range(line, after, position)) {
        const numbers = unpackChanges(commit.changes);
        for (let index = 0; index < numbers.length; index += 2) {
          const packed = numbers[index]!;
          const row = commit.first_version_id + index / 2;
          const stands = isDelete(packed) ? 0 : row;
          const entity = entityOf(packed);
          const known = net.get(entity);
          if (known === undefined) net.set(entity, { before: numbers[index + 1]!, after: stands, cause: row, repeated: false });
          else {
            known.after = stands;
            known.cause = row;
            known.repeated = true;
          }
        }
      }
    }
    return net;
  }

  function distance(from: LinePlace, to: LinePlace): number {
    const base = commits.at(commonPlace(lines.graph, from, to))?.changesTotal ?? 0;
    const left = commits.at(lines.chain(from)[0]!)?.changesTotal ?? 0;
    const right = commits.at(lines.chain(to)[0]!)?.changesTotal ?? 0;
    return left - base + (right - base);
  }
}

interface NetRowOf extends NetRow {
  readonly entity: number;
}

function orNull(row: number): number | null {
  return row === 0 ? null : row;
}
