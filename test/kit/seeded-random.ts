/** Random bytes that are the same in every run with the same seed (splitmix32), so that ids and salts are too. */
export function createSeededRandom(seed = 1): (bytes: number) => Uint8Array {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  return (bytes) => Uint8Array.from({ length: bytes }, () => next() & 0xff);
}
