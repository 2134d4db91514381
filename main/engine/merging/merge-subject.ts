import type { CommitHash } from '../../../shared/ids.ts';
import { notFound, quote, RefusedError } from '../../../shared/errors.ts';
import { refToName } from '../../../shared/versioning/ref-name.ts';
import type { MergeRecord, Publishing } from '../local-store/merge-table.ts';
import type { BranchRecord, CommitRecord, Place } from '../local-store/store.ts';
import { findActiveBranch } from '../queries/find-branch.ts';
import { placeBefore } from '../queries/place-before.ts';
import { namesAt, namesOfEither } from '../words/names-at.ts';
import type { StoreReader } from '../reader.ts';
import { wholeOf } from '../sighted-store/sighted-store.ts';
import { computeMerge, type ComputedMerge } from './compute-merge.ts';
import type { MergeWords } from './describe-conflict.ts';
import { openPublishing } from './open-publishing.ts';
import { readRevertStands, readStands } from './read-stands.ts';

/** What is brought together: the sides as they are now, and what merges by itself. */
export interface MergeSubject {
  readonly kind: MergeRecord['kind'];
  readonly sourceName: string;
  readonly targetName: string;
  /** `null` for a commit that is taken back, and for values of somebody's own. */
  readonly source: Place | null;
  readonly target: Place;
  readonly targetRef: string;
  readonly bases: readonly Place[];
  /** The target has everything of the source already. */
  readonly upToDate: boolean;
  readonly computed: ComputedMerge;
  /** For values of somebody's own: what is not taken of them must be told nowhere. */
  readonly publishes?: Publishing;
}

/** Two different branches that are both there. Refuses NOT_FOUND, and INVALID for one branch named twice. */
export function findBranchPair(
  store: StoreReader,
  { source, target }: { readonly source: string; readonly target: string },
): { readonly source: BranchRecord; readonly target: BranchRecord } {
  const [from, into] = [findActiveBranch(store, source), findActiveBranch(store, target)];
  if (from === null || into === null) {
    const missing = [...(from === null ? [source] : []), ...(into === null ? [target] : [])].map((name) => `“${quote(name)}”`);
    throw new RefusedError('NOT_FOUND', `One or both branches not found: ${missing.join(' and ')}.`, {
      what: 'branch',
      id: quote(from === null ? source : target),
    });
  }
  if (from.ref === into.ref)
    throw new RefusedError('INVALID', `“${from.name}” cannot be merged into itself. Choose two different branches.`, {
      what: 'branch',
      id: from.name,
      fields: [{ field: 'source', problem: 'is the branch that is merged into' }],
    });
  return { source: from, target: into };
}

/** Where the branches of a merge stand, where that is not their tips of now. */
export interface Places {
  readonly source: Place;
  readonly target: Place;
}

/** One branch to be merged into another, as both are now unless told. */
export function openMerge(
  store: StoreReader,
  { source, target }: { readonly source: BranchRecord; readonly target: BranchRecord },
  { types, places }: { readonly types?: readonly string[] | undefined; readonly places?: Places | undefined } = {},
): MergeSubject {
  const sides = places ?? { source: tipOf(store, source), target: tipOf(store, target) };
  const bases = store.mergeBases(sides.source, sides.target);
  const names = { sourceName: source.name, targetName: target.name, targetRef: target.ref };
  const upToDate = store.isAncestor(sides.source, sides.target);
  const computed = remember(wholeOf(store), `merge ${sides.source.commit} ${sides.target.commit} ${types?.join(' ') ?? ''}`, () =>
    computeMerge(upToDate ? [] : readStands(store, { ...sides, bases }, types)),
  );
  return { kind: 'merge', ...names, ...sides, bases, upToDate, computed };
}

/** Chosen records of one branch, to be brought into another. */
export function openPick(
  store: StoreReader,
  { source, target }: { readonly source: BranchRecord; readonly target: BranchRecord },
  entities: NonNullable<MergeRecord['picked']>,
  places?: Places,
): MergeSubject {
  const wanted = new Set(entities.map(({ type, id }) => `${type} ${id}`));
  const whole = openMerge(
    store,
    { source, target },
    {
      types: [...new Set(entities.map(({ type }) => type))].toSorted(),
      places,
    },
  );
  const isWanted = ({ type, id }: { readonly type: string; readonly id: string }): boolean => wanted.has(`${type} ${id}`);
  const computed = remember(
    wholeOf(store),
    `pick ${whole.source?.commit} ${whole.target.commit} ${[...wanted].toSorted().join(' ')}`,
    () => ({
      records: whole.computed.records.filter(isWanted),
      conflicts: whole.computed.conflicts.filter(({ record }) => isWanted(record)),
      automatic: whole.computed.automatic.filter(({ record }) => isWanted(record)),
    }),
  );
  return {
    ...whole,
    kind: 'pick',
    computed,
    upToDate: computed.conflicts.length === 0 && computed.automatic.every(({ merge }) => merge.from === 'both'),
  };
}

/** One commit to be taken back on a branch, with whatever was done since. */
export function openRevert(store: StoreReader, target: BranchRecord, commit: CommitHash, at?: Place): MergeSubject {
  const record = store.commit(commit);
  if (record === null) throw notFound('commit', commit);
  const place = at ?? tipOf(store, target);
  return {
    kind: 'revert',
    sourceName: `before “${quote(record.message)}”`,
    targetName: target.name,
    targetRef: target.ref,
    source: null,
    target: place,
    bases: [store.placeOf(commit)],
    upToDate: false,
    // What was changed in it is as the asker may know it.
    computed: remember(store, `revert ${commit} ${place.commit}`, () => computeMerge(readRevertStands(store, record, place))),
  };
}

/**
 * What a session is about: its branches as they are now, or for a concluded one as they were when it was. A deleted branch stands where it was
 * when it was deleted.
 */
export function openSession(store: StoreReader, session: MergeRecord): MergeSubject {
  const target = refOf(store, session.target);
  const concluded = session.commit === null ? null : store.commit(session.commit);
  const before = concluded === null ? undefined : placeBefore(store, concluded);
  if (session.publishes !== undefined) return openPublishing(store, { target, place: before ?? tipOf(store, target) }, session.publishes);
  if (session.source === null) {
    if (session.reverts === null) throw new Error(`merge ${session.merge} has neither a source nor a commit`);
    return openRevert(store, target, session.reverts, before);
  }
  const sides = { source: refOf(store, session.source), target };
  const places =
    concluded === null || before === undefined ? undefined : { source: sourceThen(store, sides.source, concluded), target: before };
  return session.picked === null ? openMerge(store, sides, { places }) : openPick(store, sides, session.picked, places);
}

/** Where the source stood when a merge was concluded: the second parent, or what the branch showed then. */
function sourceThen(store: StoreReader, source: BranchRecord, { parents, at }: CommitRecord): Place {
  const second = parents[1];
  return second === undefined ? store.placeAt(source.ref, at) : store.placeOf(second);
}

/** The names of the branches of a session that are deleted now. */
export function deletedBranches(store: StoreReader, session: MergeRecord): string[] {
  return [session.source, session.target].flatMap((ref) => (ref !== null && refOf(store, ref).deletedAt !== null ? [refToName(ref)] : []));
}

/** What the words of a merge are made with. */
export function wordsOf(store: StoreReader, { source, target, sourceName, targetName }: MergeSubject): MergeWords {
  const names = source === null ? namesAt(store, target) : namesOfEither(namesAt(store, target), namesAt(store, source));
  return { store, names, sourceName, targetName, source, target };
}

function refOf(store: StoreReader, ref: string): BranchRecord {
  const record = store.ref(ref);
  if (record === null) throw notFound('branch', refToName(ref));
  return record;
}

function tipOf(store: StoreReader, record: BranchRecord): Place {
  return record.deletedAt === null || record.tip === null ? store.placeAt(record.ref) : store.placeOf(record.tip);
}

const kept = new WeakMap<StoreReader, Map<string, ComputedMerge>>();
const mostKept = 12;

/** What follows from commits alone is kept: a resolver asks after every choice. */
function remember(store: StoreReader, key: string, compute: () => ComputedMerge): ComputedMerge {
  const known = kept.get(store) ?? new Map<string, ComputedMerge>();
  kept.set(store, known);
  const found = known.get(key) ?? compute();
  known.delete(key);
  known.set(key, found);
  if (known.size > mostKept) known.delete(known.keys().next().value ?? '');
  return found;
}
