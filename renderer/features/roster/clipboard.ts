/** A block of texts, row by row. */
export type TextBlock = readonly (readonly string[])[];

/** Writes a block as tab-separated text. Cells that hold tabs, quotes or line breaks are quoted as spreadsheets do. */
export function blockToTsv(block: TextBlock): string {
  return block.map((row) => row.map((text) => (/["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join('\t')).join('\n');
}

/** Writes a block as an HTML table that spreadsheets and mail programs take over as cells. */
export function blockToHtml(block: TextBlock): string {
  const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  // `mso-number-format: '\@'` makes Excel keep codes such as 0012 and =1 as text.
  const cells = (row: readonly string[]): string => row.map((text) => `<td style="mso-number-format:'\\@'">${escape(text)}</td>`).join('');
  return `<table>${block.map((row) => `<tr>${cells(row)}</tr>`).join('')}</table>`;
}

/** Reads tab-separated text as spreadsheets write it. One line break at the end belongs to the last row. */
export function tsvToBlock(text: string): TextBlock {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const source = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  for (let index = 0; index < source.length; index += 1) {
    const letter = source[index];
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (source[index + 1] === '"') {
        cell += '"';
        index += 1;
      } else quoted = false;
    } else if (letter === '"' && cell === '') quoted = true;
    else if (letter === '\t' || letter === '\n') {
      rows.at(-1)?.push(cell);
      cell = '';
      if (letter === '\n') rows.push([]);
    } else cell += letter;
  }
  rows.at(-1)?.push(cell);
  return rows.map((row) => row.map(tidy));
}

/** Reads the first table of an HTML clipboard; merged cells repeat their text over the cells they cover. `null` where there is none. */
export function htmlToBlock(html: string): TextBlock | null {
  const table = new DOMParser().parseFromString(html, 'text/html').querySelector('table');
  if (table === null) return null;
  const rows: string[][] = [];
  [...table.rows].forEach((tableRow, rowIndex) => {
    const row = (rows[rowIndex] ??= []);
    let column = 0;
    for (const cell of tableRow.cells) {
      while (row[column] !== undefined) column += 1;
      const text = tidy(cell.textContent ?? '');
      for (let down = 0; down < Math.max(1, cell.rowSpan); down += 1)
        for (let across = 0; across < Math.max(1, cell.colSpan); across += 1) (rows[rowIndex + down] ??= [])[column + across] = text;
      column += Math.max(1, cell.colSpan);
    }
  });
  const width = Math.max(...rows.map((row) => row.length), 0);
  return width === 0 ? null : rows.map((row) => Array.from({ length: width }, (_, index) => row[index] ?? ''));
}

// A non-breaking space is what spreadsheets leave in cells that look empty.
function tidy(text: string): string {
  return text.replaceAll('\u00a0', ' ').trim();
}

/** The text at a place of the block when it is laid over a larger area again and again. */
export function tileAt(block: TextBlock, row: number, column: number): string {
  const line = block[row % Math.max(1, block.length)] ?? [];
  return line[column % Math.max(1, line.length)] ?? '';
}

/** How large an area a paste covers: a selection that the block fits into a whole number of times is tiled, otherwise the block's own size. */
export function pasteSize(
  block: TextBlock,
  selected: { readonly rows: number; readonly columns: number },
): { readonly rows: number; readonly columns: number } {
  const rows = block.length;
  const columns = Math.max(...block.map((row) => row.length), 1);
  const tiles = selected.rows % rows === 0 && selected.columns % columns === 0;
  return tiles ? selected : { rows, columns };
}
