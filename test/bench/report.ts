import type { Pair, Sample } from './measure.ts';

/** One line of the table: a figure beside its reference and what it may be. */
export interface Row {
  readonly what: string;
  readonly ours: string;
  readonly raw: string;
  readonly ratio: string;
  /** The ratio of the fastest tenth of the rounds. */
  readonly quiet?: string;
  readonly budget: string;
  readonly verdict: 'ok' | 'over' | 'info' | 'skipped' | 'later';
  readonly note?: string;
}

export interface Limit {
  readonly most?: number;
  readonly least?: number;
}

/** A row of two timed sides and a limit on their ratio. */
export function pairRow(what: string, pair: Pair, limit: Limit, note?: string): Row {
  return {
    what,
    ours: sampleText(pair.ours),
    raw: sampleText(pair.raw),
    ratio: `${pair.ratio.toFixed(2)}x`,
    quiet: `${pair.quietRatio.toFixed(2)}x`,
    ...judge(pair.ratio, limit, 'x'),
    ...(note === undefined ? {} : { note }),
  };
}

/** A row of two plain figures. */
export function figureRow(
  what: string,
  figures: { readonly ours: string; readonly raw: string; readonly ratio: number; readonly quietRatio?: number },
  limit: Limit,
  note?: string,
): Row {
  const { ours, raw, ratio, quietRatio } = figures;
  return {
    what,
    ours,
    raw,
    ratio: `${ratio.toFixed(2)}x`,
    ...(quietRatio === undefined ? {} : { quiet: `${quietRatio.toFixed(2)}x` }),
    ...judge(ratio, limit, 'x'),
    ...(note === undefined ? {} : { note }),
  };
}

/** A row of one figure in milliseconds with a limit of its own, for what has no reference. */
export function millisRow(what: string, sample: Sample, most: number, note?: string): Row {
  return {
    what,
    ours: sampleText(sample),
    raw: '–',
    ratio: '–',
    ...judge(sample.median, { most }, ' ms'),
    ...(note === undefined ? {} : { note }),
  };
}

/** A row that says why there is no figure. */
export function emptyRow(what: string, verdict: 'skipped' | 'later', budget: string, note: string): Row {
  return { what, ours: '–', raw: '–', ratio: '–', budget, verdict, note };
}

function judge(figure: number, { most, least }: Limit, unit: string): Pick<Row, 'budget' | 'verdict'> {
  if (most !== undefined) return { budget: `≤ ${most}${unit}`, verdict: figure <= most ? 'ok' : 'over' };
  if (least !== undefined) return { budget: `≥ ${least}${unit}`, verdict: figure >= least ? 'ok' : 'over' };
  return { budget: 'none', verdict: 'info' };
}

/** `2.41 (p95 3.10) ms`, in microseconds where that is easier to read. */
export function sampleText({ median, p95 }: Sample): string {
  return p95 < 1 ? `${toDigits(median * 1_000)} (p95 ${toDigits(p95 * 1_000)}) µs` : `${toDigits(median)} (p95 ${toDigits(p95)}) ms`;
}

function toDigits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

const columns = ['what', 'ours', 'raw', 'ratio', 'quiet', 'budget', 'verdict', 'note'] as const;
const headings: Readonly<Record<(typeof columns)[number], string>> = {
  what: 'what',
  ours: 'Rosterline: median (p95)',
  raw: 'reference: median (p95)',
  ratio: 'ratio',
  quiet: '(quiet)',
  budget: 'budget',
  verdict: '',
  note: 'note',
};

/** The table as text, one line a row. */
export function printTable(rows: readonly Row[]): string {
  const texts = [headings, ...rows].map((row) => columns.map((column) => String(row[column] ?? '')));
  const widths = columns.map((_, index) => Math.max(...texts.map((line) => line[index]?.length ?? 0)));
  const toLine = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  const [heading, ...lines] = texts.map(toLine);
  return [heading, '-'.repeat(heading?.length ?? 0), ...lines].join('\n');
}
