import type { EntityTypeDefinition } from '../../../shared/roster/entity-type.ts';
import { textOf } from '../../../shared/roster/field.ts';
import { isBranchRef } from '../../../shared/versioning/ref-name.ts';
import type { RefLogEntry, StoredVersion } from '../local-store/store.ts';
import { movesSince, type Mark } from '../moves-since.ts';
import type { StoreReader } from '../reader.ts';

/** By type: the ids of all records that had an identifier on some branch since the file was opened. Some may be gone: whoever asks looks. */
interface Kept {
  readonly mark: Mark | null;
  readonly idsByIdentifier: Map<string, Set<string>>;
}

const kept = new WeakMap<StoreReader, Map<string, Kept>>();

/**
 * The record with an identifier: `here` on this branch, else the same record where it stands on another one. `null` where it stands on none.
 * Whoever may see it is not asked.
 */
export function findByIdentifier(
  whole: StoreReader,
  definition: EntityTypeDefinition,
  identifier: string,
  ref: string,
): { readonly id: string; readonly here: StoredVersion | null } | null {
  const ids = [...(identifiersOf(whole, definition).get(identifier) ?? [])];
  if (ids.length === 0) return null;
  const findOn = (name: string): StoredVersion | undefined => {
    const place = whole.placeAt(name);
    const found = ids.map((id) => whole.versionAt(definition.type, id, place));
    return found.find((version) => version !== null && identifierOf(definition, version) === identifier) ?? undefined;
  };
  const here = findOn(ref);
  if (here !== undefined) return { id: here.id, here };
  for (const other of whole.refNames()) {
    const there = isBranchRef(other) && other !== ref && whole.ref(other)?.deletedAt === null ? findOn(other) : undefined;
    if (there !== undefined) return { id: there.id, here: null };
  }
  return null;
}

function identifiersOf(whole: StoreReader, definition: EntityTypeDefinition): Kept['idsByIdentifier'] {
  const byType = kept.get(whole) ?? new Map<string, Kept>();
  kept.set(whole, byType);
  const known = byType.get(definition.type);
  const { moves, mark } = movesSince(whole, known?.mark ?? null);
  const isStep = moves !== null && known !== undefined;
  const idsByIdentifier = isStep ? known.idsByIdentifier : new Map<string, Set<string>>();
  const add = (version: StoredVersion): void => {
    const identifier = identifierOf(definition, version);
    if (identifier !== null) idsByIdentifier.set(identifier, (idsByIdentifier.get(identifier) ?? new Set()).add(version.id));
  };
  if (isStep) for (const move of moves) addMove(whole, definition.type, { move, add });
  else for (const ref of whole.refNames()) addBranch(whole, definition.type, { ref, add });
  byType.set(definition.type, { mark, idsByIdentifier });
  return idsByIdentifier;
}

type Add = (version: StoredVersion) => void;

function addMove(whole: StoreReader, type: string, { move, add }: { readonly move: RefLogEntry; readonly add: Add }): void {
  // A branch that is made or brought back may show what stands on no other one any more.
  if (move.cause.kind !== 'commit') return addBranch(whole, type, { ref: move.ref, add });
  if (move.new === null || whole.commit(move.new)?.counts.some((count) => count.type === type) !== true) return;
  const changes = whole.changesOf(move.new).filter((change) => change.type === type);
  for (const version of whole.versions(changes.flatMap(({ after }) => (after === null ? [] : [after])))) add(version);
}

function addBranch(whole: StoreReader, type: string, { ref, add }: { readonly ref: string; readonly add: Add }): void {
  if (!isBranchRef(ref)) return;
  for (const version of whole.entitiesAt(type, whole.placeAt(ref))) add(version);
}

function identifierOf({ identifier }: EntityTypeDefinition, { fields }: StoredVersion): string | null {
  return identifier === null ? null : textOf(fields, identifier);
}
