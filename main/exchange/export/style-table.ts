import type { CellStyle } from './book.ts';

/** Numbers the styles of a book, and writes the part that says what the numbers mean. */
export class StyleTable {
  readonly #known = new Map<CellStyle, Map<CellFormat, number>>();
  readonly #byText = new Map<string, number>();
  readonly #fonts = new Numbered(fontXml({}));
  readonly #fills = new Numbered('<fill><patternFill patternType="none"/></fill>', '<fill><patternFill patternType="gray125"/></fill>');
  readonly #borders = new Numbered(borderXml(undefined));
  readonly #formats = new Numbered('<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>');

  /** The number of a style for a kind of cell. */
  numberOf(style: CellStyle, format: CellFormat): number {
    const known = this.#known.get(style)?.get(format);
    if (known !== undefined) return known;
    const text = `${format} ${JSON.stringify(style)}`;
    const number = this.#byText.get(text) ?? this.#add(style, format);
    this.#byText.set(text, number);
    this.#known.set(style, (this.#known.get(style) ?? new Map<CellFormat, number>()).set(format, number));
    return number;
  }

  #add(style: CellStyle, format: CellFormat): number {
    const font = this.#fonts.numberOf(fontXml(style));
    const fill = style.fill === undefined && style.hatched === undefined ? 0 : this.#fills.numberOf(fillXml(style));
    const border = this.#borders.numberOf(borderXml(style.edge));
    const alignment = `<alignment${style.align === undefined ? '' : ` horizontal="${style.align}"`} vertical="${style.wrap ? 'top' : 'center'}"${style.wrap ? ' wrapText="1"' : ''}/>`;
    return this.#formats.numberOf(
      `<xf numFmtId="${formatNumber(style, format)}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"${format === 'guarded' ? ' quotePrefix="1"' : ''}>${alignment}</xf>`,
    );
  }

  toXml(): string {
    return (
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
      `<numFmts count="2"><numFmt numFmtId="${shortDate}" formatCode="d\\ mmm"/><numFmt numFmtId="${longDate}" formatCode="yyyy\\-mm\\-dd"/></numFmts>` +
      `${this.#fonts.toXml('fonts')}${this.#fills.toXml('fills')}${this.#borders.toXml('borders')}` +
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
      `${this.#formats.toXml('cellXfs')}<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
    );
  }
}

/** `guarded` is a text that looks like a formula: marked so that it stays a text when somebody edits the cell. */
export type CellFormat = 'text' | 'guarded' | 'number' | 'date';

const shortDate = 164;
const longDate = 165;
const asText = 49;

function formatNumber({ dates }: CellStyle, format: CellFormat): number {
  switch (format) {
    case 'text':
    case 'guarded':
      return asText;
    case 'number':
      return 0;
    case 'date':
      return dates === 'short' ? shortDate : longDate;
  }
}

class Numbered {
  readonly #numbers = new Map<string, number>();

  constructor(...first: readonly string[]) {
    for (const xml of first) this.numberOf(xml);
  }

  numberOf(xml: string): number {
    const known = this.#numbers.get(xml) ?? this.#numbers.size;
    this.#numbers.set(xml, known);
    return known;
  }

  toXml(name: string): string {
    return `<${name} count="${this.#numbers.size}">${[...this.#numbers.keys()].join('')}</${name}>`;
  }
}

function fontXml({ bold, italic, size = 10, color }: CellStyle): string {
  return `<font>${bold ? '<b/>' : ''}${italic ? '<i/>' : ''}<sz val="${size}"/><color rgb="FF${color ?? '20242C'}"/><name val="Calibri"/><family val="2"/></font>`;
}

function fillXml({ fill, hatched }: CellStyle): string {
  return hatched
    ? `<fill><patternFill patternType="lightUp"><fgColor rgb="FF9AA3B2"/><bgColor rgb="FF${fill ?? 'FFFFFF'}"/></patternFill></fill>`
    : `<fill><patternFill patternType="solid"><fgColor rgb="FF${fill ?? 'FFFFFF'}"/><bgColor indexed="64"/></patternFill></fill>`;
}

function borderXml(edge: CellStyle['edge']): string {
  const line = '<color rgb="FFB8BFCA"/>';
  const left = edge === 'left' ? `<left style="thin">${line}</left>` : '<left/>';
  return `<border>${left}<right/><top/>${edge === 'bottom' ? `<bottom style="thin">${line}</bottom>` : '<bottom/>'}<diagonal/></border>`;
}
