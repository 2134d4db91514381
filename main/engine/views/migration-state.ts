import type { EntityTypeDefinition } from '../../../shared/roster/entity-type.ts';
import { textOf } from '../../../shared/roster/field.ts';
import { isBranchRef } from '../../../shared/versioning/ref-name.ts';
import type { MigrationState } from '../../exchange/migration/plan-migration.ts';
import type { Place } from '../local-store/store.ts';
import type { StoreReader, Users } from '../reader.ts';
import { readUserView, type UserView } from './user-view.ts';

/** What a migration onto a branch has to know of the programme as it is now. Everything is read from the whole store, and most of it when it is asked for. */
export function readMigrationState(
  whole: StoreReader,
  users: Users,
  { definition, ref }: { readonly definition: EntityTypeDefinition; readonly ref: string },
): MigrationState {
  const { type } = definition;
  const here = identifiersAt(whole, definition, whole.placeAt(ref));
  let elsewhere: ReadonlyMap<string, string> | null = null;
  const views = new Map<string, UserView | null>();
  const viewOf = (user: string): UserView | null => {
    const known = views.get(user);
    if (known !== undefined) return known;
    const view = readUserView(whole, user);
    views.set(user, view);
    return view;
  };
  return {
    users: users.all,
    masterOf(identifier) {
      const id = here.get(identifier);
      if (id !== undefined) return { id, isHere: true };
      elsewhere ??= identifiersElsewhere(whole, definition, ref);
      const other = elsewhere.get(identifier);
      return other === undefined ? null : { id: other, isHere: false };
    },
    linkOf(user, id) {
      const link = viewOf(user)?.link(type, id) ?? null;
      if (link === null) return 'none';
      // A reversal takes its mark off the links it ends: those may be made again.
      return link.linked ? 'linked' : link.origin === 'migrate' && link.migration !== null && link.first ? 'ended' : 'none';
    },
    versionsOf: (user, id) => viewOf(user)?.versionsOf(type, id).length ?? 0,
    hasView: (user) => viewOf(user) !== null,
  };
}

/** The ids of records on other branches, where the first branch to have an identifier says whose it is. */
function identifiersElsewhere(whole: StoreReader, definition: EntityTypeDefinition, ref: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const other of whole.refs()) {
    if (!isBranchRef(other.ref) || other.ref === ref) continue;
    const place = whole.placeAt(other.ref);
    if ((whole.countsAt(place).get(definition.type) ?? 0) === 0) continue;
    for (const [identifier, id] of identifiersAt(whole, definition, place)) if (!found.has(identifier)) found.set(identifier, id);
  }
  return found;
}

function identifiersAt(whole: StoreReader, { type, identifier }: EntityTypeDefinition, place: Place): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { id, fields } of whole.entitiesAt(type, place)) {
    const value = identifier === null ? null : textOf(fields, identifier);
    if (value !== null) found.set(value, id);
  }
  return found;
}
