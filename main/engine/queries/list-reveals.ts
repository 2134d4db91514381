import type { Instant } from '../../../shared/ids.ts';
import { EntityId } from '../../../shared/ids.ts';
import { entityTypeOf, publicTypeOf } from '../../../shared/roster/entity-type.ts';
import { textOf } from '../../../shared/roster/field.ts';
import { ACCESS_REF } from '../../../shared/versioning/ref-name.ts';
import type { StoredVersion } from '../local-store/store.ts';
import type { Asker, StoreReader } from '../reader.ts';
import { hasViews, openSight } from '../views/sight.ts';
import { namesAt } from '../words/names-at.ts';
import { userName } from '../words/user-name.ts';
import { findBranch } from './find-branch.ts';
import { pageOf, type PageAnswer, type PageRequest } from './page-of.ts';

export interface RevealsRequest extends PageRequest {
  readonly type?: string | undefined;
  readonly id?: string | undefined;
  /** On which the names of records are looked up. */
  readonly branch: string;
  /** What was asked for in one go is one item. */
  readonly gathered: boolean;
}

interface Reveal {
  readonly access: string;
  readonly type: string;
  readonly id: string;
  readonly version: StoredVersion;
  readonly user: string;
  readonly at: Instant;
  /** What was asked for in one go has one key. */
  readonly go: string;
}

interface RevealAnswer {
  readonly type: string;
  readonly id: EntityId;
  readonly user: string;
  readonly userName: string;
  readonly what: string;
  readonly at: Instant;
  readonly title: string | null;
  readonly reason: string | null;
  readonly records: number;
}

/**
 * Who asked to see what is masked, newest first: the asker's own askings, and for an administrator everybody's. Reasons are told to nobody
 * else, and a record is named only to whom it is linked.
 */
export function listReveals(store: StoreReader, asker: Asker, request: RevealsRequest): PageAnswer<RevealAnswer> {
  const { type, id, gathered } = request;
  if (type !== undefined) publicTypeOf(type);
  const titleOf = titlesOn(store, asker, request.branch);
  const all = readReveals(asker);
  const inOneGo = new Map<string, number>();
  for (const { go } of all) inOneGo.set(go, (inOneGo.get(go) ?? 0) + 1);
  const wanted = all.filter((reveal) => (type === undefined || reveal.type === type) && (id === undefined || reveal.id === id));
  const page = pageOf(gathered ? firstOfEach(wanted) : wanted, request, ({ access }) => access);
  return {
    ...page,
    items: page.items.map((reveal) => ({
      type: reveal.type,
      id: EntityId.parse(reveal.id),
      user: reveal.user,
      userName: userName(asker.users, reveal.user),
      what: whatText(reveal.version.fields),
      at: reveal.at,
      title: titleOf(reveal),
      reason: textOf(reveal.version.fields, 'reason') ?? null,
      records: inOneGo.get(reveal.go) ?? 1,
    })),
  };
}

function readReveals({ whole, userId, role }: Asker): Reveal[] {
  if (whole.ref(ACCESS_REF) === null) return [];
  const reveals: Reveal[] = [];
  for (const version of whole.entitiesAt('view_access', whole.placeAt(ACCESS_REF))) {
    const { author: user, at } = whole.commitOf(version.row);
    if (user !== userId && role !== 'admin') continue;
    const type = textOf(version.fields, 'entityType') ?? '';
    const id = textOf(version.fields, 'entityId') ?? '';
    // All that one command writes shares one instant, and no other command has it.
    reveals.push({ access: version.id, type, id, version, user, at, go: `${at} ${type}` });
  }
  return reveals.sort((a, b) => (a.at > b.at ? -1 : a.at < b.at ? 1 : b.version.row - a.version.row));
}

function firstOfEach(reveals: readonly Reveal[]): Reveal[] {
  const first = new Map<string, Reveal>();
  for (const reveal of reveals) if (!first.has(reveal.go)) first.set(reveal.go, reveal);
  return [...first.values()];
}

/** The name of a record as the asker sees it on a branch; `null` where it is not on the asker's list. */
function titlesOn(store: StoreReader, { whole, userId }: Asker, branch: string): (record: Reveal) => string | null {
  const place = whole.placeAt(findBranch(store, branch).ref);
  const names = namesAt(store, place);
  const sight = openSight(whole, { asker: userId });
  return ({ type, id }) => {
    const shared = hasViews(type) ? whole.versionAt(type, id, place) : null;
    const seen = shared === null ? null : sight.see(shared);
    return seen === null ? null : entityTypeOf(type).title(seen.fields, names);
  };
}

function whatText(fields: StoredVersion['fields']): string {
  const field = entityTypeOf('view_access').fields['what'];
  const what = textOf(fields, 'what') ?? '';
  return field?.options?.get(what) ?? what;
}
