import { limits } from './limits.ts';
import { readCsv } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';
import { openZip } from './read-zip.ts';
import { refuseFile } from './refuse-file.ts';
import type { RotaFile } from './rota.ts';
import type { Workbook } from './sheet.ts';

/**
 * Reads a workbook (.xlsx, .xlsm) or a text table (.csv, .tsv) into sheets of plain cells, within the limits of `limits.ts`. What a file
 * is, is told by its bytes, not by its name. Anything else, and anything damaged, encrypted or made to do harm, is refused with
 * INVALID and `data.what` `file`; `data.reason` says why as a word. `rows` of each sheet are read; those beyond are told of in `beyond`.
 */
export function readWorkbook(file: RotaFile, rows: number = limits.rows): Workbook {
  const { bytes } = file;
  if (bytes.length === 0) throw refuseFile(file, 'empty', 'is empty.');
  if (bytes.length > limits.fileBytes)
    throw refuseFile(file, 'too-large', `is larger than ${limits.fileBytes / 1024 / 1024} MB, far more than a rota has.`);
  if (startsWith(bytes, 'PK\u0003\u0004')) return readPackage(file, rows);
  if (startsWith(bytes, 'PK\u0005\u0006')) throw refuseFile(file, 'empty', 'is an empty archive, not a workbook.');
  const other = nameOtherFormat(bytes);
  if (other !== null)
    throw other.encrypted === true ? refuseFile(file, 'encrypted', other.sentence) : refuseFile(file, 'other-format', other.sentence);
  const workbook = readCsv(file, rows);
  if (workbook.sheets.every((sheet) => sheet.rows === 0)) throw refuseFile(file, 'empty', 'holds nothing but blanks.');
  return workbook;
}

function readPackage(file: RotaFile, rows: number): Workbook {
  const archive = openZip(file);
  const names = new Set(archive.names);
  if (names.has('EncryptedPackage')) throw refuseFile(file, 'encrypted', encryptedSentence);
  if (archive.names.some((name) => /(^|\/)workbook\.bin$/.test(name)))
    throw refuseFile(file, 'other-format', 'is a binary workbook (.xlsb). Save it in Excel as “Excel Workbook (.xlsx)” and import that.');
  if (names.has('content.xml') && names.has('mimetype'))
    throw refuseFile(file, 'other-format', 'is an OpenDocument file. Save it as “Excel Workbook (.xlsx)” and import that.');
  if (names.has('word/document.xml'))
    throw refuseFile(file, 'other-format', 'is a Word document, not a workbook. Copy the rota into Excel and save it as .xlsx.');
  if (names.has('Index/Document.iwa') || names.has('Index.zip'))
    throw refuseFile(file, 'other-format', 'is a document of Apple’s Numbers or Pages. Export it as “Excel (.xlsx)” and import that.');
  if (!archive.names.some((name) => name.endsWith('workbook.xml')))
    throw refuseFile(file, 'not-a-workbook', 'is a zip archive, but not a workbook. Unpack it and import the workbook inside.');
  const workbook = readXlsx(file, archive, rows);
  if (workbook.sheets.length === 0) throw refuseFile(file, 'damaged', 'is damaged: it lists sheets but holds none of them.');
  return workbook;
}

const encryptedSentence =
  'is protected by a password. Open it in Excel, remove the password under “File, Info, Protect Workbook”, save it and import that.';

function nameOtherFormat(bytes: Uint8Array): { readonly sentence: string; readonly encrypted?: true } | null {
  if (startsWith(bytes, '\u00d0\u00cf\u0011\u00e0')) {
    // An encrypted .xlsx is wrapped in the same container as an old .xls; its streams are named in UTF-16.
    const directory = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (directory.includes(Buffer.from('EncryptedPackage', 'utf16le'))) return { sentence: encryptedSentence, encrypted: true };
    return { sentence: 'is in the old format of Excel 97 to 2003 (.xls). Save it as “Excel Workbook (.xlsx)” and import that.' };
  }
  if (startsWith(bytes, '%PDF')) return { sentence: 'is a PDF, not a workbook. Ask for the rota as .xlsx or .csv.' };
  if (startsWith(bytes, 'SQLite format 3')) return { sentence: 'is a database, not a workbook.' };
  if (startsWith(bytes, '\u0089PNG') || startsWith(bytes, '\u00ff\u00d8\u00ff') || startsWith(bytes, 'GIF8'))
    return { sentence: 'is a picture, not a workbook. Ask for the rota as .xlsx or .csv.' };
  if (startsWith(bytes, '{\\rtf'))
    return { sentence: 'is a text document, not a workbook. Copy the rota into Excel and save it as .xlsx.' };
  const beginning = Buffer.from(bytes.subarray(0, 512))
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
    .toLowerCase();
  if (beginning.startsWith('<?xml') || beginning.startsWith('<html') || beginning.startsWith('<!doctype') || beginning.startsWith('<table'))
    return {
      sentence: 'is a web page or XML under the name of a workbook. Open it in Excel, save it as “Excel Workbook (.xlsx)” and import that.',
    };
  return null;
}

function startsWith(bytes: Uint8Array, beginning: string): boolean {
  if (bytes.length < beginning.length) return false;
  for (let at = 0; at < beginning.length; at += 1) if (bytes[at] !== beginning.charCodeAt(at)) return false;
  return true;
}
