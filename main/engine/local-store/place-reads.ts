import { notFound, RefusedError, quote } from '../../../shared/errors.ts';
import type { CommitHash, Moment } from '../../../shared/ids.ts';
import type { LinePlace } from '../../../shared/versioning/commit-graph.ts';
import { refToName } from '../../../shared/versioning/ref-name.ts';
import type { CommitStand, CommitTable } from './commit-table.ts';
import type { LineTable } from './line-table.ts';
import type { RefState, RefTable } from './ref-table.ts';

/** Finds places: by ref and moment, by commit, by position. */
export interface PlaceReads {
  /** The ref of this name; refuses NOT_FOUND. */
  ref(name: string): RefState;
  tip(ref: RefState): LinePlace;
  at(ref: RefState, moment?: Moment): LinePlace;
  atPosition(ref: RefState, position: number): LinePlace;
  of(commit: CommitHash): LinePlace;
  /** Whether a commit stands on the first-parent line that ends at a place. */
  holds(place: LinePlace, commit: LinePlace): boolean;
  /** A moment of the line that ends at a place: the newest position that is not later. */
  positionOf(place: LinePlace, moment: Moment): number;
}

const hashPattern = /^[0-9a-f]{64}$/;

export function createPlaceReads(refs: RefTable, commits: CommitTable, lines: LineTable): PlaceReads {
  return { ref, tip, at, atPosition, of, holds, positionOf };

  function ref(name: string): RefState {
    const found = refs.byName(name);
    if (found === null) throw notFound('branch', refToName(name));
    return found;
  }

  function tip(found: RefState): LinePlace {
    return found.tip === null || found.deleted ? nothing(found) : own(found.tip);
  }

  function at(found: RefState, moment?: Moment): LinePlace {
    if (moment === undefined) return tip(found);
    if (isCommit(moment)) {
      const commit = find(moment);
      if (found.tip === null || !holds(found.tip, commit))
        throw new RefusedError('NOT_FOUND', `The commit ${moment} is not on the branch “${quote(refToName(found.name))}”.`, {
          what: 'commit',
          id: moment,
        });
      return own(commit);
    }
    const at = toMillis(moment);
    if (found.tip === null || !refs.existedAt(found, at)) return nothing(found);
    return commits.placeAtTime(lines.chain({ line: found.line, position: found.tip.position }), at);
  }

  function atPosition(found: RefState, position: number): LinePlace {
    const end = tip(found);
    const clamped = Math.max(0, Math.min(end.position, position));
    return lines.chain({ line: end.line, position: clamped })[0]!;
  }

  function of(hash: CommitHash): LinePlace {
    return own(find(hash));
  }

  function holds(place: LinePlace, commit: LinePlace): boolean {
    return lines.chain(place).some(({ line, position }) => line === commit.line && commit.position <= position);
  }

  function positionOf(place: LinePlace, moment: Moment): number {
    if (!isCommit(moment)) return commits.placeAtTime(lines.chain(place), toMillis(moment)).position;
    const commit = find(moment);
    if (!holds(place, commit))
      throw new RefusedError('NOT_FOUND', `The commit ${moment} is not on this line.`, { what: 'commit', id: moment });
    return commit.position;
  }

  function find(hash: CommitHash): CommitStand {
    const found = commits.byHash(hash);
    if (found === null) throw notFound('commit', hash);
    return found;
  }

  /** Before the first commit: nothing exists there. */
  function nothing(found: RefState): LinePlace {
    return { line: found.line, position: 0 };
  }
}

function own({ line, position }: LinePlace): LinePlace {
  return { line, position };
}

export function isCommit(moment: Moment): moment is CommitHash {
  return hashPattern.test(moment);
}

function toMillis(instant: string): number {
  const millis = Date.parse(instant);
  if (Number.isNaN(millis))
    throw new RefusedError('INVALID', `“${quote(instant)}” is neither an instant nor a commit.`, { what: 'moment', id: quote(instant) });
  return millis;
}
