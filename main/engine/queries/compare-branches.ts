import type { EntityChange } from '../../../shared/contract/app/base.ts';
import { RefusedError, quote } from '../../../shared/errors.ts';
import { EntityId } from '../../../shared/ids.ts';
import type { Fields } from '../../../shared/json.ts';
import { entityTypeOf, entityTypes, publicTypeOf, type Names } from '../../../shared/roster/entity-type.ts';
import { sameFields } from '../../../shared/versioning/diff.ts';
import { readStands } from '../merging/read-stands.ts';
import type { NetChange, Place, StoredVersion } from '../local-store/store.ts';
import type { StoreReader } from '../reader.ts';
import { describeEntityChange } from '../words/entity-change.ts';
import { namesAt, namesOfEither } from '../words/names-at.ts';
import { entityCountsAt } from './entity-counts.ts';
import { findActiveBranch } from './find-branch.ts';
import { loadVersions } from './load-versions.ts';

interface EntityRef {
  readonly type: string;
  readonly id: EntityId;
  readonly title: string;
}

export interface BranchComparison {
  readonly a: string;
  readonly b: string;
  readonly types: string[];
  readonly uniqueToA: EntityRef[];
  readonly uniqueToB: EntityRef[];
  readonly modifiedInBoth: EntityRef[];
  readonly differences: EntityChange[];
  readonly identical: number;
}

/**
 * What only one of two branches has now, what both changed since their common ancestor, what is in both and differs, and how many records are
 * the same. Refuses NOT_FOUND unless both branches exist.
 */
export function compareBranches(
  store: StoreReader,
  { a, b, types }: { readonly a: string; readonly b: string; readonly types?: readonly string[] | undefined },
): BranchComparison {
  const wanted =
    types === undefined ? entityTypes.map((definition) => definition.type) : [...new Set(types.map((type) => publicTypeOf(type).type))];
  const [placeA, placeB] = bothPlaces(store, a, b);
  const changes = store.changesBetween(placeA, placeB, { types: wanted });
  const versionByRow = loadVersions(store, changes);
  const [namesA, namesB] = [namesAt(store, placeA), namesAt(store, placeB)];
  const names = namesOfEither(namesA, namesB);
  const refOf = ({ type, id, before, after }: NetChange): EntityRef =>
    nameEntity(type, id, (versionByRow(after) ?? versionByRow(before))?.fields ?? {}, names);
  const differing = changes.filter((change) => change.before !== null && change.after !== null);
  const onlyA = changes.filter((change) => change.after === null);
  const existingInA = wanted.reduce((sum, type) => sum + (entityCountsAt(store, placeA).get(type) ?? 0), 0);
  return {
    a,
    b,
    types: wanted,
    uniqueToA: onlyA.map(refOf),
    uniqueToB: changes.filter((change) => change.before === null).map(refOf),
    modifiedInBoth: changedOnBoth(store, { placeA, placeB, types: wanted, names }),
    differences: differing.map((change) =>
      describeEntityChange({
        type: change.type,
        id: change.id,
        before: versionByRow(change.before),
        after: versionByRow(change.after),
        cause: change.cause === null ? null : store.commitOf(change.cause),
        fromNames: namesA,
        toNames: namesB,
      }),
    ),
    identical: existingInA - onlyA.length - differing.length,
  };
}

/** Where two branches stand now. Refuses NOT_FOUND unless both are there. */
export function bothPlaces(store: StoreReader, a: string, b: string): readonly [Place, Place] {
  const [first, second] = [findActiveBranch(store, a), findActiveBranch(store, b)];
  if (first !== null && second !== null) return [store.placeAt(first.ref), store.placeAt(second.ref)];
  const missing = [...(first === null ? [a] : []), ...(second === null ? [b] : [])].map((name) => `“${quote(name)}”`);
  throw new RefusedError('NOT_FOUND', `One or both branches not found: ${missing.join(' and ')}.`, {
    what: 'branch',
    id: quote(first === null ? a : b),
  });
}

function changedOnBoth(
  store: StoreReader,
  {
    placeA,
    placeB,
    types,
    names,
  }: { readonly placeA: Place; readonly placeB: Place; readonly types: readonly string[]; readonly names: Names },
): EntityRef[] {
  // After earlier merges the common ancestor is what was merged last, not where the branches began.
  const bases = store.mergeBases(placeA, placeB);
  return readStands(store, { bases, source: placeA, target: placeB }, types)
    .filter(({ bases: stands, source, target }) => stands.every((base) => isChanged(base, source) && isChanged(base, target)))
    .map(({ type, id, bases: stands, source, target }) =>
      nameEntity(type, id, (source ?? target ?? stands.find((base) => base !== null))?.fields ?? {}, names),
    );
}

function isChanged(base: StoredVersion | null, side: StoredVersion | null): boolean {
  return base?.version !== side?.version && !sameFields(base?.fields ?? null, side?.fields ?? null);
}

function nameEntity(type: string, id: string, fields: Fields, names: Names): EntityRef {
  return { type, id: EntityId.parse(id), title: entityTypeOf(type).title(fields, names) };
}
