import type { VersionHash } from '../ids.ts';

interface Entity {
  readonly type: string;
  readonly id: string;
}

/** What a commit did to one entity, against the commit's first parent. */
export type Change =
  | (Entity & { readonly op: 'create'; readonly after: VersionHash })
  | (Entity & { readonly op: 'update'; readonly before: VersionHash; readonly after: VersionHash })
  | (Entity & { readonly op: 'delete'; readonly before: VersionHash });

/** The canonical order of entities: by type, then by id, each by UTF-16 code units. Never by locale. */
export function compareEntities(left: Entity, right: Entity): number {
  if (left.type !== right.type) return left.type < right.type ? -1 : 1;
  if (left.id !== right.id) return left.id < right.id ? -1 : 1;
  return 0;
}

/** The change that leads from one version to another; `null` when nothing changed. */
export function makeChange(entity: Entity, before: VersionHash | null, after: VersionHash | null): Change | null {
  const { type, id } = entity;
  if (before === after) return null;
  if (before === null) return after === null ? null : { type, id, op: 'create', after };
  if (after === null) return { type, id, op: 'delete', before };
  return { type, id, op: 'update', before, after };
}
