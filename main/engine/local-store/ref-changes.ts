import { notFound, quote, RefusedError } from '../../../shared/errors.ts';
import { ownPlace } from '../../../shared/versioning/commit-graph.ts';
import { refToName } from '../../../shared/versioning/ref-name.ts';
import type { RefState } from './ref-table.ts';
import type { StoreTables } from './store-parts.ts';
import type { Actor, NewBranch, RefCause } from './store.ts';

type Parts = Pick<StoreTables, 'clock' | 'lines' | 'commits' | 'refs' | 'places'>;

/** A ref that can be written to; refuses NOT_FOUND for an unknown or deleted one. */
export function liveRef({ refs }: Pick<Parts, 'refs'>, name: string): RefState {
  const ref = refs.byName(name);
  if (ref === null) throw notFound('branch', refToName(name));
  if (ref.deleted)
    throw new RefusedError('NOT_FOUND', `The branch “${quote(refToName(name))}” was deleted; restore it first.`, {
      what: 'branch',
      id: quote(refToName(name)),
    });
  return ref;
}

/** Makes a ref and its line. Refuses EXISTS, and NOT_FOUND for a place that is not on the parent. Only inside a write. */
export function createRef(parts: Parts, branch: NewBranch): RefState {
  const { lines, commits, refs, places } = parts;
  refuseTaken(parts, branch.ref);
  const parent = branch.parent === null ? null : liveRef(parts, branch.parent);
  const place = parent === null ? null : ownPlace(lines.graph, branch.place ?? places.tip(parent));
  if (parent !== null && place !== null && place.position > 0 && !places.holds(places.tip(parent), place))
    throw new RefusedError('NOT_FOUND', `That moment is not on the branch “${quote(refToName(parent.name))}”.`, { what: 'commit' });
  const base = place === null ? null : commits.at(place);
  const fork = place?.position ?? 0;
  const line = lines.insert(place?.line ?? null, fork);
  // A branch cannot show a commit earlier than the line it comes from did.
  const at = Math.max(base?.at ?? 0, branch.at === undefined ? parts.clock() : Date.parse(branch.at));
  return refs.move({
    ref: refs.insert(branch.ref, line, at),
    next: base,
    at,
    author: branch.by.userId,
    device: branch.by.device,
    cause: {
      kind: 'create',
      ref: branch.ref,
      parent: parent?.name ?? null,
      line,
      parentLine: place?.line ?? null,
      fork,
      byName: branch.by.userName,
      description: branch.description ?? null,
    },
  });
}

/** Deletes, restores, renames, describes, protects or archives a ref: one entry of the log. Only inside a write. */
export function changeRef(parts: Parts, name: string, by: Actor, cause: Exclude<RefCause, { kind: 'create' | 'commit' }>): RefState {
  const { refs, places, clock } = parts;
  const ref = places.ref(name);
  const wantsDeleted = cause.kind === 'restore';
  if (ref.deleted !== wantsDeleted)
    throw new RefusedError('NOT_FOUND', `The branch “${quote(refToName(name))}” is ${wantsDeleted ? 'not deleted' : 'deleted'}.`, {
      what: 'branch',
      id: quote(refToName(name)),
    });
  if (cause.kind === 'rename') refuseTaken(parts, cause.to);
  return refs.move({ ref, next: ref.tip, at: Math.max(ref.movedAt + 1, clock()), author: by.userId, device: by.device, cause });
}

function refuseTaken({ refs }: Pick<Parts, 'refs'>, name: string): void {
  const taken = refs.byName(name);
  if (taken === null) return;
  const hint = taken.deleted ? '; it is deleted and can be restored' : '';
  throw new RefusedError('EXISTS', `There is a branch “${quote(refToName(name))}” already${hint}.`, {
    what: 'branch',
    id: quote(refToName(name)),
  });
}
