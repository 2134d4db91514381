import type { Json } from '../../../../shared/json.ts';

/*
 * What users see of clinics, as plain maps: one shared record per branch, own versions per user. It knows nothing of commits, lines, overlays
 * and indexes; where the engine says something else, one of the two is wrong.
 */

export type Values = Readonly<Record<string, Json>>;

export interface ModelOwn {
  /** What differs from the shared record as it was; `null` for emptied. */
  readonly layer: Values;
  readonly status: 'draft' | 'active' | 'archived';
}

export interface ModelLink {
  readonly linked: boolean;
  readonly first: boolean;
  readonly using: number | null;
  readonly own: ReadonlyMap<number, ModelOwn>;
}

export interface Model {
  readonly branches: ReadonlyMap<string, ReadonlyMap<string, Values>>;
  /** By record and user. */
  readonly links: ReadonlyMap<string, ReadonlyMap<string, ModelLink>>;
  /** The last number given of each record. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly guarded: ReadonlySet<string>;
}

export const emptyModel: Model = { branches: new Map([['main', new Map()]]), links: new Map(), numbers: new Map(), guarded: new Set() };

export type Refused = 'INVALID' | 'NOT_FOUND' | 'PROTECTED' | 'EXISTS';
/** The model after a step, the same one where nothing changed, or the code it is refused with. */
export type Next = Model | Refused;

const noLink: ModelLink = { linked: false, first: false, using: null, own: new Map() };

export function linkOf(model: Model, record: string, user: string): ModelLink {
  return model.links.get(record)?.get(user) ?? noLink;
}

export function sharedOf(model: Model, branch: string, record: string): Values | null {
  return model.branches.get(branch)?.get(record) ?? null;
}

/** What a user sees of a record, and the number of it; `null` for nothing. */
export function see(
  model: Model,
  user: string,
  branch: string,
  record: string,
): { readonly fields: Values; readonly version: number | null } | null {
  const shared = sharedOf(model, branch, record);
  const link = linkOf(model, record, user);
  if (shared === null || !link.linked) return null;
  return { fields: laidOver(shared, link), version: link.using ?? (link.first ? 1 : null) };
}

/** The record of an identifier: on this branch, else on another one. */
export function findRecord(model: Model, branch: string, cns: string): string | null {
  const order = [branch, ...[...model.branches.keys()].filter((name) => name !== branch)];
  for (const name of order) for (const [id, fields] of model.branches.get(name) ?? []) if (fields['cns'] === cns) return id;
  return null;
}

export function register(
  model: Model,
  { user, branch, cns, fields, id }: { user: string; branch: string; cns: string; fields: Values; id: string },
): Next {
  const known = findRecord(model, branch, cns);
  const record = known ?? id;
  const made = sharedOf(model, branch, record) === null ? setShared(model, branch, record, patched({}, { ...fields, cns })) : model;
  if (lacksName(sharedOf(made, branch, record))) return 'INVALID';
  if (known === null) {
    const guarded = new Set([...model.guarded, record]);
    return setLink({ ...made, guarded, numbers: new Map([...made.numbers, [record, 1]]) }, record, user, {
      ...noLink,
      linked: true,
      first: true,
    });
  }
  const link = linkOf(made, record, user);
  const shared = sharedOf(made, branch, record) ?? {};
  const seen = laidOver(shared, link);
  const wanted = patched(seen, fields);
  if (lacksName(wanted)) return 'INVALID';
  if (!same(seen, wanted))
    return keep(made, { user, record, layer: amended(made, { record, link, shared, wanted, fields }), status: 'active' });
  return link.linked ? made : setLink(made, record, user, { ...link, linked: true });
}

export function save(
  model: Model,
  { user, branch, record, fields, status }: { user: string; branch: string; record: string; fields: Values; status: 'draft' | 'active' },
): Next {
  const seen = see(model, user, branch, record);
  const shared = sharedOf(model, branch, record);
  if (seen === null || shared === null) return 'NOT_FOUND';
  const wanted = patched(seen.fields, fields);
  if (lacksName(wanted)) return 'INVALID';
  if (same(seen.fields, wanted)) return model;
  const link = linkOf(model, record, user);
  const layer = amended(model, { record, link, shared, wanted, fields });
  const isKept = status === 'draft' && [...link.own.values()].some((own) => own.status === 'draft' && same(own.layer, layer));
  return isKept ? model : keep(model, { user, record, layer, status });
}

export function clear(
  model: Model,
  { user, branch, record, fields }: { user: string; branch: string; record: string; fields: readonly string[] | null },
): Next {
  if (see(model, user, branch, record) === null) return 'NOT_FOUND';
  const link = linkOf(model, record, user);
  const layer = link.using === null ? null : (link.own.get(link.using)?.layer ?? null);
  if (layer === null) return model;
  const rest = Object.fromEntries(Object.entries(layer).filter(([field]) => fields !== null && !fields.includes(field)));
  if (fields !== null && same(rest, layer)) return model;
  if (Object.keys(rest).length > 0) return keep(model, { user, record, layer: rest, status: 'active' });
  return setLink(model, record, user, letShow(link, null));
}

export function useVersion(
  model: Model,
  { user, branch, record, number }: { user: string; branch: string; record: string; number: number },
): Next {
  if (see(model, user, branch, record) === null) return 'NOT_FOUND';
  const link = linkOf(model, record, user);
  if (number === 1 && link.first) return link.using === null ? model : setLink(model, record, user, letShow(link, null));
  if (!link.own.has(number)) return 'NOT_FOUND';
  return link.using === number ? model : setLink(model, record, user, letShow(link, number));
}

export function unlink(model: Model, { user, record }: { user: string; record: string }): Next {
  const link = linkOf(model, record, user);
  return link.linked ? setLink(model, record, user, { ...link, linked: false }) : 'NOT_FOUND';
}

export function remove(model: Model, { user, record, number }: { user: string; record: string; number: number }): Next {
  const link = linkOf(model, record, user);
  if (!link.linked) return 'NOT_FOUND';
  if ((number === 1 && link.first) || link.using === number) return 'PROTECTED';
  if (!link.own.has(number)) return 'NOT_FOUND';
  return setLink(model, record, user, { ...link, own: new Map([...link.own].filter(([one]) => one !== number)) });
}

export function archive(
  model: Model,
  { user, record, number, archived }: { user: string; record: string; number: number; archived: boolean },
): Next {
  const link = linkOf(model, record, user);
  if (!link.linked) return 'NOT_FOUND';
  if (number === 1 && link.first) return archived ? 'PROTECTED' : model;
  const version = link.own.get(number);
  if (version === undefined) return 'NOT_FOUND';
  if (archived && link.using === number) return 'PROTECTED';
  if (archived === (version.status === 'archived')) return model;
  return setLink(model, record, user, { ...link, own: withStatus(link.own, number, archived ? 'archived' : 'draft') });
}

/** The drafts and archived versions of a user that do not show, by record and number. */
export function unused(model: Model, user: string): readonly { readonly record: string; readonly number: number }[] {
  return [...model.links].flatMap(([record, byUser]) => {
    const link = byUser.get(user);
    if (link === undefined || !link.linked) return [];
    return [...link.own].flatMap(([number, { status }]) => (status === 'active' || number === link.using ? [] : [{ record, number }]));
  });
}

export function cleanUp(model: Model, user: string): Next {
  return unused(model, user).reduce<Model>((cleaned, { record, number }) => {
    const next = remove(cleaned, { user, record, number });
    if (typeof next === 'string') throw new Error(`what is unused cannot be removed: ${next}`);
    return next;
  }, model);
}

/** What a user may see on a branch without any view: open records, and guarded ones of one's own list. */
export function shownOnBranch(model: Model, user: string, branch: string): ReadonlyMap<string, Values> {
  const records = model.branches.get(branch) ?? new Map<string, Values>();
  return new Map([...records].filter(([id]) => !model.guarded.has(id) || linkOf(model, id, user).linked));
}

/** An edit of the shared record itself; `null` deletes it, unless it is on main and somebody else works with it. */
export function edit(
  model: Model,
  { user, branch, record, fields }: { user: string; branch: string; record: string; fields: Values | null },
): Next {
  const before = shownOnBranch(model, user, branch).get(record);
  if (before === undefined) return 'NOT_FOUND';
  if (fields === null && branch === 'main' && isUsedByOthers(model, user, record)) return 'PROTECTED';
  const after = fields === null ? null : patched(before, fields);
  if (after !== null && lacksName(after)) return 'INVALID';
  return after !== null && same(before, after) ? model : setShared(model, branch, record, after);
}

function isUsedByOthers(model: Model, user: string, record: string): boolean {
  return [...(model.links.get(record) ?? [])].some(([other, link]) => other !== user && link.linked && (link.using !== null || link.first));
}

/** A record that is made without any view: everybody sees it. */
export function create(model: Model, { branch, id, cns, fields }: { branch: string; id: string; cns: string; fields: Values }): Next {
  const record = patched({}, { ...fields, cns });
  if (lacksName(record)) return 'INVALID';
  const isTaken = [...(model.branches.get(branch)?.values() ?? [])].some((other) => other['cns'] === cns);
  return isTaken ? 'EXISTS' : setShared(model, branch, id, record);
}

export function fork(model: Model, name: string): Model {
  return { ...model, branches: new Map([...model.branches, [name, model.branches.get('main') ?? new Map<string, Values>()]]) };
}

function keep(
  model: Model,
  { user, record, layer, status }: { user: string; record: string; layer: Values; status: 'draft' | 'active' },
): Model {
  const link = linkOf(model, record, user);
  const number = (model.numbers.get(record) ?? 1) + 1;
  const kept: ModelLink = { ...link, linked: true, own: new Map([...link.own, [number, { layer, status }]]) };
  const next = status === 'draft' ? kept : letShow(kept, number);
  return setLink({ ...model, numbers: new Map([...model.numbers, [record, number]]) }, record, user, next);
}

function letShow(link: ModelLink, using: number | null): ModelLink {
  const before = link.using === null || !link.own.has(link.using) ? link.own : withStatus(link.own, link.using, 'archived');
  return { ...link, using, own: using === null ? before : withStatus(before, using, 'active') };
}

function withStatus(own: ReadonlyMap<number, ModelOwn>, number: number, status: ModelOwn['status']): ReadonlyMap<number, ModelOwn> {
  const version = own.get(number);
  return version === undefined ? own : new Map([...own, [number, { ...version, status }]]);
}

function setShared(model: Model, branch: string, record: string, fields: Values | null): Model {
  const records = new Map(model.branches.get(branch));
  if (fields === null) records.delete(record);
  else records.set(record, fields);
  return { ...model, branches: new Map([...model.branches, [branch, records]]) };
}

function setLink(model: Model, record: string, user: string, link: ModelLink): Model {
  return { ...model, links: new Map([...model.links, [record, new Map([...(model.links.get(record) ?? []), [user, link]])]]) };
}

function laidOver(shared: Values, link: ModelLink): Values {
  return patched(shared, (link.using === null ? undefined : link.own.get(link.using)?.layer) ?? {});
}

function patched(before: Values, patch: Values): Values {
  return Object.fromEntries(Object.entries({ ...before, ...patch }).filter(([, value]) => value !== null));
}

/** What differs here; and what was said before of fields nobody spoke of now, where the record on main says something else. */
function amended(
  model: Model,
  { record, link, shared, wanted, fields }: { record: string; link: ModelLink; shared: Values; wanted: Values; fields: Values },
): Values {
  const before = (link.using === null ? undefined : link.own.get(link.using)?.layer) ?? {};
  const main = sharedOf(model, 'main', record) ?? shared;
  const standing = Object.entries(before).filter(([name, value]) => !Object.hasOwn(fields, name) && (main[name] ?? null) !== value);
  return { ...differences(shared, wanted), ...Object.fromEntries(standing) };
}

function differences(shared: Values, wanted: Values): Values {
  const names = new Set([...Object.keys(shared), ...Object.keys(wanted)]);
  return Object.fromEntries([...names].flatMap((name) => (shared[name] === wanted[name] ? [] : [[name, wanted[name] ?? null]])));
}

function same(left: Values, right: Values): boolean {
  return Object.keys(differences(left, right)).length === 0;
}

function lacksName(fields: Values | null): boolean {
  return fields === null || (fields['name'] ?? null) === null;
}
