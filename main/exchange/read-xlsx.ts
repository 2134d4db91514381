import { limits } from './limits.ts';
import { isDateFormat, serialToDate } from './number-formats.ts';
import type { ZipArchive } from './read-zip.ts';
import { refuseFile } from './refuse-file.ts';
import type { RotaFile } from './rota.ts';
import { scanXml, XmlProblem, type XmlHandler } from './scan-xml.ts';
import { parseCellName, SheetBuilder, type Cell, type Sheet, type Workbook } from './sheet.ts';

interface SheetPart {
  readonly name: string;
  readonly hidden: boolean;
  readonly path: string;
}

interface Styles {
  /** For each cell style, whether it shows its number as a date. */
  readonly dates: readonly boolean[];
}

/** Reads the sheets of an unpacked workbook: values only. Formulas, macros, links and drawings are never looked at. */
export function readXlsx(file: RotaFile, archive: ZipArchive, rows: number = limits.rows): Workbook {
  const scan = (path: string, handler: XmlHandler): boolean => scanPart(file, archive, path, handler);
  const workbookPath = findWorkbookPath(scan) ?? 'xl/workbook.xml';
  const { parts, from1904, date1904Known } = readParts(scan, workbookPath);
  if (!date1904Known) throw refuseFile(file, 'not-a-workbook', 'is not a workbook: it has no list of sheets. Save it as .xlsx from Excel.');
  const folder = workbookPath.slice(0, workbookPath.lastIndexOf('/') + 1);
  const styles = readStyles(scan, `${folder}styles.xml`);
  const strings = readSharedStrings(scan, `${folder}sharedStrings.xml`);

  const sheets: Sheet[] = [];
  const budget = { cells: limits.cells };
  for (const part of parts) {
    const builder = new SheetBuilder(part.name, part.hidden, rows);
    if (scan(part.path, sheetHandler({ file, builder, styles, strings, from1904, budget }))) sheets.push(builder.build());
  }
  return { sheets, savedOn: readSavedOn(scan) };
}

function scanPart(file: RotaFile, archive: ZipArchive, path: string, handler: XmlHandler): boolean {
  const bytes = archive.read(path);
  if (bytes === null) return false;
  try {
    scanXml(new TextDecoder(encodingOf(bytes)).decode(bytes), handler);
    return true;
  } catch (cause) {
    if (!(cause instanceof XmlProblem)) throw cause;
    throw cause.unsafe
      ? refuseFile(file, 'unsafe', `is not read: ${cause.message} in its part “${path}”, which no workbook of Excel does.`)
      : refuseFile(file, 'damaged', `is damaged: its part “${path}” is no proper XML (${cause.message}). Save it again from Excel.`);
  }
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

type Scan = (path: string, handler: XmlHandler) => boolean;

/** Most writers put it at `xl/workbook.xml`, but the package says where it is. */
function findWorkbookPath(scan: Scan): string | null {
  let path: string | null = null;
  scan('_rels/.rels', {
    open(name, attribute) {
      if (name === 'Relationship' && attribute('Type')?.endsWith('/officeDocument') === true)
        path ??= resolvePath('', attribute('Target') ?? '');
    },
  });
  return path;
}

function readParts(scan: Scan, workbookPath: string) {
  const slash = workbookPath.lastIndexOf('/') + 1;
  const folder = workbookPath.slice(0, slash);
  const targets = new Map<string, string>();
  scan(`${folder}_rels/${workbookPath.slice(slash)}.rels`, {
    open(name, attribute) {
      if (name !== 'Relationship' || attribute('TargetMode') === 'External') return;
      targets.set(attribute('Id') ?? '', resolvePath(folder, attribute('Target') ?? ''));
    },
  });
  const parts: SheetPart[] = [];
  let from1904 = false;
  const date1904Known = scan(workbookPath, {
    open(name, attribute) {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attribute('date1904') ?? '');
      if (name !== 'sheet' || parts.length >= limits.sheets) return;
      // A writer that leaves the relation out has named its sheets in the usual way.
      const path = targets.get(attribute('id') ?? '') ?? `${folder}worksheets/sheet${parts.length + 1}.xml`;
      parts.push({
        name: (attribute('name') ?? `Sheet${parts.length + 1}`).slice(0, 200),
        hidden: (attribute('state') ?? 'visible') !== 'visible',
        path,
      });
    },
  });
  return { parts, from1904, date1904Known };
}

function resolvePath(folder: string, target: string): string {
  const steps: string[] = [];
  for (const step of (target.startsWith('/') ? target : folder + target).split('/'))
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  return steps.join('/');
}

function readStyles(scan: Scan, path: string): Styles {
  const codes = new Map<number, string>();
  const dates: boolean[] = [];
  let inCellStyles = false;
  scan(path, {
    open(name, attribute) {
      if (name === 'numFmt') codes.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '');
      if (name === 'cellXfs') inCellStyles = true;
      if (name !== 'xf' || !inCellStyles) return;
      const format = Number(attribute('numFmtId') ?? 0);
      dates.push(isDateFormat(format, codes.get(format)));
    },
    close(name) {
      if (name === 'cellXfs') inCellStyles = false;
    },
  });
  return { dates };
}

function readSharedStrings(scan: Scan, path: string): readonly string[] {
  const strings: string[] = [];
  let inText = false;
  let inPhonetic = false;
  let current = '';
  scan(path, {
    open(name) {
      if (name === 'si') current = '';
      if (name === 't') inText = true;
      if (name === 'rPh') inPhonetic = true;
    },
    text(text) {
      if (inText && !inPhonetic) current += text;
    },
    close(name) {
      if (name === 't') inText = false;
      if (name === 'rPh') inPhonetic = false;
      if (name === 'si') strings.push(unescapeText(current));
    },
  });
  return strings;
}

function readSavedOn(scan: Scan): string | null {
  let inDate = false;
  let saved: string | null = null;
  scan('docProps/core.xml', {
    open: (name) => void (inDate = name === 'modified'),
    text(text) {
      if (inDate && /^\d{4}-\d{2}-\d{2}/.test(text)) saved = text.slice(0, 10);
    },
    close: () => void (inDate = false),
  });
  return saved;
}

interface SheetReading {
  readonly file: RotaFile;
  readonly builder: SheetBuilder;
  readonly styles: Styles;
  readonly strings: readonly string[];
  readonly from1904: boolean;
  readonly budget: { cells: number };
}

function sheetHandler({ file, builder, styles, strings, from1904, budget }: SheetReading): XmlHandler {
  let row = 0;
  let column = 0;
  let type = 'n';
  let style = 0;
  let formula = false;
  let value = '';
  let part: 'v' | 't' | null = null;
  let inPhonetic = false;
  return {
    open(name, attribute) {
      if (name === 'row') {
        row = Number(attribute('r') ?? row + 1);
        column = 0;
      } else if (name === 'c') {
        // The name of a cell may be left out: then it follows the one before.
        const place = parseCellName(attribute('r') ?? '');
        row = place?.row ?? row;
        column = place?.column ?? column + 1;
        type = attribute('t') ?? 'n';
        style = Number(attribute('s') ?? 0);
        formula = false;
        value = '';
        budget.cells -= 1;
        if (budget.cells < 0) throw refuseFile(file, 'too-large', `has more than ${limits.cells} cells, far more than a rota has.`);
      } else if (name === 'f') formula = true;
      else if (name === 'v' || name === 't') part = name;
      else if (name === 'rPh') inPhonetic = true;
      else if (name === 'mergeCell') {
        const [from, to] = (attribute('ref') ?? '').split(':').map(parseCellName);
        if (from && to && to.row >= from.row && to.column >= from.column)
          builder.merge({ top: from.row, left: from.column, bottom: to.row, right: to.column });
      }
    },
    text(text) {
      if (part !== null && !inPhonetic) value += text;
    },
    close(name) {
      if (name === 'v' || name === 't') part = null;
      else if (name === 'rPh') inPhonetic = false;
      else if (name === 'c') {
        const cell = makeCell({ type, value, formula, strings, isDate: styles.dates[style] === true, from1904 });
        if (cell !== null) builder.add(row, column, cell);
      }
    },
  };
}

interface RawCell {
  readonly type: string;
  readonly value: string;
  readonly formula: boolean;
  readonly strings: readonly string[];
  readonly isDate: boolean;
  readonly from1904: boolean;
}

function makeCell({ type, value, formula, strings, isDate, from1904 }: RawCell): Cell | null {
  if (value === '') return formula ? { kind: 'unknown', text: '', formula: true } : null;
  switch (type) {
    case 's': {
      const text = strings[Number(value)];
      // A text that is not in the list is an unknown one, not an empty one.
      return text === undefined ? { kind: 'error', text: 'missing text', formula } : { kind: 'text', text, formula };
    }
    case 'inlineStr':
    case 'str':
      return { kind: 'text', text: unescapeText(value), formula };
    case 'b':
      return { kind: 'boolean', text: value === '1' ? 'TRUE' : 'FALSE', formula };
    case 'e':
      return { kind: 'error', text: value, formula };
    case 'd':
      return { kind: 'date', text: value.slice(0, 10), formula };
    default: {
      const number = Number(value);
      if (!Number.isFinite(number)) return { kind: 'error', text: value.slice(0, 100), formula };
      const date = isDate ? serialToDate(number, from1904) : null;
      return date === null ? { kind: 'number', text: String(number), number, formula } : { kind: 'date', text: date, formula };
    }
  }
}

/** Excel writes characters that XML cannot hold as `_x000D_`. */
function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
