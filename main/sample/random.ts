/** A stream of chance that repeats itself: the same seed gives the same numbers on every machine. Not for secrets. */
export interface Random {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number from 0 to `below - 1`; 0 when there is nothing to choose. */
  int(below: number): number;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  chance(probability: number): boolean;
  /** One of the list, or `undefined` when it is empty. */
  pick<T>(list: readonly T[]): T | undefined;
  shuffle<T>(list: readonly T[]): T[];
  /** Lower-case hexadecimal digits; `digits` is a multiple of 8. */
  hex(digits: number): string;
  /** An unsigned 32-bit number. */
  bits(): number;
}

/**
 * The small fast counter generator (sfc32): 128 bits of state, seeded from a text, so that each part of the sample (`1/names`, `1/daily`)
 * draws from a stream of its own and a change in one part leaves the others as they were.
 */
export function createRandom(seed: string): Random {
  let a = scramble(seed, 0x9e3779b9);
  let b = scramble(seed, 0x243f6a88);
  let c = scramble(seed, 0xb7e15162);
  let counter = 1;
  const bits = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // The first numbers still show the seed.
  for (let index = 0; index < 12; index++) bits();

  const next = (): number => bits() / 4_294_967_296;
  const int = (below: number): number => Math.floor(next() * below);
  return {
    next,
    int,
    bits,
    between: (from, to) => from + int(to - from + 1),
    chance: (probability) => next() < probability,
    pick: (list) => list[int(list.length)],
    shuffle: (list) => shuffle(list, int),
    hex: (digits) => {
      let text = '';
      for (let index = 0; index < digits; index += 8) text += toHex(bits());
      return text;
    },
  };
}

function shuffle<T>(list: readonly T[], int: (below: number) => number): T[] {
  const order = list.map((item) => ({ item, rank: int(1_000_000_000) }));
  return order.toSorted((left, right) => left.rank - right.rank).map((entry) => entry.item);
}

const hexByByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function toHex(bits: number): string {
  return `${hexByByte[bits >>> 24]}${hexByByte[(bits >>> 16) & 255]}${hexByByte[(bits >>> 8) & 255]}${hexByByte[bits & 255]}`;
}

/** FNV-1a with a final mix: near seeds (`1`, `2`) must not give near streams. */
function scramble(text: string, salt: number): number {
  let hash = 0x811c9dc5 ^ salt;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
