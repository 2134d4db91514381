import type { Origin, SeenRecord } from '../../../shared/contract/app/views.ts';
import { EntityId } from '../../../shared/ids.ts';
import type { EntityTypeDefinition, Names } from '../../../shared/roster/entity-type.ts';
import { textOf } from '../../../shared/roster/field.ts';
import { isMaskable, maskFields, maskIdentifier } from '../../../shared/roster/mask-identifier.ts';
import { driftOf } from '../../../shared/versioning/overlay.ts';
import type { StoreReader } from '../reader.ts';
import type { Seen, Sight } from './sight.ts';

/** A record as somebody sees it, for an answer. */
export function describeSeen(
  { whole, names, sight, mask }: { readonly whole: StoreReader; readonly names: Names; readonly sight: Sight; readonly mask: boolean },
  definition: EntityTypeDefinition,
  seen: Seen,
): SeenRecord {
  const identifier = identifierOf(definition, seen);
  const masked = mask && isMaskable(definition);
  const shown = masked ? maskFields(definition, seen.fields) : seen.fields;
  const { shared } = seen;
  return {
    type: shared.type,
    id: EntityId.parse(shared.id),
    identifier: masked ? maskIdentifier(identifier) : identifier,
    masked,
    title: definition.title(seen.fields, names),
    fields: shown,
    origins: originsOf(seen),
    source: seen.version === null ? 'shared' : sight.as === sight.asker ? 'own' : 'offered',
    version: seen.number,
    shared: { version: shared.version, fields: masked ? maskFields(definition, shared.fields) : shared.fields },
    drifted: hasDrifted(whole, seen),
  };
}

/** The identifier of a record: it is the shared one's, whatever is laid over it. */
export function identifierOf(definition: EntityTypeDefinition, { shared }: Pick<Seen, 'shared'>): string {
  return definition.identifier === null ? '' : (textOf(shared.fields, definition.identifier) ?? '');
}

/** Where each field comes from that shows a value or was emptied by what is laid over the shared record. */
export function originsOf(seen: Seen): Record<string, Origin> {
  const names = new Set([...Object.keys(seen.fields), ...seen.differs.cleared]);
  return Object.fromEntries([...names].map((name) => [name, seen.originOf(name)]));
}

/** Whether the shared record moved since the version that shows was made, in a field where both say something else now. */
function hasDrifted(whole: StoreReader, { version, shared, differs }: Seen): boolean {
  if (version === null || version.base === null || version.base === shared.version) return false;
  const base = whole.versionByHash(version.base);
  return base !== null && driftOf(base.fields, shared.fields, differs).some(({ kind }) => kind === 'apart');
}
