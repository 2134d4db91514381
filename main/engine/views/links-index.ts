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
  readonly guards: Guards;
}

/** By type: how many links guard each record. It moves on with the views. */
type Guards = Map<string, Map<string, number>>;

const kept = new WeakMap<StoreReader, Kept>();

/** The links of all users as of now. After a move only what it changed is read. */
export function linksOf(whole: StoreReader): LinksIndex {
  const stamp = whole.lastMove();
  const known = kept.get(whole);
  if (known?.stamp === stamp) return known.index;
  const views = readViews(whole);
  const accessLine = findAccessLine(whole);
  const guards = known?.guards ?? new Map<string, Map<string, number>>();
  // Most moves are of branches: then what follows from the views stands.
  const stands = known !== undefined && known.accessLine === accessLine && sameViews(known.index.views, views);
  if (!stands) moveGuards(guards, known?.index.views ?? [], views);
  const index = stands ? known.index : indexViews(views, { accessLine, guards });
  kept.set(whole, { stamp, index, accessLine, guards });
  return index;
}

function readViews(whole: StoreReader): UserView[] {
  return whole.refNames().flatMap((ref) => {
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

/** Counts from the views of before to those of now. */
function moveGuards(guards: Guards, before: readonly UserView[], after: readonly UserView[]): void {
  const nextByUser = new Map(after.map((view) => [view.user, view]));
  const previousByUser = new Map(before.map((view) => [view.user, view]));
  for (const user of new Set([...previousByUser.keys(), ...nextByUser.keys()])) {
    const [previous, next] = [previousByUser.get(user), nextByUser.get(user)];
    if (previous === next) continue;
    const isStep = previous !== undefined && next?.madeFrom != null && next.madeFrom.commit === previous.place.commit;
    const changed = isStep ? next.madeFrom.changedLinks : [...(previous?.links ?? []), ...(next?.links ?? [])];
    for (const [, { type, id }] of new Map(changed.map((link) => [recordKey(link.type, link.id), link]))) {
      const more = Number(next?.link(type, id)?.guards === true) - Number(previous?.link(type, id)?.guards === true);
      if (more !== 0) addGuard(guards, { type, id, more });
    }
  }
}

function addGuard(guards: Guards, { type, id, more }: { readonly type: string; readonly id: string; readonly more: number }): void {
  const ofType = guards.get(type) ?? new Map<string, number>();
  guards.set(type, ofType);
  const count = (ofType.get(id) ?? 0) + more;
  if (count > 0) ofType.set(id, count);
  else ofType.delete(id);
}

function indexViews(
  views: readonly UserView[],
  { accessLine, guards }: { readonly accessLine: number | null; readonly guards: Guards },
): LinksIndex {
  const viewByUser = new Map(views.map((view) => [view.user, view]));
  const lines = new Set(views.flatMap(({ place }) => (place.commit === null ? [] : [place.line])));
  if (accessLine !== null) lines.add(accessLine);
  return {
    views,
    isGuarded: (type, id) => guards.get(type)?.has(id) === true,
    isLinked: (user, type, id) => viewByUser.get(user)?.link(type, id)?.linked === true,
    guarded: (type) => [...(guards.get(type)?.keys() ?? [])],
    nextNumber: (type, id) => Math.max(1, ...views.map((view) => view.link(type, id)?.lastNumber ?? 1)) + 1,
    isPrivateLine: (line) => lines.has(line),
  };
}
