import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderBy } from '../../../../main/engine/local-store/order-by.ts';

test('orders as a comparison of all keys does, and keeps what is equal in its order', () => {
  const thing = fc.tuple(
    fc.integer({ min: -1, max: 3 }),
    fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constantFrom(-2_147_483_648, 2_147_483_647)),
  );
  fc.assert(
    fc.property(fc.array(thing, { maxLength: 60 }), (things) => {
      const order = orderBy(things.length, [(index) => things[index]![0], (index) => things[index]![1]]);
      const expected = [...things.keys()].sort(
        (left, right) => things[left]![0] - things[right]![0] || things[left]![1] - things[right]![1] || left - right,
      );
      expect([...order]).toEqual(expected);
    }),
  );
});
