import type { OwnVersion as OwnVersionAnswer } from '../../../shared/contract/app/views.ts';
import { EntityId } from '../../../shared/ids.ts';
import type { Fields, Json } from '../../../shared/json.ts';
import type { EntityTypeDefinition, Names } from '../../../shared/roster/entity-type.ts';
import { overlay } from '../../../shared/versioning/overlay.ts';
import type { StoreReader, Users } from '../reader.ts';
import { describeFieldChanges } from '../words/field-changes.ts';
import { userName } from '../words/user-name.ts';
import type { Link, OwnVersion, UserView } from './user-view.ts';

/** What is called by name in answers about views. */
export interface ViewWords {
  readonly whole: StoreReader;
  readonly names: Names;
  readonly users: Users;
}

/** Why number 1 is never put away or removed. */
export const firstVersionProtection = 'It is the version the record began with.';

/** One numbered own version, for its owner. */
export function describeOwnVersion(
  words: ViewWords,
  definition: EntityTypeDefinition,
  { view, version }: { readonly view: UserView; readonly version: OwnVersion },
): OwnVersionAnswer {
  const { whole, names, users } = words;
  const { type, id, differs, adoptedFrom } = version;
  const base = version.base === null ? null : (whole.versionByHash(version.base)?.fields ?? null);
  const offeredTo = offersOf(view, version).map(({ to }) => ({ user: to, name: userName(users, to) }));
  return {
    type,
    id: EntityId.parse(id),
    number: version.number,
    status: version.status,
    inUse: isInUse(view, version),
    protectedBy: protectionOf(users, view, version),
    ...describeAuthor(users, version),
    at: version.at,
    summary: version.summary,
    fields: spokenFields(version),
    changes: describeFieldChanges({ definition, from: base, to: overlay(base ?? {}, differs), fromNames: names, toNames: names }),
    base: version.base,
    adoptedFrom: adoptedFrom === null ? null : { ...adoptedFrom, name: userName(users, adoptedFrom.user) },
    offeredTo,
  };
}

/**
 * Number 1, the version the record began with, for the user who registered it: it says nothing over the shared record, and is made by the link.
 */
export function describeFirstVersion({ whole, users }: ViewWords, link: Link): OwnVersionAnswer {
  const began = whole.versionsOf('view_link', link.link)[0]?.commit;
  const first = whole.versionsOf(link.type, link.id)[0];
  const inUse = link.using === null;
  return {
    type: link.type,
    id: EntityId.parse(link.id),
    number: 1,
    status: inUse ? 'active' : 'archived',
    inUse,
    protectedBy: firstVersionProtection,
    ...describeAuthor(users, { author: began?.author ?? '', authorName: began?.authorName ?? '' }),
    at: began?.at ?? whole.properties().createdAt,
    summary: began?.reason ?? 'Registered',
    fields: {},
    changes: [],
    base: first?.version ?? null,
    adoptedFrom: null,
    offeredTo: [],
  };
}

/** Whether it shows where its owner looks. */
function isInUse(view: UserView, { type, id, own }: OwnVersion): boolean {
  return view.link(type, id)?.using === own;
}

/** Why an own version can be neither put away nor removed; `null` where it can. */
export function protectionOf(users: Users, view: UserView, version: OwnVersion): string | null {
  if (isInUse(view, version)) return 'It is in use.';
  const [offer] = offersOf(view, version);
  return offer === undefined ? null : `It is offered to ${userName(users, offer.to)}.`;
}

function offersOf(view: UserView, { own }: OwnVersion): UserView['offers'] {
  return view.offers.filter((offer) => offer.own === own);
}

function describeAuthor(users: Users, { author, authorName }: { readonly author: string; readonly authorName: string }) {
  return users.nameOf(author) === null ? { author: null, authorName: userName(users, author) } : { author, authorName };
}

function spokenFields({ differs }: OwnVersion): Record<string, Json> {
  const fields: Fields = differs.fields;
  return { ...fields, ...Object.fromEntries(differs.cleared.map((name) => [name, null])) };
}
