import type { Instant } from '../../../shared/ids.ts';
import { EntityId } from '../../../shared/ids.ts';
import { entityTypeOf } from '../../../shared/roster/entity-type.ts';
import { textOf } from '../../../shared/roster/field.ts';
import { ACCESS_REF } from '../../../shared/versioning/ref-name.ts';
import type { StoredVersion } from '../local-store/store.ts';
import type { Asker } from '../reader.ts';
import { userName } from '../words/user-name.ts';
import { pageOf, type PageAnswer, type PageRequest } from './page-of.ts';

interface Reveal {
  readonly access: string;
  readonly version: StoredVersion;
  readonly user: string;
  readonly at: Instant;
}

interface RevealAnswer {
  readonly type: string;
  readonly id: EntityId;
  readonly user: string;
  readonly userName: string;
  readonly what: string;
  readonly at: Instant;
}

/** Who asked to see what is masked, newest first: the asker's own askings, and for an administrator everybody's. Ids only. */
export function listReveals({ whole, userId, role, users }: Asker, request: PageRequest): PageAnswer<RevealAnswer> {
  const reveals: Reveal[] = [];
  if (whole.ref(ACCESS_REF) !== null)
    for (const version of whole.entitiesAt('view_access', whole.placeAt(ACCESS_REF))) {
      const { author, at } = whole.commitOf(version.row);
      if (author === userId || role === 'admin') reveals.push({ access: version.id, version, user: author, at });
    }
  reveals.sort((a, b) => (a.at > b.at ? -1 : a.at < b.at ? 1 : b.version.row - a.version.row));
  const page = pageOf(reveals, request, ({ access }) => access);
  return { ...page, items: page.items.map((reveal) => toAnswer(reveal, userName(users, reveal.user))) };
}

function toAnswer({ version: { fields }, user, at }: Reveal, name: string): RevealAnswer {
  const type = textOf(fields, 'entityType') ?? '';
  const id = EntityId.parse(textOf(fields, 'entityId') ?? '');
  return { type, id, user, userName: name, what: whatText(fields), at };
}

function whatText(fields: StoredVersion['fields']): string {
  const field = entityTypeOf('view_access').fields['what'];
  const what = textOf(fields, 'what') ?? '';
  return field?.options?.get(what) ?? what;
}
