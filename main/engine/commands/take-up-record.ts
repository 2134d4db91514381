import type { CommitHash } from '../../../shared/ids.ts';
import type { Fields } from '../../../shared/json.ts';
import type { EntityTypeDefinition } from '../../../shared/roster/entity-type.ts';
import { sameFields } from '../../../shared/versioning/diff.ts';
import { nothingOwn, overlay } from '../../../shared/versioning/overlay.ts';
import type { StoredVersion } from '../local-store/store.ts';
import type { Writer } from '../reader.ts';
import { amendOwn } from '../views/amend-own.ts';
import type { Written } from '../views/answer-change.ts';
import { readUserView, type Link, type OwnVersion } from '../views/user-view.ts';
import { appendToView, draftLink, keepOwnVersion } from '../views/write-view.ts';
import { checkWhole } from './check-whole.ts';

/** A shared record that comes onto the acting user's list, and the fields that are to show otherwise there. */
export interface TakenUp {
  readonly shared: StoredVersion;
  /** The tip of the branch that shows the shared record so. */
  readonly tip: CommitHash | null;
  readonly patch: Fields;
  readonly message: string;
  readonly summary: string | undefined;
  readonly origin: Link['origin'];
  readonly adoptedFrom?: OwnVersion['adoptedFrom'] | undefined;
}

/**
 * Puts a record on the acting user's list, with an own version where the given fields are not what shows there. Own versions that stayed when the
 * record was taken off the list show again. Writes nothing, and answers `null`, where it is on the list and shows all that already. Refuses
 * INVALID what makes no record.
 */
export function takeUpRecord(
  writer: Writer,
  definition: EntityTypeDefinition,
  { shared, tip, patch, message, summary, origin, adoptedFrom }: TakenUp,
): Written | null {
  const { whole, actor } = writer;
  const { type, id } = shared;
  const view = readUserView(whole, actor.userId);
  const link = view?.link(type, id) ?? null;
  const before = link?.using == null ? nothingOwn : (view?.version(link.using)?.differs ?? nothingOwn);
  const seen = overlay(shared.fields, before);
  const wanted = checkWhole(definition, { before: seen, patch, id });
  if (!sameFields(seen, wanted)) {
    const spoken = Object.keys(patch);
    const own = amendOwn(whole, { shared, before, wanted, spoken });
    return keepOwnVersion(writer, { shared, tip, own, message, summary, origin, adoptedFrom, settled: spoken });
  }
  if (link?.linked === true) return null;
  const change = draftLink(writer, link, { type, id }, { linked: true, ...(link === null ? { origin } : {}) });
  return appendToView(writer, { message, reason: summary, changes: [change] });
}
