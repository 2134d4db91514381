/**
 * The order of `count` things by several whole-number keys, the first counting most. By counting, one pass for each key: a comparison sort of
 * the cells of an epoch would take as long as writing them.
 */
export function orderBy(count: number, keys: readonly ((index: number) => number)[]): Int32Array {
  let order = new Int32Array(count);
  for (let index = 0; index < count; index++) order[index] = index;
  let other = new Int32Array(count);
  // From the key that counts least to the one that counts most: each pass keeps what the passes before it put in order.
  for (const key of keys.toReversed()) {
    const values = new Float64Array(count);
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < count; index++) {
      const value = key(index);
      values[index] = value;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    if (count === 0 || least === most) continue;
    if (most - least > widest + count * 4) {
      // Too far apart to be counted; a comparison sort is stable as well.
      order = Int32Array.from(Array.from(order).sort((left, right) => values[left]! - values[right]!));
      continue;
    }
    const starts = new Int32Array(most - least + 2);
    for (let index = 0; index < count; index++) starts[values[index]! - least + 1]!++;
    for (let value = 1; value < starts.length; value++) starts[value]! += starts[value - 1]!;
    for (const index of order) other[starts[values[index]! - least]!++] = index;
    [order, other] = [other, order];
  }
  return order;
}

const widest = 1 << 16;
