import type { Drift } from '../../../shared/contract/app/views.ts';
import { EntityId } from '../../../shared/ids.ts';
import type { Json } from '../../../shared/json.ts';
import type { EntityTypeDefinition, Names } from '../../../shared/roster/entity-type.ts';
import { isMaskable, maskIdentifier } from '../../../shared/roster/mask-identifier.ts';
import type { CommitRecord, Place } from '../local-store/store.ts';
import type { Asker, StoreReader } from '../reader.ts';
import { viewTypeOf } from '../views/own-record.ts';
import { recordDriftOf, type RecordDrift } from '../views/record-drift.ts';
import { openSight, type Seen } from '../views/sight.ts';
import { readUserView } from '../views/user-view.ts';
import { textOfValue } from '../words/field-changes.ts';
import { namesAt } from '../words/names-at.ts';
import { findBranch } from './find-branch.ts';
import { pageOf, type PageAnswer, type PageRequest } from './page-of.ts';

export interface DriftRequest extends PageRequest {
  readonly type?: string | undefined;
  readonly branch: string;
  readonly mask: boolean;
}

interface Drifted {
  readonly seen: Seen;
  readonly drift: RecordDrift;
  /** Who moved the shared record last. */
  readonly moved: CommitRecord;
}

/** The records whose shared one on a branch moved on since the own version that shows was made; the newest move first. */
export function listDrift(store: StoreReader, asker: Asker, request: DriftRequest): PageAnswer<Drift> {
  const { whole } = asker;
  if (request.type !== undefined) viewTypeOf(request.type);
  const place = whole.placeAt(findBranch(store, request.branch).ref);
  const drifted = findDrifted(asker, place, request.type).toSorted(newestMoveFirst);
  const page = pageOf(drifted, request, ({ seen }) => `${seen.shared.type} ${seen.shared.id}`);
  const names = namesAt(store, place);
  return { ...page, items: page.items.map((found) => describeDrift(names, request.mask, found)) };
}

function findDrifted({ whole, userId }: Asker, place: Place, type: string | undefined): Drifted[] {
  const sight = openSight(whole, { asker: userId });
  const links = readUserView(whole, userId)?.links ?? [];
  return links.flatMap((link) => {
    if (!link.linked || link.using === null || (type !== undefined && link.type !== type)) return [];
    const shared = whole.versionAt(link.type, link.id, place);
    const seen = shared === null ? null : sight.see(shared);
    const drift = seen === null ? null : recordDriftOf(whole, seen);
    const moved = drift === null ? undefined : whole.versionsOf(link.type, link.id, place).at(-1)?.commit;
    return seen === null || drift === null || moved === undefined ? [] : [{ seen, drift, moved }];
  });
}

function describeDrift(names: Names, mask: boolean, { seen, drift, moved }: Drifted): Drift {
  const { shared } = seen;
  const definition = viewTypeOf(shared.type);
  const tell = (field: string, value: Json): Json => (mask ? maskValue(definition, field, value) : value);
  return {
    type: shared.type,
    id: EntityId.parse(shared.id),
    title: definition.title(seen.fields, names),
    version: drift.version.number,
    base: drift.base,
    shared: shared.version,
    sharedAuthorName: moved.authorName,
    sharedAt: moved.at,
    sharedMessage: moved.message,
    fields: drift.fields.map(({ field, kind, base, shared: now, mine }) => {
      const [was, is, own] = [tell(field, base), tell(field, now), tell(field, mine)];
      return {
        field,
        label: definition.fields[field]?.label ?? field,
        kind,
        base: was,
        shared: is,
        mine: own,
        baseText: textOfValue(definition, field, was, names),
        sharedText: textOfValue(definition, field, is, names),
        mineText: textOfValue(definition, field, own, names),
      };
    }),
  };
}

// An identifier never moves on a branch, but another branch may have been made with another one under the same id.
function maskValue(definition: EntityTypeDefinition, field: string, value: Json): Json {
  return field === definition.identifier && isMaskable(definition) && typeof value === 'string' ? maskIdentifier(value) : value;
}

function newestMoveFirst(a: Drifted, b: Drifted): number {
  if (a.moved.at !== b.moved.at) return a.moved.at < b.moved.at ? 1 : -1;
  const [first, second] = [`${a.seen.shared.type} ${a.seen.shared.id}`, `${b.seen.shared.type} ${b.seen.shared.id}`];
  return first < second ? -1 : 1;
}
