import { CommitHash, EntityId, VersionHash } from '../../../shared/ids.ts';
import type { Note } from '../../../shared/contract/app/notes.ts';
import { NOTES_REF } from '../../../shared/versioning/ref-name.ts';
import { textOf } from '../../../shared/roster/field.ts';
import type { Place, StoredVersion } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { hidesFrom } from '../sighted-store/merging-store.ts';
import { wholeOf } from '../sighted-store/sighted-store.ts';

/** Every note that stands, by what it stands on. Lists are oldest first. */
export interface NotesIndex {
  all(): readonly Note[];
  find(note: string): Note | undefined;
  /** Notes on the commit as a whole. */
  onCommit(commit: string): readonly Note[];
  /** Notes on versions of one entity. */
  onEntity(type: string, id: string): readonly Note[];
  /** The commit that carries this tag; the newest one when several do. */
  commitByTag(tag: string): CommitHash | null;
  taggedCommits(): readonly { readonly commit: CommitHash; readonly tag: string }[];
}

interface Cached {
  readonly place: Place;
  readonly notes: ReadonlyMap<string, Note>;
  readonly index: NotesIndex;
}

// Notes are read with every list of commits, and move rarely: what was read is kept until the line `notes` moves, then only the difference is read.
const cache = new WeakMap<StoreReader, Cached>();

/** The notes as of now, without those on versions that are not there for the asker. */
export function notesOf(store: StoreReader): NotesIndex {
  const index = wholeNotes(wholeOf(store));
  const isHidden = ({ type, id }: Note): boolean => type !== null && id !== null && hidesFrom(store, { type, id });
  return index.all().some(isHidden) ? indexNotes(index.all().filter((note) => !isHidden(note))) : index;
}

function wholeNotes(whole: StoreReader): NotesIndex {
  const place = whole.placeAt(NOTES_REF);
  const known = cache.get(whole);
  if (known !== undefined && known.place.commit === place.commit) return known.index;
  const notes = known === undefined ? readAll(whole, place) : readDifference(whole, known, place);
  const index = indexNotes([...notes.values()]);
  cache.set(whole, { place, notes, index });
  return index;
}

function readAll(store: StoreReader, place: Place): Map<string, Note> {
  const notes = new Map<string, Note>();
  for (const version of store.entitiesAt('note', place)) notes.set(version.id, toNote(store, version));
  return notes;
}

function readDifference(store: StoreReader, known: Cached, place: Place): Map<string, Note> {
  const notes = new Map(known.notes);
  for (const change of store.changesBetween(known.place, place)) {
    if (change.after === null) notes.delete(change.id);
    else for (const version of store.versions([change.after])) notes.set(version.id, toNote(store, version));
  }
  return notes;
}

function toNote(store: StoreReader, version: StoredVersion): Note {
  const { fields } = version;
  const written = store.commitOf(version.row);
  const [commit, type, id, hash] = [
    textOf(fields, 'commit'),
    textOf(fields, 'entityType'),
    textOf(fields, 'entityId'),
    textOf(fields, 'version'),
  ];
  return {
    note: EntityId.parse(version.id),
    kind: fields['kind'] === 'tag' ? 'tag' : 'comment',
    text: textOf(fields, 'text') ?? '',
    author: written.author,
    authorName: written.authorName,
    at: written.at,
    commit: commit === null ? null : CommitHash.parse(commit),
    type,
    id: id === null ? null : EntityId.parse(id),
    version: hash === null ? null : VersionHash.parse(hash),
  };
}

function indexNotes(notes: readonly Note[]): NotesIndex {
  const sorted = notes.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.note < b.note ? -1 : 1));
  const byId = new Map(sorted.map((note) => [note.note as string, note]));
  const byCommit = groupBy(
    sorted.filter((note) => note.version === null && note.commit !== null),
    (note) => note.commit ?? '',
  );
  const byEntity = groupBy(
    sorted.filter((note) => note.version !== null),
    (note) => `${note.type} ${note.id}`,
  );
  const tagged = sorted.flatMap((note) =>
    note.kind === 'tag' && note.version === null && note.commit !== null ? [{ commit: note.commit, tag: note.text }] : [],
  );
  return {
    all: () => sorted,
    find: (note) => byId.get(note),
    onCommit: (commit) => byCommit.get(commit) ?? [],
    onEntity: (type, id) => byEntity.get(`${type} ${id}`) ?? [],
    commitByTag: (tag) => tagged.findLast((entry) => entry.tag === tag)?.commit ?? null,
    taggedCommits: () => tagged,
  };
}

function groupBy(notes: readonly Note[], keyOf: (note: Note) => string): Map<string, Note[]> {
  const groups = new Map<string, Note[]>();
  for (const note of notes) {
    const key = keyOf(note);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [note]);
    else group.push(note);
  }
  return groups;
}
