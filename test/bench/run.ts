import { mkdirSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareDataset } from './dataset.ts';
import { emptyRow, printTable, type Row } from './report.ts';
import { pageRows } from './rows-page.ts';
import { depthFlatnessRows, sizeFlatnessRows } from './rows-flatness.ts';
import { mergingRows } from './rows-merging.ts';
import { readingRows } from './rows-reading.ts';
import { commitRows, loadRows, sizeRow, verifyRow } from './rows-writing.ts';

/**
 * `npm run bench`: every figure of the budget beside its plain better-sqlite3 reference, measured in one run on the same bytes. `-- --small`
 * takes a tenth of the data; `-- --only read,commit` some of the groups. Says what is over the budget, and never fails for it.
 */
const { values } = parseArgs({ options: { small: { type: 'boolean', default: false }, only: { type: 'string' } } });

const scale = values.small ? 10 : 1;
const rounds = { rounds: values.small ? 40 : 80, warmup: 10 };
const cache = resolve(import.meta.dirname, '../../node_modules/.cache/rosterline-bench-work');
mkdirSync(cache, { recursive: true });

const full = { entities: 100_000 / scale, versions: 1_000_000 / scale, branches: true };
const groups: Readonly<Record<string, () => Row[] | Promise<Row[]>>> = {
  read: () => readingRows(prepareDataset(full, say), rounds),
  commit: () => commitRows(prepareDataset(full, say), { rounds: rounds.rounds * 3, cache }),
  load: () => loadRows({ entities: 25_000 / (values.small ? 2 : 1), versions: 250_000 / (values.small ? 2 : 1) }, { cache, pairs: 3 }),
  flat: () => [
    ...sizeFlatnessRows(
      prepareDataset({ entities: 10_000, versions: 20_000, lastChanges: 1_000 }, say),
      prepareDataset({ entities: 1_000_000 / scale, versions: 1_050_000 / scale, lastChanges: 1_000 }, say),
      rounds,
      cache,
    ),
    ...depthFlatnessRows(
      prepareDataset({ entities: 20_000 / (values.small ? 2 : 1), versions: 100_000 / (values.small ? 2 : 1) }, say),
      prepareDataset({ entities: 20_000 / (values.small ? 2 : 1), versions: 400_000 / (values.small ? 2 : 1) }, say),
      rounds,
    ),
  ],
  size: () => [sizeRow(prepareDataset(full, say))],
  verify: () => [verifyRow(prepareDataset(full, say), { cache })],
  merge: () =>
    mergingRows(
      prepareDataset({ entities: 10_000, versions: 20_000, lastChanges: 1_000 }, say),
      prepareDataset({ entities: 1_000_000 / scale, versions: 1_050_000 / scale, lastChanges: 1_000 }, say),
      { rounds: rounds.rounds / 2, warmup: 5 },
      cache,
    ),
  page: () => pageRows({ people: values.small ? 27 : 60, say }),
};

const wanted = values.only?.split(',') ?? Object.keys(groups);
const rows: Row[] = [];
say(
  `Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'processor'}, load ${loadavg()[0]?.toFixed(1)}; warm page cache, mmap on, 4 kB pages, cache 64 MB`,
);
say(
  `${full.versions.toLocaleString('en')} versions of ${full.entities.toLocaleString('en')} entities on four lines; ${rounds.rounds} rounds, both sides in turn`,
);
for (const name of wanted) {
  const group = groups[name];
  if (!group) throw new Error(`no group ${name}: ${Object.keys(groups).join(', ')}`);
  say(`measuring ${name} …`);
  try {
    rows.push(...(await group()));
  } catch (error) {
    // The other groups still say something.
    rows.push(emptyRow(name, 'skipped', '', error instanceof Error ? error.message.slice(0, 160) : String(error)));
  }
}
console.log(`\n${printTable(rows)}\n`);
const named = (verdict: Row['verdict']): string =>
  rows
    .filter((row) => row.verdict === verdict)
    .map((row) => row.what)
    .join('; ');
for (const [verdict, words] of [
  ['over', 'Over the budget'],
  ['skipped', 'Not measured'],
] as const)
  if (named(verdict) !== '') console.log(`${words}: ${named(verdict)}.`);
const within = rows.filter((row) => row.verdict === 'ok').length;
console.log(`${within} of ${rows.filter((row) => row.verdict === 'ok' || row.verdict === 'over').length} figures within the budget.`);

/** Progress goes to stderr, so that the table can be kept. */
function say(text: string): void {
  console.error(text);
}
