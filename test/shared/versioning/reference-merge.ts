import { isDeepStrictEqual } from 'node:util';

type Kinds = Readonly<Record<string, 'set' | 'object'>>;
type Row = { readonly [field: string]: unknown } | null;

/**
 * The merge rules written down a second time, as plainly as can be and slowly, sharing nothing with the product: a table look-up for rows, and for
 * values the question "who moved away from the base".
 */
export function referenceMerge(base: Row, source: Row, target: Row, kinds: Kinds): { fields: Row; conflicts: [string | null, string][] } {
  const [b, s, t] = [strip(base), strip(source), strip(target)];
  const moved = { source: !isDeepStrictEqual(b, s), target: !isDeepStrictEqual(b, t) };
  if (isDeepStrictEqual(s, t)) return { fields: t, conflicts: [] };
  if (!moved.source) return { fields: t, conflicts: [] };
  if (!moved.target) return { fields: s, conflicts: [] };
  if (s === null) return { fields: null, conflicts: [[null, 'delete-modify']] };
  if (t === null) return { fields: null, conflicts: [[null, 'modify-delete']] };
  const fields: Record<string, unknown> = {};
  const conflicts: [string | null, string][] = [];
  for (const field of [...new Set([b, s, t].flatMap((row) => Object.keys(row ?? {})))].sort()) {
    const [was, mine, theirs] = [b?.[field], s[field], t[field]];
    const result = b === null ? (isDeepStrictEqual(mine, theirs) ? { value: mine } : undefined) : pick(kinds[field], was, mine, theirs);
    if (result) fields[field] = result.value;
    else conflicts.push([field, b === null ? 'add-add' : 'modify-modify']);
  }
  return { fields: strip(fields), conflicts };
}

function pick(kind: 'set' | 'object' | undefined, was: unknown, mine: unknown, theirs: unknown): { value: unknown } | undefined {
  if (isDeepStrictEqual(mine, theirs) || isDeepStrictEqual(mine, was)) return { value: theirs };
  if (isDeepStrictEqual(theirs, was)) return { value: mine };
  const all = [was, mine, theirs];
  if (kind === 'set' && all.every((value) => value === undefined || Array.isArray(value))) {
    const [w, m, h] = all.map((value) => (value ?? []) as unknown[]) as [unknown[], unknown[], unknown[]];
    const added = [...m, ...h].filter((element) => !w.includes(element));
    const stayed = w.filter((element) => m.includes(element) && h.includes(element));
    const value = [...new Set([...stayed, ...added])];
    return { value: value.length === 0 && (mine === undefined || theirs === undefined) ? undefined : value };
  }
  if (kind === 'object' && all.every((value) => typeof value === 'object' && value !== null && !Array.isArray(value))) {
    const [w, m, h] = all as [Record<string, unknown>, Record<string, unknown>, Record<string, unknown>];
    const value: Record<string, unknown> = {};
    for (const key of new Set([...Object.keys(w), ...Object.keys(m), ...Object.keys(h)])) {
      const inner = [w, m, h].every((object) => key in object)
        ? pick('object', w[key], m[key], h[key])
        : pick(undefined, w[key], m[key], h[key]);
      if (!inner) return undefined;
      if (inner.value !== undefined) value[key] = inner.value;
    }
    return { value };
  }
  return undefined;
}

function strip(row: Row): Row {
  return row === null ? null : Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== undefined));
}
