import { crc32, inflateRawSync } from 'node:zlib';
import { limits } from './limits.ts';
import { refuseFile } from './refuse-file.ts';
import type { RotaFile } from './rota.ts';

export interface ZipArchive {
  readonly names: readonly string[];
  /** The unpacked bytes of an entry, or `null` when there is none of that name. Refuses what is damaged, encrypted or too large. */
  read(name: string): Uint8Array | null;
}

interface Entry {
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
}

const endSignature = 0x06054b50;
const directorySignature = 0x02014b50;
const entrySignature = 0x04034b50;

/**
 * Opens a zip archive held in memory by its central directory. Names are only keys: nothing is ever written under them. What the
 * directory claims is checked before anything is unpacked, and unpacking stops at what was claimed.
 */
export function openZip(file: RotaFile): ZipArchive {
  const bytes = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength);
  const entries = readDirectory(file, bytes);
  return {
    names: [...entries.keys()],
    read(name) {
      const entry = entries.get(name);
      return entry === undefined ? null : unpack(file, bytes, name, entry);
    },
  };
}

function readDirectory(file: RotaFile, bytes: Buffer): Map<string, Entry> {
  const end = findEnd(file, bytes);
  const count = bytes.readUInt16LE(end + 10);
  const start = bytes.readUInt32LE(end + 16);
  if (count === 0xffff || start === 0xffffffff)
    throw refuseFile(file, 'too-large', 'is written in a form for archives above 4 GB, which no rota needs. Save it again from Excel.');
  if (count > limits.zipEntries)
    throw refuseFile(file, 'too-large', `holds ${count} parts; a workbook of at most ${limits.zipEntries} is read.`);

  const entries = new Map<string, Entry>();
  let total = 0;
  let at = start;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== directorySignature) throw damaged(file, 'its table of contents is broken');
    const flags = bytes.readUInt16LE(at + 8);
    const nameLength = bytes.readUInt16LE(at + 28);
    const entry: Entry = {
      encrypted: (flags & 1) !== 0,
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      unpacked: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    };
    if (at + 46 + nameLength > bytes.length) throw damaged(file, 'its table of contents is broken');
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/');
    // The first of two entries with one name wins everywhere; readers that disagree about it have been attacked that way.
    if (entries.has(name)) throw refuseFile(file, 'unsafe', `holds two parts named “${name.slice(0, 80)}”, so it is not read.`);
    entries.set(name, entry);
    total += entry.unpacked;
    if (total > limits.unpackedBytes) throw tooLarge(file);
    if (entry.unpacked > limits.ratioFrom && entry.unpacked > entry.packed * limits.ratio) throw tooDense(file);
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

/** The end record stands at the end of the file, before a comment of at most 64 KB. */
function findEnd(file: RotaFile, bytes: Buffer): number {
  const lowest = Math.max(0, bytes.length - 22 - 0xffff);
  for (let at = bytes.length - 22; at >= lowest; at -= 1) if (bytes.readUInt32LE(at) === endSignature) return at;
  throw damaged(file, 'its end is missing, as when a download stops half way');
}

function unpack(file: RotaFile, bytes: Buffer, name: string, entry: Entry): Uint8Array {
  if (entry.encrypted) throw refuseFile(file, 'encrypted', 'is protected by a password. Save it without one and import that.');
  if (entry.unpacked > limits.partBytes) throw tooLarge(file);
  if (entry.offset + 30 > bytes.length || bytes.readUInt32LE(entry.offset) !== entrySignature) throw damagedPart(file, name);
  const start = entry.offset + 30 + bytes.readUInt16LE(entry.offset + 26) + bytes.readUInt16LE(entry.offset + 28);
  if (start + entry.packed > bytes.length) throw damagedPart(file, name);
  const packed = bytes.subarray(start, start + entry.packed);
  const content = unpackContent(file, name, entry, packed);
  if (content.length !== entry.unpacked || crc32(content) !== entry.crc) throw damagedPart(file, name);
  return content;
}

function unpackContent(file: RotaFile, name: string, entry: Entry, packed: Buffer): Buffer {
  if (entry.method === 0) return packed;
  if (entry.method !== 8) throw refuseFile(file, 'other-format', 'is packed in a way that Excel does not use. Save it again from Excel.');
  if (entry.unpacked === 0) return Buffer.alloc(0);
  try {
    // A stream that is longer than it claims is stopped by the limit, not followed.
    return inflateRawSync(packed, { maxOutputLength: entry.unpacked });
  } catch (cause) {
    const refusal = damagedPart(file, name);
    refusal.cause = cause;
    throw refusal;
  }
}

const tooLarge = (file: RotaFile) =>
  refuseFile(file, 'too-large', `unpacks to more than ${limits.unpackedBytes / 1024 / 1024} MB, far more than a rota has.`);

const tooDense = (file: RotaFile) =>
  refuseFile(file, 'unsafe', `unpacks to more than ${limits.ratio} times its size, which only files made to do harm do.`);

const damagedPart = (file: RotaFile, name: string) => damaged(file, `its part “${name.slice(0, 80)}” cannot be unpacked`);

const damaged = (file: RotaFile, how: string) =>
  refuseFile(file, 'damaged', `is damaged: ${how}. Open it in Excel, save it again, and import that.`);
