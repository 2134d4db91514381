import { entityTypes } from '../../../shared/roster/entity-type.ts';
import type { CommitRecord, DensityBucket, LineFilter, LinePage, Place, StoredChange } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { linksOf, type LinksIndex } from '../views/links-index.ts';
import { hasViews } from '../views/sight.ts';

/** What commits hold that is not there for one user. */
export interface HiddenChanges {
  /** Whether there is anything at all that the user must not be told of. */
  any(type?: string): boolean;
  /** The changes of a commit that are not there for the user. */
  in(record: CommitRecord): readonly StoredChange[];
  /** The commits of a line that changed something of a type, without those that changed only what is not there. */
  lineOfType(place: Place, filter: LineFilter & { readonly type: string }): LinePage;
  /** Change counts without what is not there. */
  withoutHidden(place: Place, buckets: readonly DensityBucket[]): readonly DensityBucket[];
}

interface Kept {
  readonly links: LinksIndex;
  readonly byCommit: Map<string, readonly StoredChange[]>;
  readonly types: ReadonlySet<string>;
}

const allOfThem = 1_000_000_000;

/** What is hidden from one user, looked up as it is asked for and remembered while the links stand. */
export function createHiddenChanges(
  whole: StoreReader,
  { user, isHidden }: { readonly user: string; readonly isHidden: (type: string, id: string) => boolean },
): HiddenChanges {
  let kept: Kept | undefined;

  // What is hidden follows from the links alone; it is found once for as long as they stand.
  function known(): Kept {
    const links = linksOf(whole);
    if (kept?.links === links) return kept;
    const types = entityTypes.filter(({ type, views }) => views && links.guarded(type).some((id) => !links.isLinked(user, type, id)));
    return (kept = { links, byCommit: new Map(), types: new Set(types.map(({ type }) => type)) });
  }

  function hiddenIn(record: CommitRecord): readonly StoredChange[] {
    const isNote = record.counts.some(({ type }) => type === 'note');
    if (!isNote && !record.counts.some(({ type }) => hasViews(type))) return nothing;
    const { byCommit, types } = known();
    if (types.size === 0) return nothing;
    const found = byCommit.get(record.commit) ?? whole.changesOf(record.commit).filter(({ type, id }) => isHidden(type, id));
    byCommit.set(record.commit, found);
    return found;
  }

  function commitsOfType(place: Place, filter: LineFilter): readonly CommitRecord[] {
    const { limit: _limit, cursor: _cursor, ...rest } = filter;
    return whole.line(place, { ...rest, limit: allOfThem }).items;
  }

  return {
    any: (type) => (type === undefined ? known().types.size > 0 : known().types.has(type)),
    in: hiddenIn,
    lineOfType(place, filter) {
      const { type, limit = 100, cursor } = filter;
      const shown = commitsOfType(place, filter).filter((record) => {
        const changed = record.counts.find((count) => count.type === type);
        const all = changed === undefined ? 0 : changed.create + changed.update + changed.delete;
        return hiddenIn(record).filter((change) => change.type === type).length < all;
      });
      const below = cursor === undefined ? Number.POSITIVE_INFINITY : Number.parseInt(cursor, 10);
      const rest = shown.filter(({ position }) => position < below);
      const items = rest.slice(0, limit);
      return { items, total: shown.length, next: rest.length > limit ? String(items.at(-1)?.position ?? 0) : null };
    },
    withoutHidden(place, buckets) {
      const hidden = new Map<number, number>();
      for (const type of known().types)
        for (const record of commitsOfType(place, { type })) hidden.set(record.position, hiddenIn(record).length);
      if (hidden.size === 0) return buckets;
      const positions = [...hidden.keys()].toSorted((a, b) => a - b);
      let next = 0;
      return buckets.map((bucket) => {
        let missing = 0;
        // Buckets are in the order of the line, and each position is in one of them or in none.
        for (; next < positions.length && (positions[next] ?? 0) <= bucket.lastPosition; next++)
          if ((positions[next] ?? 0) >= bucket.firstPosition) missing += hidden.get(positions[next] ?? 0) ?? 0;
        return missing === 0 ? bucket : { ...bucket, changes: bucket.changes - missing };
      });
    },
  };
}

const nothing: readonly StoredChange[] = Object.freeze([]);

/** A commit as it is told without some of its changes. */
export function withoutChanges(record: CommitRecord, hidden: readonly StoredChange[]): CommitRecord {
  if (hidden.length === 0) return record;
  const counts = record.counts
    .map((count) => {
      const of = hidden.filter(({ type }) => type === count.type);
      const less = (op: 'create' | 'update' | 'delete'): number => count[op] - of.filter((change) => change.op === op).length;
      return { type: count.type, create: less('create'), update: less('update'), delete: less('delete') };
    })
    .filter((count) => count.create + count.update + count.delete > 0);
  return { ...record, counts, changeCount: record.changeCount - hidden.length };
}
