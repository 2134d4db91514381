import type { Change } from '../../../shared/contract/app/changes.ts';
import { notFound, quote, RefusedError, type RefusalData } from '../../../shared/errors.ts';
import type { Fields, Json } from '../../../shared/json.ts';
import { checkFields, checkImmutable, publicTypeOf, type EntityTypeDefinition } from '../../../shared/roster/entity-type.ts';
import { sameFields } from '../../../shared/versioning/diff.ts';
import { makeSalt, makeUuidV7 } from '../ids.ts';
import type { DraftChange, Place } from '../local-store/store.ts';
import type { StoreReader, Writer } from '../reader.ts';
import { keyOf } from './append-gesture.ts';

type Problem = NonNullable<RefusalData['fields']>[number];

interface Named {
  readonly change: Change;
  readonly definition: EntityTypeDefinition;
  readonly id: string;
}

/**
 * Turns changes as they were asked for into whole records against the state at a place. Every problem of every change is collected before
 * anything is refused. Updates that change nothing are left out.
 */
export function prepareChanges(writer: Writer, place: Place, changes: readonly Change[]): DraftChange[] {
  const problems: Problem[] = [];
  const named = nameChanges(writer, changes, problems);
  const before = named.map((entry) => checkExistence(writer.store, place, entry));
  const prepared = named.flatMap((entry, index) => prepareOne(writer, entry, before[index] ?? null, problems));
  if (problems.length > 0) throw invalid(problems);
  return prepared;
}

function nameChanges(writer: Writer, changes: readonly Change[], problems: Problem[]): Named[] {
  const seen = new Set<string>();
  const named: Named[] = [];
  for (const change of changes) {
    const definition = publicTypeOf(change.type);
    if (change.id === undefined && change.op !== 'create') {
      problems.push({ field: 'id', problem: `Say which ${definition.label} to ${change.op}.`, type: change.type });
      continue;
    }
    const id = change.id ?? makeUuidV7(writer.clock(), writer.random);
    if (seen.has(keyOf({ type: change.type, id })))
      problems.push({ field: 'id', problem: 'One commit changes each record once; this one is named twice.', type: change.type, id });
    seen.add(keyOf({ type: change.type, id }));
    named.push({ change, definition, id });
  }
  if (problems.length > 0) throw invalid(problems);
  return named;
}

function checkExistence(store: StoreReader, place: Place, { change, definition, id }: Named): Fields | null {
  const current = store.versionAt(change.type, id, place);
  if (change.op === 'create' && current !== null)
    throw new RefusedError(
      'EXISTS',
      `There is a ${definition.label} “${quote(id)}” already. Update it, or leave the id out to make a new one.`,
      {
        what: change.type,
        id: quote(id),
      },
    );
  if (change.op !== 'create' && current === null) throw notFound(definition.label, id);
  return current?.fields ?? null;
}

function prepareOne(writer: Writer, { change, definition, id }: Named, before: Fields | null, problems: Problem[]): DraftChange[] {
  const { type, op } = change;
  if (op === 'delete') {
    if (change.fields !== undefined && Object.keys(change.fields).length > 0)
      problems.push({ field: Object.keys(change.fields)[0] ?? 'fields', problem: 'A delete takes no fields.', type, id });
    return [{ type, id, op, fields: null }];
  }
  const after = normalise(definition, applyPatch(before ?? {}, change.fields ?? {}));
  const found = [...checkFields(definition, after), ...(before === null ? [] : checkImmutable(definition, before, after))];
  for (const { field, problem } of found) problems.push({ field, problem, type, id });
  if (found.length > 0 || (before !== null && sameFields(before, after))) return [];
  return [{ type, id, op, fields: after, ...(definition.personal ? { salt: makeSalt(writer.random) } : {}) }];
}

function normalise(definition: EntityTypeDefinition, fields: Fields): Fields {
  return definition.normalise?.(fields) ?? fields;
}

/** The record with the patch laid over it: fields not sent stay, `null` clears. Keys such as `__proto__` stay keys, so that they are named. */
export function applyPatch(before: Fields, patch: Fields): Fields {
  const after: Record<string, Json> = {};
  for (const source of [before, patch])
    for (const field of Object.keys(source))
      Object.defineProperty(after, field, { value: source[field] ?? null, enumerable: true, configurable: true, writable: true });
  for (const field of Object.keys(after)) if (after[field] === null) delete after[field];
  return after;
}

const problemsShown = 100;

/** The refusal that names what is wrong with records that were asked for. */
export function invalid(problems: readonly Problem[]): RefusedError {
  const [first] = problems;
  // Which record it is needs no saying where only one was sent.
  const isAlone = problems.every(({ type, id }) => type === first?.type && id === first?.id);
  const record = isAlone || first?.id === undefined ? '' : `${first.type ?? 'record'} “${quote(first.id)}”: `;
  const where = `${record}${first?.problem ?? ''}`;
  const more = problems.length > 1 ? ` And ${problems.length - 1} more.` : '';
  return new RefusedError('INVALID', `Nothing was saved. ${where}${more}`, { what: 'field', fields: problems.slice(0, problemsShown) });
}
