import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';

const deflate = promisify(deflateRaw);

/** One part of an archive, under its path. */
export interface ZipPart {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Packs the parts in their order. The same parts give the same archive: no time of day is written. */
export async function writeZip(parts: readonly ZipPart[]): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, bytes } of parts) {
    const name = Buffer.from(path, 'utf8');
    const packed = await deflate(bytes);
    const facts = { name, crc: crc32(bytes), packed: packed.length, size: bytes.length };
    const head = localHeader(facts);
    pieces.push(head, packed);
    directory.push(directoryEntry(facts, offset));
    offset += head.length + packed.length;
  }
  const index = Buffer.concat(directory);
  return Buffer.concat([...pieces, index, endOfDirectory(parts.length, index.length, offset)]);
}

interface PartFacts {
  readonly name: Buffer;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
}

/** 1 January 1980, the first day that the format knows. */
const dosDate = 0x21;
const needsVersion = 20;
const deflated = 8;
/** Names are UTF-8. */
const flags = 0x0800;

function localHeader({ name, crc, packed, size }: PartFacts): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(needsVersion, 4);
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(deflated, 8);
  header.writeUInt16LE(dosDate, 12);
  header.writeUInt32LE(crc, 14);
  header.writeUInt32LE(packed, 18);
  header.writeUInt32LE(size, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

function directoryEntry({ name, crc, packed, size }: PartFacts, offset: number): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(needsVersion, 4);
  header.writeUInt16LE(needsVersion, 6);
  header.writeUInt16LE(flags, 8);
  header.writeUInt16LE(deflated, 10);
  header.writeUInt16LE(dosDate, 14);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(packed, 20);
  header.writeUInt32LE(size, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, name]);
}

function endOfDirectory(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
