import type { ViewChange } from '../../../shared/contract/app/views.ts';
import { valueOf, type Fields } from '../../../shared/json.ts';
import type { EntityTypeDefinition } from '../../../shared/roster/entity-type.ts';
import { makeSalt, makeUuidV7 } from '../ids.ts';
import type { BranchRecord, StoredVersion } from '../local-store/store.ts';
import { findBranch } from '../queries/find-branch.ts';
import type { Writer } from '../reader.ts';
import { answerChange, type Written } from '../views/answer-change.ts';
import { findByIdentifier } from '../views/identifier-index.ts';
import { viewTypeOf } from '../views/own-record.ts';
import { appendToView, draftLink } from '../views/write-view.ts';
import { checkWhole } from './check-whole.ts';
import { invalid } from './prepare-changes.ts';
import { refuseProtected } from './refuse-protected.ts';
import { takeUpRecord } from './take-up-record.ts';

export interface RegisterRequest {
  readonly type: string;
  readonly identifier: string;
  readonly fields?: Fields | undefined;
  readonly branch: string;
  readonly summary?: string | undefined;
}

/**
 * Makes the shared record of an identifier and links the acting user to it; or attaches the user to the record there is, with an own version
 * where the given fields differ from it. A record that stands on another branch only is made on this one from the given fields, as the same
 * record. Refuses INVALID a wrong identifier or field, and PROTECTED a new shared record on a branch that takes none from this user.
 */
export function registerRecord(writer: Writer, request: RegisterRequest): ViewChange & { readonly wasCreated: boolean } {
  const definition = viewTypeOf(request.type);
  const { identifier, fields } = readGiven(definition, request);
  const branch = findBranch(writer.whole, request.branch);
  const known = findByIdentifier(writer.whole, definition, identifier, branch.ref);
  const id = known?.id ?? makeUuidV7(writer.clock(), writer.random);
  const shared = known?.here ?? createShared(writer, definition, { id, branch, fields });
  const { summary } = request;
  const message = `Register a ${definition.label}`;
  // Making the record moved the branch on.
  const { tip } = findBranch(writer.whole, request.branch);
  const written =
    known === null
      ? linkFirst(writer, shared, { message, reason: summary })
      : takeUpRecord(writer, definition, { shared, tip, patch: fields, message, summary, origin: 'attach' });
  const answer = answerChange(writer, { type: request.type, id, branch: request.branch }, written);
  return known === null ? { ...answer, commit: tip, wasCreated: true } : { ...answer, wasCreated: false };
}

/** The fields with the identifier in its stored form. */
function readGiven(definition: EntityTypeDefinition, { identifier: given, fields = {} }: RegisterRequest) {
  const name = definition.identifier;
  const field = name === null ? undefined : definition.fields[name];
  if (name === null || field === undefined) throw new Error(`${definition.type} has views and no identifier`);
  const refuse = (problem: string) => invalid([{ field: name, problem, type: definition.type }]);
  const identifier = field.normalise?.(given.trim()) ?? given.trim();
  const problem = identifier === '' ? `${field.label} is required.` : field.check(identifier);
  if (problem !== null || typeof identifier !== 'string') throw refuse(problem ?? `${field.label} must be text.`);
  const inside = valueOf(fields, name);
  if (inside !== null && (field.normalise?.(inside) ?? inside) !== identifier)
    throw refuse(`${field.label} in the fields is another one than the identifier.`);
  return { identifier, fields: { ...fields, [name]: identifier } };
}

/** Makes the shared record, in words that name nobody: everybody reads the line of a branch. */
function createShared(
  writer: Writer,
  definition: EntityTypeDefinition,
  { id, branch, fields }: { readonly id: string; readonly branch: BranchRecord; readonly fields: Fields },
): StoredVersion {
  refuseProtected(writer, branch.ref);
  const record = checkWhole(definition, { before: null, patch: fields });
  const { type, label } = definition;
  writer.append(branch.ref, {
    message: `Register a ${label}`,
    kind: 'edit',
    changes: [{ type, id, op: 'create', fields: record, ...(definition.personal ? { salt: makeSalt(writer.random) } : {}) }],
  });
  const made = writer.whole.versionAt(type, id, writer.whole.placeAt(branch.ref));
  if (made === null) throw new Error('a record that was written just now is not there');
  return made;
}

/** Number 1, the version the record began with, is this user's. */
function linkFirst(
  writer: Writer,
  { type, id }: StoredVersion,
  said: { readonly message: string; readonly reason: string | undefined },
): Written {
  const change = draftLink(writer, null, { type, id }, { origin: 'register', guards: true, first: true, lastNumber: 1 });
  return appendToView(writer, { ...said, changes: [change] });
}
