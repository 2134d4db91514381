import type { AutomaticMerge, Conflict, Decision, SideStory } from '../../../shared/contract/app/merges.ts';
import { EntityId } from '../../../shared/ids.ts';
import type { Fields, Json } from '../../../shared/json.ts';
import type { Resolution } from '../../../shared/contract/app/merges.ts';
import { findEntityType, type Names } from '../../../shared/roster/entity-type.ts';
import { isOffered, type Resolution as StoredResolution } from '../../../shared/versioning/conflict.ts';
import type { CommitRecord, Place } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { describeFieldChanges } from '../words/field-changes.ts';
import { asFields, type FoundAutomatic, type FoundConflict } from './compute-merge.ts';
import { findSetter } from './find-setter.ts';
import type { Choice } from './merge-steps.ts';

/** What the words of a merge are put together from. */
export interface MergeWords {
  readonly store: StoreReader;
  readonly names: Names;
  readonly sourceName: string;
  readonly targetName: string;
  /** Where each side's values come from; `null` where a commit is taken back, which nobody set. */
  readonly source: Place | null;
  readonly target: Place;
}

type ConflictInWords = Omit<Conflict, 'decision' | 'remembered'>;

const kinds = ['source', 'target', 'base', 'custom', 'delete', 'keep-both'] as const;

/** One conflict for people: what it is about, what was there, and what each side made of it, by whom, when and why. */
export function describeConflict(words: MergeWords, { id, conflict, record }: FoundConflict): ConflictInWords {
  const { entity, field, kind, base, source, target, baseUnknown } = conflict;
  const { title, typeLabel, label } = nameThing(words.names, entity.type, entity.id, field, [
    record.target?.fields ?? null,
    record.source?.fields ?? null,
    record.bases[0]?.fields ?? null,
  ]);
  const text = (value: Json): string => valueInWords(words.names, entity.type, field, value);
  const baseText = baseUnknown ? 'different on both sides' : text(base);
  const stories = {
    source: words.source === null ? null : tellSide(words, { entity, field }, words.source),
    target: tellSide(words, { entity, field }, words.target),
  };
  const sourceText = text(source);
  const targetText = text(target);
  const sides = [sideSentence(words.targetName, targetText, stories.target), sideSentence(words.sourceName, sourceText, stories.source)];
  const change = (next: string): string => (field === null && next === 'deleted' ? 'deleted it' : `${baseText} → ${next}`);
  return {
    id,
    entity: { type: entity.type, id: EntityId.parse(entity.id) },
    field,
    kind,
    base,
    source,
    target,
    baseUnknown,
    title,
    typeLabel,
    label,
    sentence: `${title}${isPlain(entity.type, field) ? '' : `, ${label}`}: ${kind === 'add-add' ? 'added on both' : `was ${baseText}`}; ${sides.join('; ')}`,
    baseText,
    sourceText,
    targetText,
    sourceStory: stories.source === null ? null : toStory(stories.source, words.sourceName, change(sourceText)),
    targetStory: stories.target === null ? null : toStory(stories.target, words.targetName, change(targetText)),
    baseToSource: diffInWords(words.names, entity.type, record.bases[0]?.fields ?? null, record.source?.fields ?? null),
    baseToTarget: diffInWords(words.names, entity.type, record.bases[0]?.fields ?? null, record.target?.fields ?? null),
    offered: kinds.filter((each) => isOffered(conflict, exampleOf(each))),
  };
}

/** One thing that merged by itself, for people. */
export function describeAutomatic(words: MergeWords, { id, merge, record }: FoundAutomatic): Omit<AutomaticMerge, 'override'> {
  const { entity, field, from, base, source, target, value } = merge;
  const text = (stand: Json): string => valueInWords(words.names, entity.type, field, stand);
  return {
    id,
    entity: { type: entity.type, id: EntityId.parse(entity.id) },
    field,
    from,
    ...nameThing(words.names, entity.type, entity.id, field, [
      asFields(field === null ? value : null) ?? record.target?.fields ?? null,
      record.source?.fields ?? null,
      record.bases[0]?.fields ?? null,
    ]),
    baseText: text(base),
    sourceText: text(source),
    targetText: text(target),
    valueText: text(value),
    base,
    source,
    target,
    value,
  };
}

/** A decision as the contract tells it. */
export function describeChoice({ resolution, by, author, authorName, at, reason, origin }: Choice): Decision {
  return { resolution: publicResolution(resolution), by, author, authorName, at, reason, origin };
}

export function publicResolution(resolution: StoredResolution): Resolution {
  return resolution.kind === 'keep-both' ? { kind: 'keep-both' } : { ...resolution };
}

/** A value of a field, or with `field: null` a record, in words. */
export function valueInWords(names: Names, type: string, field: string | null, value: Json): string {
  const definition = findEntityType(type);
  if (field === null) {
    const fields = asFields(value);
    return fields === null ? 'deleted' : (definition?.text(fields, names) ?? JSON.stringify(fields));
  }
  if (value === null) return 'nothing';
  const known = definition !== undefined && Object.hasOwn(definition.fields, field) ? definition.fields[field] : undefined;
  return known?.text(value, names) || JSON.stringify(value);
}

/** What a record is called, and its field: the first stand that is there gives the name. */
export function nameThing(
  names: Names,
  type: string,
  id: string,
  field: string | null,
  stands: readonly (Fields | null)[],
): { readonly title: string; readonly typeLabel: string; readonly label: string } {
  const definition = findEntityType(type);
  const fields = stands.find((stand) => stand !== null) ?? {};
  const typeLabel = definition?.label ?? type;
  return {
    title: definition?.title(fields, names) ?? `${type} ${id}`,
    typeLabel,
    label:
      field === null
        ? typeLabel
        : ((Object.hasOwn(definition?.fields ?? {}, field) ? definition?.fields[field]?.label : undefined) ?? field),
  };
}

function tellSide(
  { store }: MergeWords,
  { entity, field }: { readonly entity: { readonly type: string; readonly id: string }; readonly field: string | null },
  place: Place,
): CommitRecord | null {
  // On a side that has no such record any more, its delete is what happened to the field.
  const standing = field === null || store.versionAt(entity.type, entity.id, place) !== null;
  return findSetter(store, { ...entity, field: standing ? field : null }, place)?.commit ?? null;
}

function toStory(commit: CommitRecord, branch: string, text: string): SideStory {
  const { author, authorName, at, message, reason } = commit;
  return { branch, commit: commit.commit, author, authorName, at, message, reason, text };
}

function sideSentence(name: string, text: string, commit: CommitRecord | null): string {
  const did = text === 'deleted' ? `${name} deleted it` : `${name} → ${text}`;
  if (commit === null) return did;
  const why = commit.reason === null || commit.reason === '' ? '' : `, ${commit.reason}`;
  return `${did} (${commit.authorName}, ${momentInWords(commit.at)}${why})`;
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Tue 4 Aug 09:12`, in UTC. */
export function momentInWords(instant: string): string {
  const date = new Date(instant);
  return `${weekdays[date.getUTCDay()]} ${date.getUTCDate()} ${months[date.getUTCMonth()]} ${instant.slice(11, 16)}`;
}

/** What a cell shows needs no label. */
function isPlain(type: string, field: string | null): boolean {
  return field === null || (type === 'assignment' && field === 'activity');
}

function diffInWords(names: Names, type: string, from: Fields | null, to: Fields | null): Conflict['baseToSource'] {
  const definition = findEntityType(type);
  return definition === undefined ? [] : describeFieldChanges({ definition, from, to, fromNames: names, toNames: names });
}

function exampleOf(kind: (typeof kinds)[number]): StoredResolution {
  if (kind === 'custom') return { kind, value: null };
  return kind === 'keep-both' ? { kind, newId: '' } : { kind };
}
