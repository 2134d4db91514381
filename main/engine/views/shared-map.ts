/** A map that never changes, and shares what it holds with the maps that are made from it. */
export interface SharedMap<Value> {
  get(key: string): Value | undefined;
  values(): Iterable<Value>;
  /** The map with some keys set, or taken away (`null`). Costs little where few are. */
  with(changes: ReadonlyMap<string, Value | null>): SharedMap<Value>;
}

const mostLaidOver = 256;

/** Makes a map of these entries. */
export function sharedMap<Value>(entries: Iterable<readonly [string, Value]>): SharedMap<Value> {
  return layered<Value>(new Map(entries), new Map<string, Value | null>());
}

function layered<Value>(base: ReadonlyMap<string, Value>, over: ReadonlyMap<string, Value | null>): SharedMap<Value> {
  return {
    get(key) {
      const laid = over.get(key);
      return laid === undefined ? base.get(key) : (laid ?? undefined);
    },
    *values() {
      for (const [key, value] of base) if (!over.has(key)) yield value;
      for (const value of over.values()) if (value !== null) yield value;
    },
    with(changes) {
      if (changes.size === 0) return this;
      const next = new Map([...over, ...changes]);
      return next.size <= mostLaidOver ? layered(base, next) : layered(flatten(base, next), new Map());
    },
  };
}

function flatten<Value>(base: ReadonlyMap<string, Value>, over: ReadonlyMap<string, Value | null>): Map<string, Value> {
  const flat = new Map(base);
  for (const [key, value] of over)
    if (value === null) flat.delete(key);
    else flat.set(key, value);
  return flat;
}
