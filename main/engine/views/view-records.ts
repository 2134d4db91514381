import { CommitHash, VersionHash } from '../../../shared/ids.ts';
import type { Fields, Json } from '../../../shared/json.ts';
import { booleanOf, numberOf, textOf } from '../../../shared/roster/field.ts';
import type { StoredVersion } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import type { Link, Offer, OwnVersion } from './user-view.ts';

/** What is written of an own version; who made it and when stand in the commit. */
export type OwnVersionContent = Pick<
  OwnVersion,
  'type' | 'id' | 'number' | 'status' | 'base' | 'baseCommit' | 'differs' | 'summary' | 'adoptedFrom'
>;

/** What a link says of a record that somebody just attached to. */
export const attached: Omit<Link, 'link' | 'type' | 'id'> = Object.freeze({
  linked: true,
  origin: 'attach',
  guards: false,
  using: null,
  first: false,
  lastNumber: 0,
  migration: null,
});

/** A link as its entity keeps it. */
export function linkToFields(link: Omit<Link, 'link'>): Fields {
  return withoutNothing({
    entityType: link.type,
    entityId: link.id,
    linked: link.linked,
    origin: link.origin,
    guards: link.guards || null,
    using: link.using,
    first: link.first || null,
    lastNumber: link.lastNumber === 0 ? null : link.lastNumber,
    migration: link.migration,
  });
}

/** A link as it was stored. */
export function toLink({ id, fields }: StoredVersion): Link {
  const origin = textOf(fields, 'origin');
  return {
    link: id,
    type: textOf(fields, 'entityType') ?? '',
    id: textOf(fields, 'entityId') ?? '',
    linked: booleanOf(fields, 'linked') === true,
    origin: origin === 'register' || origin === 'migrate' || origin === 'adopt' ? origin : 'attach',
    guards: booleanOf(fields, 'guards') === true,
    using: textOf(fields, 'using'),
    first: booleanOf(fields, 'first') === true,
    lastNumber: numberOf(fields, 'lastNumber') ?? 0,
    migration: textOf(fields, 'migration'),
  };
}

/** An own version as its entity keeps it. */
export function ownVersionToFields(version: OwnVersionContent): Fields {
  const { differs, adoptedFrom } = version;
  return withoutNothing({
    entityType: version.type,
    entityId: version.id,
    number: version.number,
    status: version.status,
    base: version.base,
    baseCommit: version.baseCommit,
    own: Object.keys(differs.fields).length === 0 ? null : differs.fields,
    cleared: differs.cleared.length === 0 ? null : differs.cleared.toSorted(),
    summary: version.summary === '' ? null : version.summary,
    adoptedFrom: adoptedFrom?.user ?? null,
    adoptedNumber: adoptedFrom?.number ?? null,
  });
}

/** An own version as it was stored. Who made it and when is read when it is asked for: most readers never do. */
export function toOwnVersion(whole: StoreReader, version: StoredVersion): OwnVersion {
  const { fields } = version;
  const status = textOf(fields, 'status');
  const adoptedFrom = textOf(fields, 'adoptedFrom');
  const [base, baseCommit] = [textOf(fields, 'base'), textOf(fields, 'baseCommit')];
  let making: Making | null = null;
  const made = (): Making => (making ??= readMaking(whole, version));
  return {
    own: version.id,
    type: textOf(fields, 'entityType') ?? '',
    id: textOf(fields, 'entityId') ?? '',
    number: numberOf(fields, 'number') ?? 0,
    status: status === 'draft' || status === 'archived' ? status : 'active',
    base: base === null ? null : VersionHash.parse(base),
    baseCommit: baseCommit === null ? null : CommitHash.parse(baseCommit),
    differs: { fields: objectOf(fields['own']), cleared: textsOf(fields['cleared']) },
    summary: textOf(fields, 'summary') ?? '',
    adoptedFrom: adoptedFrom === null ? null : { user: adoptedFrom, number: numberOf(fields, 'adoptedNumber') ?? 0 },
    get author() {
      return made().author;
    },
    get authorName() {
      return made().authorName;
    },
    get at() {
      return made().at;
    },
  };
}

/** An offer as it was stored. */
export function toOffer(whole: StoreReader, version: StoredVersion): Offer {
  const { fields } = version;
  return {
    offer: version.id,
    type: textOf(fields, 'entityType') ?? '',
    id: textOf(fields, 'entityId') ?? '',
    own: textOf(fields, 'version') ?? '',
    to: textOf(fields, 'to') ?? '',
    note: textOf(fields, 'note'),
    at: whole.commitOf(version.row).at,
  };
}

type Making = Pick<OwnVersion, 'author' | 'authorName' | 'at'>;

/** Author and time are those of its making; a change of its status is later. */
function readMaking(whole: StoreReader, version: StoredVersion): Making {
  const made = whole.versionsOf(version.type, version.id).find((occurrence) => occurrence.op === 'create')?.commit;
  const { author, authorName, at } = made ?? whole.commitOf(version.row);
  return { author, authorName, at };
}

function withoutNothing(fields: { readonly [field: string]: Json }): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

function objectOf(value: Json | undefined): Fields {
  return value !== undefined && value !== null && typeof value === 'object' && !isList(value) ? value : {};
}

function textsOf(value: Json | undefined): readonly string[] {
  return value !== undefined && value !== null && typeof value === 'object' && isList(value)
    ? value.filter((item) => typeof item === 'string')
    : [];
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
