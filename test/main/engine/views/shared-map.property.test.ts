import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharedMap } from '../../../../main/engine/views/shared-map.ts';

const changes = fc.array(fc.tuple(fc.nat(600).map(String), fc.option(fc.nat())), { maxLength: 120 });

test('holds what a plain map holds, however it was changed, and the maps it was made from stay as they were', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(400), { maxLength: 300 }), fc.array(changes, { maxLength: 8 }), (first, steps) => {
      let plain = new Map(first.map((key) => [String(key), key]));
      let shared = sharedMap(plain);
      const earlier: { readonly shared: typeof shared; readonly plain: ReadonlyMap<string, number> }[] = [];
      for (const step of steps) {
        earlier.push({ shared, plain });
        plain = new Map(plain);
        for (const [key, value] of step)
          if (value === null) plain.delete(key);
          else plain.set(key, value);
        shared = shared.with(new Map(step));
      }
      for (const known of [...earlier, { shared, plain }]) {
        expect([...known.shared.values()].toSorted((a, b) => a - b)).toEqual([...known.plain.values()].toSorted((a, b) => a - b));
        for (let key = 0; key <= 600; key += 7) expect(known.shared.get(String(key))).toBe(known.plain.get(String(key)));
      }
    }),
    { numRuns: 60 },
  );
});
