import { dayToDate } from '../../../shared/roster/slot.ts';
import { looksLikeFormula } from '../../../shared/formula-guard.ts';
import { nameColumn } from '../sheet.ts';
import type { Book, BookCell, BookSheet } from './book.ts';
import { escapeCell, escapeXml } from './escape-xml.ts';
import { StyleTable } from './style-table.ts';
import { writeZip } from './write-zip.ts';

/** Called between slices of work; it may throw to stop. */
export type Breathe = (rows: number) => Promise<void>;

const rowsPerSlice = 5;

/**
 * Writes a workbook (.xlsx). Texts are texts, never formulas; what looks like a formula is marked besides, so that it stays a text when somebody
 * edits the cell. The same book gives the same bytes. `breathe` is called every few rows.
 */
export async function writeXlsx(book: Book, breathe: Breathe): Promise<Buffer> {
  const context: Context = { styles: new StyleTable(), strings: new Map() };
  const sheets: Uint8Array[] = [];
  let written = 0;
  for (const sheet of book.sheets) {
    const pieces: string[] = [sheetHead(sheet)];
    let row = 0;
    for (const { cells, height } of sheet.rows) {
      row += 1;
      pieces.push(`<row r="${row}"${height === undefined ? '' : ` ht="${height}" customHeight="1"`}>`);
      for (let column = 0; column < cells.length; column += 1) {
        const cell = cells[column];
        if (cell !== null && cell !== undefined) pieces.push(cellXml(context, cell, `${columnName(column + 1)}${row}`));
      }
      pieces.push('</row>');
      written += 1;
      if (row % rowsPerSlice === 0) await breathe(written);
    }
    pieces.push(sheetTail(sheet, row));
    sheets.push(Buffer.from(pieces.join(''), 'utf8'));
    await breathe(written);
  }
  const part = (path: string, xml: string) => ({ path, bytes: Buffer.from(`${xmlHead}${xml}`, 'utf8') });
  return writeZip([
    part('[Content_Types].xml', contentTypes(book)),
    part('_rels/.rels', packageRelations),
    part('docProps/core.xml', coreProperties(book)),
    part('docProps/custom.xml', customProperties(book)),
    part('xl/workbook.xml', workbookXml(book)),
    part('xl/_rels/workbook.xml.rels', workbookRelations(book)),
    { path: 'xl/styles.xml', bytes: Buffer.from(context.styles.toXml(), 'utf8') },
    part('xl/sharedStrings.xml', sharedStrings(context)),
    ...sheets.map((bytes, index) => ({ path: `xl/worksheets/sheet${index + 1}.xml`, bytes })),
  ]);
}

interface Context {
  readonly styles: StyleTable;
  readonly strings: Map<string, number>;
}

const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const plain = {};
/** The day 1970-01-01 in Excel's count, and the first day it counts as we do. */
const epochSerial = 25_569;
const firstSerial = 61;

function cellXml({ styles, strings }: Context, cell: BookCell, at: string): string {
  const style = cell.style ?? plain;
  switch (cell.kind) {
    case 'blank':
      return style === plain ? '' : `<c r="${at}" s="${styles.numberOf(style, 'text')}"/>`;
    case 'number':
      return `<c r="${at}" s="${styles.numberOf(style, 'number')}"><v>${cell.number}</v></c>`;
    case 'date':
      return cell.day + epochSerial < firstSerial
        ? cellXml({ styles, strings }, { kind: 'text', text: dayToDate(cell.day), style }, at)
        : `<c r="${at}" s="${styles.numberOf(style, 'date')}"><v>${cell.day + epochSerial}</v></c>`;
    case 'text': {
      const index = strings.get(cell.text) ?? strings.size;
      strings.set(cell.text, index);
      return `<c r="${at}" s="${styles.numberOf(style, looksLikeFormula(cell.text) ? 'guarded' : 'text')}" t="s"><v>${index}</v></c>`;
    }
  }
}

const names: string[] = [];

function columnName(column: number): string {
  return (names[column] ??= nameColumn(column));
}

function sheetHead({ columns, frozen }: BookSheet): string {
  const corner = `${columnName(frozen.columns + 1)}${frozen.rows + 1}`;
  const split = `${frozen.columns > 0 ? ` xSplit="${frozen.columns}"` : ''}${frozen.rows > 0 ? ` ySplit="${frozen.rows}"` : ''}`;
  const pane = frozen.columns > 0 && frozen.rows > 0 ? 'bottomRight' : frozen.rows > 0 ? 'bottomLeft' : 'topRight';
  const cols = columns
    .map(
      ({ width, hidden }, index) =>
        `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"${hidden ? ' hidden="1"' : ''}/>`,
    )
    .join('');
  return (
    `${xmlHead}<worksheet xmlns="${main}" xmlns:r="${relations}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
    `<sheetViews><sheetView showGridLines="0" workbookViewId="0">${split === '' ? '' : `<pane${split} topLeftCell="${corner}" activePane="${pane}" state="frozen"/>`}</sheetView></sheetViews>` +
    `<sheetFormatPr defaultRowHeight="15"/><cols>${cols}</cols><sheetData>`
  );
}

function sheetTail({ spans = [], filterRow, columns }: BookSheet, rows: number): string {
  const ranges = spans.map(
    ({ row, column, lastRow, lastColumn }) => `<mergeCell ref="${columnName(column)}${row}:${columnName(lastColumn)}${lastRow}"/>`,
  );
  const filter =
    filterRow === undefined || rows <= filterRow ? '' : `<autoFilter ref="A${filterRow}:${columnName(columns.length)}${rows}"/>`;
  return (
    `</sheetData>${filter}${ranges.length === 0 ? '' : `<mergeCells count="${ranges.length}">${ranges.join('')}</mergeCells>`}` +
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>' +
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>'
  );
}

function contentTypes({ sheets }: Book): string {
  const override = (path: string, type: string) =>
    `<Override PartName="${path}" ContentType="application/vnd.openxmlformats-${type}+xml"/>`;
  const sheet = 'officedocument.spreadsheetml.worksheet';
  return (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>' +
    override('/xl/workbook.xml', 'officedocument.spreadsheetml.sheet.main') +
    override('/xl/styles.xml', 'officedocument.spreadsheetml.styles') +
    override('/xl/sharedStrings.xml', 'officedocument.spreadsheetml.sharedStrings') +
    override('/docProps/core.xml', 'package.core-properties') +
    override('/docProps/custom.xml', 'officedocument.custom-properties') +
    `${sheets.map((_, index) => override(`/xl/worksheets/sheet${index + 1}.xml`, sheet)).join('')}</Types>`
  );
}

const packageRelations =
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
  `<Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/>` +
  '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>' +
  `<Relationship Id="rId3" Type="${relations}/custom-properties" Target="docProps/custom.xml"/></Relationships>`;

function coreProperties({ title, author, at }: Book): string {
  const time = (name: string) => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${escapeXml(at)}</dcterms:${name}>`;
  return (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${escapeXml(title)}</dc:title><dc:creator>${escapeXml(author)}</dc:creator>${time('created')}${time('modified')}</cp:coreProperties>`
  );
}

function customProperties({ properties }: Book): string {
  const values = Object.entries(properties).map(
    ([name, value], index) =>
      `<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="${index + 2}" name="${escapeXml(name)}">${typeof value === 'number' ? `<vt:i4>${value}</vt:i4>` : `<vt:lpwstr>${escapeXml(value)}</vt:lpwstr>`}</property>`,
  );
  return `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">${values.join('')}</Properties>`;
}

function workbookXml({ sheets }: Book): string {
  const quoted = (name: string) => `'${name.replaceAll("'", "''")}'`;
  const titles = sheets.flatMap(({ name, frozen: { rows, columns } }, index) => {
    const parts = [
      ...(columns > 0 ? [`${quoted(name)}!$A:$${columnName(columns)}`] : []),
      ...(rows > 0 ? [`${quoted(name)}!$1:$${rows}`] : []),
    ];
    return parts.length === 0
      ? []
      : [`<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${escapeXml(parts.join(','))}</definedName>`];
  });
  return (
    `<workbook xmlns="${main}" xmlns:r="${relations}"><bookViews><workbookView activeTab="0"/></bookViews><sheets>` +
    sheets.map(({ name }, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('') +
    `</sheets>${titles.length === 0 ? '' : `<definedNames>${titles.join('')}</definedNames>`}</workbook>`
  );
}

function workbookRelations({ sheets }: Book): string {
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${relations}/${type}" Target="${target}"/>`;
  return (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
    sheets.map((_, index) => relation(index + 1, 'worksheet', `worksheets/sheet${index + 1}.xml`)).join('') +
    `${relation(sheets.length + 1, 'styles', 'styles.xml')}${relation(sheets.length + 2, 'sharedStrings', 'sharedStrings.xml')}</Relationships>`
  );
}

function sharedStrings({ strings }: Context): string {
  const items = [...strings.keys()].map((text) => `<si><t xml:space="preserve">${escapeCell(text)}</t></si>`);
  return `<sst xmlns="${main}" uniqueCount="${items.length}">${items.join('')}</sst>`;
}
