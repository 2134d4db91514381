import { statSync } from 'node:fs';
import { RefusedError } from '../../../shared/errors.ts';
import { aheadBehind, commonPlace, isAncestor, ownPlace, type LinePlace } from '../../../shared/versioning/commit-graph.ts';
import { mergeBases } from '../../../shared/versioning/merge-base.ts';
import { formatVersion } from '../../../shared/object-store/migrations/index.ts';
import { changeRef, createRef, liveRef } from './ref-changes.ts';
import { toRefusal } from './refusals.ts';
import type { StoreParts } from './store-parts.ts';
import type { WrittenChange } from './commit-writer.ts';
import type { AppendOutcome, CommitDraft, LocalStore, StoredChange } from './store.ts';

/** The store over its parts. Every method reads one state or writes all or nothing; see `LocalStore` for what each promises. */
export function createLocalStore(parts: StoreParts): LocalStore {
  const { file, db, transactions, entities, versions, lines, commits, refs, properties, places, states, changes, lineReads, history } =
    parts;
  const { read, write } = transactions;
  const toPlace = commits.toPlace;
  let closed = false;

  return {
    file,
    readonly: parts.readonly,
    read,
    write,

    properties: () =>
      read(() => ({
        name: properties.get('name') ?? '',
        sample: properties.get('sample') === 'true',
        createdAt: properties.get('createdAt') ?? new Date(0).toISOString(),
        formatVersion,
        size: sizeOf(file) + sizeOf(`${file}-wal`),
      })),
    rename: (name) => write(() => properties.set('name', name)),
    counts: () =>
      read(() => ({
        commits: commits.lastId(),
        versions: versions.lastRow(),
        entities: entities.count(),
        refs: refs.all().filter((ref) => !ref.deleted).length,
      })),
    countsAt: (place) => read(() => states.counts(place)),

    refs: (options) =>
      read(() =>
        refs
          .all()
          .filter((ref) => options?.deleted === true || !ref.deleted)
          .map(refs.describe),
      ),
    ref: (name) =>
      read(() => {
        const found = refs.byName(name);
        return found === null ? null : refs.describe(found);
      }),
    createBranch: (branch) => write(() => refs.describe(createRef(parts, branch))),
    deleteBranch: (name, by) => write(() => refs.describe(changeRef(parts, name, by, { kind: 'delete' }))),
    restoreBranch: (name, by) => write(() => refs.describe(changeRef(parts, name, by, { kind: 'restore' }))),
    renameBranch: (name, next, by) => write(() => refs.describe(changeRef(parts, name, by, { kind: 'rename', from: name, to: next }))),
    describeBranch: (name, description, by) => write(() => refs.describe(changeRef(parts, name, by, { kind: 'describe', description }))),
    protectBranch: (name, isProtected, by) =>
      write(() => refs.describe(changeRef(parts, name, by, { kind: 'protect', protected: isProtected }))),
    archiveBranch: (name, archived, by) => write(() => refs.describe(changeRef(parts, name, by, { kind: 'archive', archived }))),
    refNames: () => read(() => refs.all().map(({ name }) => name)),
    lastMove: () => read(() => refs.lastHash()),
    refLog: (options) =>
      read(() =>
        refs.log({
          ...(options?.ref === undefined ? {} : { ref: places.ref(options.ref) }),
          before: options?.before ?? Number.MAX_SAFE_INTEGER,
          limit: options?.limit ?? 100,
        }),
      ),

    placeAt: (ref, moment) => read(() => toPlace(places.at(places.ref(ref), moment))),
    placeAtPosition: (ref, position) => read(() => toPlace(places.atPosition(places.ref(ref), position))),
    placeOf: (commit) => read(() => toPlace(places.of(commit))),
    holds: (place, commit) =>
      read(() => {
        const found = commits.byHash(commit);
        return found !== null && places.holds(place, found);
      }),
    commit: (hash) =>
      read(() => {
        const found = commits.byHash(hash);
        return found === null ? null : commits.record(found.commitId);
      }),
    commitAt: (place) =>
      read(() => {
        const found = commits.at(own(place));
        return found === null ? null : commits.record(found.commitId);
      }),
    commitOf: (row) => read(() => commits.record(commits.idOfVersion(row))),
    changesOf: (commit, options) => read(() => history.changesOf(idOf(commit), options?.limit ?? Number.POSITIVE_INFINITY)),
    recheck: (commit) => read(() => parts.recheck(idOf(commit))),
    line: (place, filter) => read(() => lineReads.line(place, filter ?? {})),
    commitsOfKinds: (place, kinds, limit) => read(() => lineReads.ofKinds(place, kinds, limit ?? 10_000)),
    density: (place, options) => read(() => lineReads.density(place, options)),
    contributors: (place, options) => read(() => lineReads.contributors(place, options?.own ?? 0)),
    aheadBehind: (place, other) => read(() => aheadBehind(lines.graph, place, other)),
    forkOf: (place, other) => read(() => toPlace(commonPlace(lines.graph, place, other))),
    mergeBases: (place, other) => read(() => mergeBases(lines.graph, place, other).map(toPlace)),
    isAncestor: (place, of) => read(() => isAncestor(lines.graph, place, of)),
    decisionsOf: (commit) => read(() => commits.decisions(idOf(commit))),

    merges: parts.merges,
    mergeWrites: parts.merges,

    versionAt: (type, id, place) => read(() => states.one(type, id, place)),
    entitiesAt: (type, place) => read(() => states.all(type, place)),
    windowAt: (type, place, window) => read(() => states.window(type, place, window)),
    everIn: (type, place, window) => read(() => states.ever(type, place, window)),
    changesBetween: (from, to, options) => read(() => changes.between(from, to, options?.types)),
    windowChanges: (type, from, to, window) => read(() => states.windowChanges(type, from, to, window)),
    versionsOf: (type, id, place) =>
      read(() => {
        const entity = entities.find(type, id);
        return entity === null ? [] : history.occurrencesOf(entity, place === undefined ? null : lines.chain(place));
      }),
    versions: (rows) => read(() => versions.loadAll(rows)),
    versionByHash: (hash) =>
      read(() => {
        const row = parts.prefixes.rowsOf(hash)[0];
        return row === undefined ? null : versions.load(row);
      }),
    occurrencesOfHash: (hash) => read(() => history.occurrencesOfHash(hash)),

    appendCommit,
    startBulkLoad: (options) => parts.startBulkLoad(options ?? {}),
    bulkLoad: (steps, options) => parts.bulkLoad(steps, options ?? {}),

    rebuildDerived: () => parts.rebuildDerived(),
    verify: (options) => parts.verify(options ?? {}),
    verifySlices: (options) => parts.verifySlices(options ?? {}),
    tend: () => (parts.readonly ? false : parts.upkeep.tend()),
    close() {
      if (closed) return;
      closed = true;
      parts.upkeep.stop();
      try {
        if (!parts.readonly && !db.inTransaction) db.pragma('wal_checkpoint(TRUNCATE)');
      } catch (error) {
        // A full disk loses nothing here: the log beside the file holds it until the next open.
        if (!(toRefusal(error, file) instanceof RefusedError)) throw error;
      } finally {
        db.close();
      }
    },
  };

  function appendCommit(name: string, draft: CommitDraft, options?: { readonly expectedTip?: string | null }): AppendOutcome {
    const outcome = write((): AppendOutcome & { readonly refId?: number } => {
      const ref = liveRef(parts, name);
      const tip = ref.tip?.hash ?? null;
      if (options?.expectedTip !== undefined && options.expectedTip !== tip) return { kind: 'stale', tip };
      const written = parts.writer.write(ref, draft);
      return { kind: 'committed', commit: commits.record(written.stand.commitId), changes: written.rows.map(toStored), refId: ref.refId };
    });
    if (outcome.kind === 'stale') return outcome;
    if (outcome.refId !== undefined) parts.upkeep.committed(outcome.refId);
    return { kind: 'committed', commit: outcome.commit, changes: outcome.changes };
  }

  function idOf(commit: Parameters<LocalStore['changesOf']>[0]): number {
    const found = commits.byHash(commit);
    if (found === null) throw new RefusedError('NOT_FOUND', `There is no commit ${commit}.`, { what: 'commit', id: commit });
    return found.commitId;
  }

  function own(place: LinePlace): LinePlace {
    return ownPlace(lines.graph, place);
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function toStored({ draft: { type, id, op }, before, row, hash }: WrittenChange): StoredChange {
  return { type, id, op, before: before === 0 ? null : before, after: op === 'delete' ? null : row, version: hash, row };
}
