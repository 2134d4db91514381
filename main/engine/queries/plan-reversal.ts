import { EntityId } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/ids.ts';
import { isBranchRef } from '../../../shared/versioning/ref-name.ts';
import type { BranchRecord } from '../local-store/store.ts';
import type { Asker, StoreReader, Users } from '../reader.ts';
import { linksOf } from '../views/links-index.ts';
import { findMigration, refuseUnlessMigrator, type MigrationRecord } from '../views/migration-records.ts';
import type { Link, UserView } from '../views/user-view.ts';

/** Something that a migration made and that stays, because somebody has used it since. */
export interface KeptOfMigration {
  readonly type: string;
  readonly id: EntityId;
  readonly of: 'record' | 'link';
  /** Whose link it is; `null` for the record itself, and for a user who was removed. */
  readonly user: string | null;
  readonly why: string;
}

export interface ReversalPlan {
  readonly record: MigrationRecord;
  /** The branch on which the records were made; `null` where none was made, or the branch is gone. */
  readonly branch: BranchRecord | null;
  /** Ids of the records that go. */
  readonly masters: readonly string[];
  readonly links: readonly { readonly user: string; readonly link: Link }[];
  readonly kept: readonly KeptOfMigration[];
}

/** What taking a migration back would remove, and what stays. Refuses FORBIDDEN whoever may not, NOT_FOUND a migration that never was. */
export function previewReversal(asker: Asker, { migration }: { readonly migration: string }) {
  refuseUnlessMigrator(asker);
  const { record, masters, links, kept } = planReversal(asker.whole, asker.users, migration);
  return {
    migration: record.migration,
    masters: masters.length,
    links: links.length,
    kept: kept.slice(0, mostKept),
    keptTotal: kept.length,
  };
}

const mostKept = 1_000;

/**
 * Plans to take a migration back. A link goes unless it was touched since (its user has made, used or put away a version, or taken the record
 * off and on again), or its user has changed the shared record since. A record goes when no link to it is left, nobody keeps a version of it and
 * its shared version is still the one that the migration made, on every branch.
 */
export function planReversal(whole: StoreReader, users: Users, migration: string): ReversalPlan {
  const record = findMigration(whole, migration);
  const since = linkedAt(whole, record);
  const changedBy = createChangeFinder(whole, record, since);
  const stands = linksOf(whole).views.flatMap((view) => readLinkStands(whole, view, { type: record.type, since }));
  const links: { user: string; link: Link }[] = [];
  const kept: KeptOfMigration[] = [];
  for (const stand of stands) {
    const { view, link } = stand;
    if (!link.linked || link.migration !== migration) continue;
    const name = users.nameOf(view.user);
    const why = whyLinkStays(stand, { changed: changedBy(link.id).has(view.user), name });
    if (why === null) links.push({ user: view.user, link });
    else kept.push({ type: link.type, id: EntityId.parse(link.id), of: 'link', user: name === null ? null : view.user, why });
  }
  const branch = findOwner(whole, record);
  const chosen = chooseMasters(whole, { record, branch, stands, leaving: new Set(links.map(({ link }) => link.link)), changedBy, since });
  return { record, branch, links, masters: chosen.masters, kept: [...kept, ...chosen.kept] };
}

/** A link of a view, and whether anything was done with it since the migration. */
interface LinkStand {
  readonly view: UserView;
  readonly link: Link;
  readonly isTouched: () => boolean;
}

function readLinkStands(
  whole: StoreReader,
  view: UserView,
  { type, since }: { readonly type: string; readonly since: Instant },
): LinkStand[] {
  const rows = new Map([...whole.entitiesAt('view_link', view.place)].map(({ id, row }) => [id, row]));
  return view.links.flatMap((link) => {
    const row = rows.get(link.link);
    return link.type !== type || row === undefined ? [] : [{ view, link, isTouched: () => whole.commitOf(row).at > since }];
  });
}

/** The last instant of the migration's own commits: what is later is somebody's work. */
function linkedAt(whole: StoreReader, { at, commits }: MigrationRecord): Instant {
  const last =
    commits
      .map((commit) => whole.commit(commit)?.at ?? at)
      .toSorted()
      .at(-1) ?? at;
  return last > at ? last : at;
}

/** Who has changed a shared record since, on any branch. */
function createChangeFinder(whole: StoreReader, { type }: MigrationRecord, since: Instant): (id: string) => ReadonlySet<string> {
  const known = new Map<string, ReadonlySet<string>>();
  return (id) => {
    const found =
      known.get(id) ??
      new Set(whole.versionsOf(type, id).flatMap(({ op, commit }) => (commit.at > since && op !== 'delete' ? [commit.author] : [])));
    known.set(id, found);
    return found;
  };
}

function whyLinkStays(
  { view, link: { type, id }, isTouched }: LinkStand,
  { changed, name }: { readonly changed: boolean; readonly name: string | null },
): string | null {
  const who = name ?? 'A removed user';
  if (changed) return `${who} has changed the shared record since.`;
  if (!isTouched()) return null;
  return view.versionsOf(type, id).length > 0 ? `${who} has own versions.` : `${who} has used it since.`;
}

interface MastersToChoose {
  readonly record: MigrationRecord;
  readonly branch: BranchRecord | null;
  readonly stands: readonly LinkStand[];
  /** The links that go. */
  readonly leaving: ReadonlySet<string>;
  readonly changedBy: (id: string) => ReadonlySet<string>;
  readonly since: Instant;
}

function chooseMasters(whole: StoreReader, { record, branch, stands, leaving, changedBy, since }: MastersToChoose) {
  const { type, commits } = record;
  const place = branch === null ? null : whole.placeAt(branch.ref);
  const standsById = Map.groupBy(stands, ({ link }) => link.id);
  const whyStays = (id: string): string | null => {
    // What others had of the record before, on another branch, they keep there.
    const others = (standsById.get(id) ?? []).filter(({ link, isTouched }) => link.linked && !leaving.has(link.link) && isTouched()).length;
    if (others > 0) return others === 1 ? 'Still on the list of one user.' : `Still on the lists of ${others} users.`;
    const isOwned = (standsById.get(id) ?? []).some(({ view }) => view.versionsOf(type, id).some(({ at }) => at > since));
    if (isOwned) return 'Somebody keeps own versions of it.';
    return changedBy(id).size > 0 ? 'The shared record was changed since.' : null;
  };
  const masters: string[] = [];
  const kept: KeptOfMigration[] = [];
  for (const { type: changed, id, op } of commits.flatMap((commit) => whole.changesOf(commit))) {
    if (changed !== type || op !== 'create' || place === null || whole.versionAt(type, id, place) === null) continue;
    const why = whyStays(id);
    if (why === null) masters.push(id);
    else kept.push({ type, id: EntityId.parse(id), of: 'record', user: null, why });
  }
  return { masters, kept };
}

/** The branch that the migration's commits were made on, whatever it is called by now; `null` where none was made, or the branch is gone. */
export function findOwner(whole: StoreReader, { commits }: MigrationRecord): BranchRecord | null {
  const commit = commits[0];
  if (commit === undefined) return null;
  const { line } = whole.placeOf(commit);
  const holders = whole.refs().filter(({ ref }) => isBranchRef(ref) && whole.holds(whole.placeAt(ref), commit));
  // A branch that has inherited the commit is not the one it was made on.
  return holders.find(({ ref, basePosition }) => whole.placeAt(ref).line === line && basePosition < whole.placeOf(commit).position) ?? null;
}
