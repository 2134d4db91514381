import { RefusedError } from '../../../shared/errors.ts';
import type { CommitHash, Instant } from '../../../shared/ids.ts';
import { entityTypeOf } from '../../../shared/roster/entity-type.ts';
import { driftOf, ownFieldNames, type Own } from '../../../shared/versioning/overlay.ts';
import { viewRef } from '../../../shared/versioning/ref-name.ts';
import { makeSalt, makeUuidV7 } from '../ids.ts';
import { mostChanges, type CommitRecord, type DraftChange, type StoredVersion } from '../local-store/store.ts';
import type { Gesture, Writer } from '../reader.ts';
import { linksOf } from './links-index.ts';
import { readUserView, type Link, type OwnStatus, type OwnVersion } from './user-view.ts';
import { attached, linkToFields, ownVersionToFields } from './view-records.ts';

/** What one commit does on the line of a view. */
export interface ViewGesture {
  readonly message: string;
  readonly reason?: string | undefined;
  readonly kind?: Gesture['kind'] | undefined;
  readonly changes: readonly DraftChange[];
  /** Whose view; the acting user's unless told. */
  readonly user?: string | undefined;
}

/**
 * Appends one commit to the line of a view, which begins with it where the user had none. Records with personal fields are salted here. The
 * message holds no values. Refuses UNSUPPORTED more changes than one commit holds.
 */
export function appendToView(
  writer: Writer,
  { message, reason, kind = 'edit', changes, user = writer.actor.userId }: ViewGesture,
): CommitRecord {
  if (changes.length > mostChanges)
    throw new RefusedError('UNSUPPORTED', `This would change ${changes.length} records; at most ${mostChanges} go at once. Choose fewer.`, {
      what: 'changes',
      id: String(changes.length),
    });
  const salted = changes.map((change) =>
    change.fields !== null && change.salt === undefined && entityTypeOf(change.type).personal
      ? { ...change, salt: makeSalt(writer.random) }
      : change,
  );
  const outcome = writer.append(viewRef(user), {
    message,
    kind,
    changes: salted,
    ...(reason === undefined || reason === '' ? {} : { reason }),
  });
  if (outcome.kind === 'stale') throw new Error('a view moved within one command');
  return outcome.commit;
}

/** Makes the link of a record, or changes the one there is. */
export function draftLink(
  writer: Writer,
  link: Link | null,
  record: { readonly type: string; readonly id: string },
  change: Partial<Omit<Link, 'link' | 'type' | 'id'>>,
): DraftChange {
  const before: Link = link ?? { link: makeUuidV7(writer.clock(), writer.random), type: record.type, id: record.id, ...attached };
  const fields = linkToFields({ ...before, ...change });
  return { type: 'view_link', id: before.link, op: link === null ? 'create' : 'update', fields };
}

/** Gives an own version another status. */
export function draftStatus(version: OwnVersion, status: OwnStatus): DraftChange {
  return { type: 'own_version', id: version.own, op: 'update', fields: ownVersionToFields({ ...version, status }) };
}

/** Lets the shared record show, as one commit of the view: the own version that showed stays, put away. */
export function showShared(
  writer: Writer,
  { link, version }: { readonly link: Link; readonly version: OwnVersion },
  said: Pick<ViewGesture, 'message' | 'reason'>,
): CommitRecord {
  return appendToView(writer, { ...said, changes: [draftStatus(version, 'archived'), draftLink(writer, link, link, { using: null })] });
}

/** An own version that is to be kept. */
export interface OwnVersionDraft {
  /** The shared record as the branch shows it now, and the branch's tip: what the version comes from. */
  readonly shared: StoredVersion;
  readonly tip: CommitHash | null;
  /** What the version says over the shared record (`differences` of `shared/versioning/overlay.ts`); nothing where it is to be as the shared one. */
  readonly own: Own;
  readonly message: string;
  /** A draft is kept and does not show. */
  readonly status?: 'active' | 'draft' | undefined;
  /** Which fields it is about, unless told. */
  readonly summary?: string | undefined;
  readonly adoptedFrom?: OwnVersion['adoptedFrom'] | undefined;
  /**
   * The fields that somebody has just looked at and spoken of; all of them unless told. Where the shared record moved in another field that the
   * version speaks of, the version goes on coming from the shared one it came from before: what nobody has settled must stay in sight.
   */
  readonly settled?: readonly string[] | undefined;
  /** How the record comes onto the list where it never was. */
  readonly origin?: Link['origin'] | undefined;
}

export interface KeptVersion {
  /** Id of the `own_version`. */
  readonly own: string;
  readonly number: number;
  readonly commit: CommitHash;
  readonly at: Instant;
}

/**
 * Keeps an own version of the acting user as one commit of the view: gives it the next number of the record, notes the shared version it comes
 * from, lets it show (unless it is a draft) and puts the one that showed before away. Links the record where it is not linked. The caller has
 * checked what it says.
 */
export function keepOwnVersion(writer: Writer, draft: OwnVersionDraft): KeptVersion {
  const { shared, own, status = 'active' } = draft;
  const { type, id } = shared;
  const view = readUserView(writer.whole, writer.actor.userId);
  const link = view?.link(type, id) ?? null;
  const before = link?.using == null ? null : (view?.version(link.using) ?? null);
  const number = linksOf(writer.whole).nextNumber(type, id);
  const version = makeUuidV7(writer.clock(), writer.random);
  const isUsed = status === 'active';
  const fields = ownVersionToFields({
    type,
    id,
    number,
    status,
    ...baseOf(writer, before, draft),
    differs: own,
    summary: draft.summary === undefined || draft.summary === '' ? summariseOwn(type, own) : draft.summary,
    adoptedFrom: draft.adoptedFrom ?? null,
  });
  const commit = appendToView(writer, {
    message: draft.message,
    changes: [
      { type: 'own_version', id: version, op: 'create', fields },
      ...(isUsed && before !== null ? [draftStatus(before, 'archived')] : []),
      draftLink(
        writer,
        link,
        { type, id },
        {
          linked: true,
          ...(link === null ? { origin: draft.origin ?? 'attach' } : {}),
          ...(isUsed ? { using: version } : {}),
          lastNumber: number,
        },
      ),
    ],
  });
  return { own: version, number, commit: commit.commit, at: commit.at };
}

/** Which shared version a new own version comes from: that of now, or while something is unsettled that of the own version before. */
function baseOf(writer: Writer, before: OwnVersion | null, draft: OwnVersionDraft): Pick<OwnVersion, 'base' | 'baseCommit'> {
  const { shared, own, tip, settled } = draft;
  const earlier = before === null || before.base === null ? null : writer.whole.versionByHash(before.base);
  if (before !== null && earlier !== null && settled !== undefined) {
    const spoken = new Set(ownFieldNames(own).filter((field) => !settled.includes(field)));
    const isUnsettled = driftOf(earlier.fields, shared.fields, own).some(({ field, kind }) => kind === 'apart' && spoken.has(field));
    if (isUnsettled) return { base: before.base, baseCommit: before.baseCommit };
  }
  return { base: shared.version, baseCommit: tip };
}

/** Which fields an own version speaks of, by their labels and without their values. */
function summariseOwn(type: string, own: Own): string {
  return labelsText(type, ownFieldNames(own)).slice(0, 500);
}

/** The labels of fields in the order the type declares them: `Name, Telephone`. */
export function labelsText(type: string, names: readonly string[]): string {
  const { fields } = entityTypeOf(type);
  const wanted = new Set(names);
  return Object.keys(fields)
    .filter((name) => wanted.has(name))
    .map((name) => fields[name]?.label ?? name)
    .join(', ');
}
