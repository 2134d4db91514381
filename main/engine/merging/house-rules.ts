import { HouseRule } from '../../../shared/contract/app/merges.ts';
import type { Json } from '../../../shared/json.ts';
import { findEntityType } from '../../../shared/roster/entity-type.ts';
import { furthestStatus } from '../../../shared/roster/status-order.ts';
import { canonicalJson } from '../../../shared/versioning/canonical.ts';
import { isOffered, type Conflict, type Resolution } from '../../../shared/versioning/conflict.ts';
import type { Place } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import type { FoundConflict } from './compute-merge.ts';
import { findSetter } from './find-setter.ts';
import type { Choice } from './merge-steps.ts';

/** The house rules of the programme, in the order they were set. */
export function readHouseRules(store: StoreReader): HouseRule[] {
  const parsed = HouseRule.array().safeParse(store.merges.houseRules() ?? []);
  return parsed.success ? parsed.data : [];
}

/** Where the sides of a merge stand, for a rule that asks who was last. */
export interface RuleSides {
  readonly source: Place | null;
  readonly target: Place;
}

/**
 * What the house rules say about a conflict: a rule for the field comes before one for the whole type. `null` where none says anything. The
 * answer follows from the rules and the two sides alone.
 */
export function decideByRule(store: StoreReader, rules: readonly HouseRule[], sides: RuleSides): (found: FoundConflict) => Choice | null {
  const decidedAt = [sides.source?.at ?? '', sides.target.at ?? ''].toSorted().at(-1) || new Date(0).toISOString();
  return ({ id, stands, conflict }) => {
    const ofType = rules.filter((rule) => rule.type === conflict.entity.type);
    const candidates = [
      ...ofType.filter((rule) => rule.field !== null && rule.field === conflict.field),
      ...ofType.filter((rule) => rule.field === null),
    ];
    for (const rule of candidates) {
      const resolution = applyRule(store, rule, conflict, sides);
      if (resolution === null || !isOffered(conflict, resolution)) continue;
      return {
        conflict: id,
        stands,
        resolution,
        by: 'rule',
        author: 'house-rule',
        authorName: 'House rule',
        at: decidedAt,
        reason: null,
        origin: nameRule(rule),
      };
    }
    return null;
  };
}

/** `Swaps, Status: the furthest status`. */
function nameRule({ type, field, prefer }: HouseRule): string {
  const definition = findEntityType(type);
  const plural = definition?.plural ?? type;
  const label =
    field === null
      ? 'everything'
      : ((Object.hasOwn(definition?.fields ?? {}, field) ? definition?.fields[field]?.label : undefined) ?? field);
  return `${plural.charAt(0).toUpperCase()}${plural.slice(1)}, ${label}: ${preferences[prefer]}`;
}

const preferences: Readonly<Record<HouseRule['prefer'], string>> = {
  target: 'what the branch that is merged into has',
  source: 'what the branch that is merged has',
  newest: 'the newest',
  union: 'everything from both',
  'furthest-status': 'the furthest status',
};

function applyRule(store: StoreReader, { prefer }: HouseRule, conflict: Conflict, sides: RuleSides): Resolution | null {
  switch (prefer) {
    case 'target':
    case 'source':
      return { kind: prefer };
    case 'newest': {
      const [source, target] = [setAt(store, conflict, sides.source), setAt(store, conflict, sides.target)];
      if (source === null || target === null || source === target) return null;
      return { kind: source > target ? 'source' : 'target' };
    }
    case 'union': {
      const value = conflict.field === null ? undefined : unionOf(conflict.source, conflict.target);
      return value === undefined ? null : { kind: 'custom', value };
    }
    case 'furthest-status': {
      if (conflict.field === null) return null;
      const further = furthestStatus(conflict.entity.type, conflict.source, conflict.target);
      return further === null ? null : { kind: further === 'one' ? 'source' : 'target' };
    }
  }
}

function setAt(store: StoreReader, { entity, field }: Conflict, place: Place | null): string | null {
  if (place === null) return null;
  const standing = field !== null && store.versionAt(entity.type, entity.id, place) !== null;
  return findSetter(store, { ...entity, field: standing ? field : null }, place)?.commit.at ?? null;
}

/** All elements of two lists, in canonical order; `undefined` unless both are lists. */
function unionOf(source: Json, target: Json): Json | undefined {
  if (!Array.isArray(source) || !Array.isArray(target)) return undefined;
  const elements: readonly Json[] = [...source, ...target];
  const byText = new Map(elements.map((element) => [canonicalJson(element), element]));
  return [...byText].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, element]) => element);
}
