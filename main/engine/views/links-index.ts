import { ACCESS_REF, viewOwner } from '../../../shared/versioning/ref-name.ts';
import type { StoreReader } from '../reader.ts';
import { readUserView, recordKey, type UserView } from './user-view.ts';

/** What follows from all views together, as of now. It never leaves the engine. */
export interface LinksIndex {
  /** Every view there is, in the order they were begun. */
  readonly views: readonly UserView[];
  /** A record that only its linked users see: somebody registered it, or a migration did. Others are as open as the branch they are on. */
  isGuarded(type: string, id: string): boolean;
  isLinked(user: string, type: string, id: string): boolean;
  /** Guarded records of a type. */
  guarded(type: string): readonly string[];
  /** The next number for an own version of a record, over all users: it grows and is never given twice. */
  nextNumber(type: string, id: string): number;
  /** Lines that hold what one user keeps from the others, by their row. */
  isPrivateLine(line: number): boolean;
}

interface Kept {
  /** The hash of the newest move of any ref: a `seq` is given again after a command that was rolled back. */
  readonly stamp: string;
  readonly index: LinksIndex;
  readonly accessLine: number | null;
}

const kept = new WeakMap<StoreReader, Kept>();

/** The links of all users as of now. Made anew when a view moved since. */
export function linksOf(whole: StoreReader): LinksIndex {
  const stamp = whole.refLog({ limit: 1 })[0]?.hash ?? '';
  const known = kept.get(whole);
  if (known?.stamp === stamp) return known.index;
  const views = readViews(whole);
  const accessLine = findAccessLine(whole);
  // Most moves are of branches: then what follows from the views stands.
  const stands = known !== undefined && known.accessLine === accessLine && sameViews(known.index.views, views);
  const index = stands ? known.index : indexViews(views, accessLine);
  kept.set(whole, { stamp, index, accessLine });
  return index;
}

function readViews(whole: StoreReader): UserView[] {
  return whole.refs({ deleted: true }).flatMap(({ ref }) => {
    const owner = viewOwner(ref);
    const view = owner === null ? null : readUserView(whole, owner);
    return view === null ? [] : [view];
  });
}

function findAccessLine(whole: StoreReader): number | null {
  const access = whole.ref(ACCESS_REF);
  return access === null || access.tip === null ? null : whole.placeOf(access.tip).line;
}

function sameViews(before: readonly UserView[], after: readonly UserView[]): boolean {
  return before.length === after.length && before.every((view, place) => view === after[place]);
}

function indexViews(views: readonly UserView[], accessLine: number | null): LinksIndex {
  const guarded = new Map<string, Set<string>>();
  const lastNumbers = new Map<string, number>();
  const linked = new Map<string, Set<string>>();
  for (const view of views) {
    const mine = new Set<string>();
    for (const link of view.links) {
      const key = recordKey(link.type, link.id);
      if (link.linked) mine.add(key);
      if (link.guards) guarded.set(link.type, (guarded.get(link.type) ?? new Set()).add(link.id));
      lastNumbers.set(key, Math.max(lastNumbers.get(key) ?? 1, link.lastNumber));
    }
    linked.set(view.user, mine);
  }
  const lines = new Set(views.flatMap(({ place }) => (place.commit === null ? [] : [place.line])));
  if (accessLine !== null) lines.add(accessLine);
  return {
    views,
    isGuarded: (type, id) => guarded.get(type)?.has(id) === true,
    isLinked: (user, type, id) => linked.get(user)?.has(recordKey(type, id)) === true,
    guarded: (type) => [...(guarded.get(type) ?? [])],
    nextNumber: (type, id) => (lastNumbers.get(recordKey(type, id)) ?? 1) + 1,
    isPrivateLine: (line) => lines.has(line),
  };
}
