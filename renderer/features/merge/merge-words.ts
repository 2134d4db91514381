import type { AutomaticMerge, Conflict, Decision, MergeSession, Resolution, SideStory } from '../../../shared/contract/app/merges.ts';
import { t } from '../../messages/index.ts';

/** The two sides by the letters and colours they have on screen: A is the branch merged into, B the one merged from. */
export type SideLetter = 'A' | 'B';

type Sides = Pick<MergeSession, 'source' | 'target'>;

/** The order people look for things in: by kind, then by name, then by day. */
export function inReadingOrder<T extends Pick<Conflict, 'title' | 'typeLabel' | 'label'>>(items: readonly T[]): T[] {
  // Without its weekday a title sorts by person and then by day.
  const key = ({ typeLabel, title, label }: T): string => `${typeLabel} ${title.replace(/\w{3} (?=\d{4}-\d{2}-\d{2})/, '')} ${label}`;
  const keys = new Map(items.map((item) => [item, key(item)]));
  return items.toSorted((a, b) => (keys.get(a) ?? '').localeCompare(keys.get(b) ?? '', 'en', { numeric: true }));
}

/** What the button of a side is called: `Use main (Bruno)`; without a person where nobody is known. */
export function useText(branch: string, story: SideStory | null): string {
  return story === null ? t('merge.useNobody', { branch }) : t('merge.use', { branch, person: story.authorName });
}

/** Everybody whose values a side brings to the conflicts, the most frequent first. */
export function peopleOfSide(conflicts: readonly Conflict[], letter: SideLetter): readonly string[] {
  const counts = new Map<string, number>();
  for (const { sourceStory, targetStory } of conflicts) {
    const name = (letter === 'A' ? targetStory : sourceStory)?.authorName;
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].toSorted(([a, x], [b, y]) => y - x || a.localeCompare(b)).map(([name]) => name);
}

/** `try-4-week (Ana)`; at most three names. */
export function sideText(branch: string, people: readonly string[]): string {
  if (people.length === 0) return branch;
  return `${branch} (${people.slice(0, 3).join(', ')}${people.length > 3 ? '…' : ''})`;
}

/** What a value reads as where nothing stands for itself. */
export function valueText(text: string): string {
  return text === '' ? t('common.nothing') : text;
}

/** A resolution in words, with the value it leads to: `took main: ICU`. */
export function choiceText(resolution: Resolution, item: Conflict | AutomaticMerge, sides: Sides): string {
  switch (resolution.kind) {
    case 'target':
      return t('merge.choiceTarget', { target: sides.target });
    case 'source':
      return t('merge.choiceSource', { source: sides.source });
    case 'base':
      return t('merge.choiceBase');
    case 'delete':
      return t('merge.choiceDelete');
    case 'keep-both':
      return t('merge.choiceKeepBoth');
    case 'custom':
      return t('merge.choiceCustom', { value: customText(resolution.value, item) });
  }
}

/** The value that a resolution leads to, in words. */
export function outcomeText(resolution: Resolution, item: Conflict | AutomaticMerge): string {
  switch (resolution.kind) {
    case 'target':
      return valueText(item.targetText);
    case 'source':
      return valueText(item.sourceText);
    case 'base':
      return valueText(item.baseText);
    case 'delete':
      return t('merge.resultDeleted');
    case 'keep-both':
      return t('merge.choiceKeepBoth');
    case 'custom':
      return customText(resolution.value, item);
  }
}

function customText(value: unknown, { field }: Pick<Conflict, 'field'>): string {
  if (value === null) return t('common.nothing');
  if (typeof value === 'string') return value;
  return field === null ? t('merge.edit').toLowerCase() : JSON.stringify(value);
}

/** Whose decision it is, for the tabs: mine (a person's, in this merge or an earlier one), a rule's, or nobody's yet. */
export function stateOf({ decision }: Pick<Conflict, 'decision'>): 'left' | 'mine' | 'rule' {
  if (decision === null) return 'left';
  return decision.by === 'rule' ? 'rule' : 'mine';
}

/** `4 of 11 left`. */
export function leftText({ left, conflictCount }: Pick<MergeSession, 'left' | 'conflictCount'>): string {
  return t('merge.left', { left, count: conflictCount });
}

/** How a decision came about, for the mark beside it. */
export function originText(decision: Decision, at: string): string {
  switch (decision.by) {
    case 'rule':
      return t('merge.chosenRule', { rule: decision.origin ?? '' });
    case 'memory':
      return t('merge.chosenMemory');
    case 'person':
      return t('merge.chosenBy', { name: decision.authorName, at });
  }
}
