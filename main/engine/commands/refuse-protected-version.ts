import { RefusedError } from '../../../shared/errors.ts';
import type { EntityTypeDefinition } from '../../../shared/roster/entity-type.ts';
import type { Writer } from '../reader.ts';
import { firstVersionProtection, protectionOf } from '../views/describe-own-version.ts';
import type { OwnVersion, UserView } from '../views/user-view.ts';

/** Refuses PROTECTED, naming why, an own version that is in use or offered, and number 1 (`null`), the version the record began with. */
export function refuseProtectedVersion(
  { users }: Writer,
  { definition, view }: { readonly definition: EntityTypeDefinition; readonly view: UserView },
  version: OwnVersion | null,
): void {
  const why = version === null ? firstVersionProtection : protectionOf(users, view, version);
  if (why === null) return;
  const number = version?.number ?? 1;
  const data = { what: 'version', id: String(number), protectedBy: why };
  throw new RefusedError('PROTECTED', `Version ${number} of this ${definition.label} stays as it is. ${why}`, data);
}
