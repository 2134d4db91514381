import type { Random } from './random.ts';

/** A UUIDv7 of a simulated instant (milliseconds): its first 48 bits are the time, the rest comes from the stream. */
export function makeId(random: Random, millis: number): string {
  const time = millis.toString(16).padStart(12, '0');
  const tail = random.hex(24);
  const variant = ((random.bits() & 3) | 8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${tail.slice(0, 3)}-${variant}${tail.slice(3, 6)}-${tail.slice(6, 18)}`;
}

/** The random part of a version of a type with personal fields: 32 hexadecimal digits. */
export function makeSalt(random: Random): string {
  return random.hex(32);
}
