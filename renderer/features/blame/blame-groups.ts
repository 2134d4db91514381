import type { BlamedField } from '../../../shared/contract/app/versions.ts';

/** Fields whose values have one story: set by the same commit, and brought here by the same merges with the same decisions. */
export interface BlameGroup {
  readonly fields: readonly BlamedField[];
  /** Any of the fields: they tell the same. */
  readonly story: BlamedField;
}

/** The fields of a record by their story, the newest first; within a story they keep their order. Every field is in exactly one group. */
export function groupBlame(fields: readonly BlamedField[]): readonly BlameGroup[] {
  const groups = new Map<string, BlamedField[]>();
  for (const field of fields) {
    const key = storyKey(field);
    const group = groups.get(key);
    if (group) group.push(field);
    else groups.set(key, [field]);
  }
  return [...groups.values()]
    .flatMap((group) => (group[0] ? [{ fields: group, story: group[0] }] : []))
    .toSorted((a, b) => (a.story.at < b.story.at ? 1 : a.story.at > b.story.at ? -1 : 0));
}

/** A decision is about one field, or about the record: a field with one of its own stands alone. */
function storyKey({ field, commit, through }: BlamedField): string {
  const merges = through.map(({ commit: merge, side, decision }) => [merge, side, decision && (decision.field ?? '')]);
  const isDecidedAlone = through.some(({ decision }) => decision !== null && decision.field !== null);
  return JSON.stringify([commit, merges, isDecidedAlone ? field : null]);
}
