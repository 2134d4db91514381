import type { HouseRule } from '../../../shared/contract/app/merges.ts';
import { entityTypes, findEntityType } from '../../../shared/roster/entity-type.ts';
import { hasStatusOrder } from '../../../shared/roster/status-order.ts';
import { t } from '../../messages/index.ts';

export type Preference = HouseRule['prefer'];

const takes: Readonly<Record<Preference, Parameters<typeof t>[0]>> = {
  target: 'houseRules.take_target',
  source: 'houseRules.take_source',
  newest: 'houseRules.take_newest',
  union: 'houseRules.take_union',
  'furthest-status': 'houseRules.takeFurthest',
};

const names: Readonly<Record<Preference, Parameters<typeof t>[0]>> = {
  target: 'houseRules.prefer_target',
  source: 'houseRules.prefer_source',
  newest: 'houseRules.prefer_newest',
  union: 'houseRules.prefer_union',
  'furthest-status': 'houseRules.preferFurthest',
};

/** What a rule is about, in words: `Status of swaps`; `anything of absences`. */
export function subjectText({ type, field }: Pick<HouseRule, 'type' | 'field'>): string {
  const definition = findEntityType(type);
  const records = definition?.plural ?? type;
  return field === null
    ? t('houseRules.whatAll', { records })
    : t('houseRules.whatField', { field: definition?.fields[field]?.label ?? field, records });
}

/** The rule as a sentence: `When both branches changed Status of swaps, the status that is further along is taken.` */
export function ruleText(rule: HouseRule): string {
  return t('houseRules.sentence', { when: t('houseRules.when'), what: subjectText(rule), take: takeText(rule) });
}

/** What happens by the rule, without the when. */
export function takeText({ prefer }: HouseRule): string {
  return t(takes[prefer]);
}

/** The name of a preference in a list of choices. */
export function preferenceName(prefer: Preference): string {
  return t(names[prefer]);
}

/** The kinds of record a rule can be about. */
export function typeChoices(): { value: string; label: string }[] {
  return entityTypes.map(({ type, plural }) => ({ value: type, label: `${plural.charAt(0).toUpperCase()}${plural.slice(1)}` }));
}

/** The fields of a kind that both sides of a merge can have changed; what is computed or set once never is. */
export function fieldChoices(type: string): { value: string; label: string }[] {
  return Object.entries(findEntityType(type)?.fields ?? {})
    .filter(([, field]) => field.kind !== 'computed' && field.immutable !== true)
    .map(([value, { label }]) => ({ value, label }));
}

/** The preferences that can decide anything for the field: joining is for lists, the furthest status for a status. */
export function preferencesFor(type: string, field: string | null): readonly Preference[] {
  const definition = findEntityType(type);
  const kinds = field === null ? Object.values(definition?.fields ?? {}) : [definition?.fields[field]];
  // A field that takes a list takes an empty one.
  const hasLists = kinds.some((kind) => kind?.check([]) === null);
  const hasStatus = hasStatusOrder(type) && (field === null || field === 'status');
  return ['target', 'source', 'newest', ...(hasLists ? (['union'] as const) : []), ...(hasStatus ? (['furthest-status'] as const) : [])];
}

/** The rules with one moved by a step; the same list where it cannot go further. */
export function moveRule(rules: readonly HouseRule[], from: number, step: 1 | -1): readonly HouseRule[] {
  const to = from + step;
  const [moved, other] = [rules[from], rules[to]];
  if (!moved || !other) return rules;
  return rules.map((rule, index) => (index === from ? other : index === to ? moved : rule));
}
