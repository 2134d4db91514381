/** The input with the leaf of that number (counted round) replaced; every list and object is a leaf too. */
export function replaceAt(input: object, place: number, value: unknown): object {
  const paths: string[][] = [];
  const walk = (part: unknown, path: string[]): void => {
    if (path.length > 0) paths.push(path);
    if (typeof part === 'object' && part !== null) for (const [key, child] of Object.entries(part)) walk(child, [...path, key]);
  };
  walk(input, []);
  const copy = structuredClone(input);
  const path = paths[place % Math.max(1, paths.length)] ?? [];
  const last = path.at(-1);
  if (last === undefined) return copy;
  const parent = path.slice(0, -1).reduce<object>((part, key) => Reflect.get(part, key), copy);
  Reflect.defineProperty(parent, last, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}
