import { endianness } from 'node:os';
import { maxInt32 } from './entity-table.ts';

/** One change as a commit row keeps it: the entity (negative: deleted), and the version before (0: it did not exist). */
export interface PackedChange {
  readonly entity: number;
  readonly deleted: boolean;
  readonly before: number;
}

/** Packs pairs of int32; `put` in the order of the versions. Throws when a number does not fit. */
export function packChanges(changes: readonly PackedChange[]): Buffer {
  const packed = Buffer.allocUnsafe(changes.length * 8);
  let offset = 0;
  for (const { entity, deleted, before } of changes) {
    if (entity < 1 || entity >= maxInt32 || before < 0 || before > maxInt32) throw new Error('a packed change does not fit 32 bits');
    packed.writeInt32LE(deleted ? -entity - 1 : entity, offset);
    packed.writeInt32LE(before, offset + 4);
    offset += 8;
  }
  return packed;
}

const littleEndian = endianness() === 'LE';

/** The int32 numbers of packed changes: entity, before, entity, before … Use `entityOf` and `isDelete` on the first of each pair. */
export function unpackChanges(packed: Buffer): Int32Array {
  if (packed.length % 8 !== 0) throw new Error('packed changes are cut off');
  if (littleEndian && packed.byteOffset % 4 === 0) return new Int32Array(packed.buffer, packed.byteOffset, packed.length / 4);
  const numbers = new Int32Array(packed.length / 4);
  for (let index = 0; index < numbers.length; index++) numbers[index] = packed.readInt32LE(index * 4);
  return numbers;
}

export function isDelete(packed: number): boolean {
  return packed < 0;
}

export function entityOf(packed: number): number {
  return packed < 0 ? -packed - 1 : packed;
}
