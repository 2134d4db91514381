import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../../main/sample/random.ts';
import type { BulkStep, DraftChange, LocalStore, StoredVersion } from '../../main/engine/local-store/store.ts';
import { textOf } from '../../shared/roster/field.ts';
import { benchCommits, type BenchOptions } from './bench-commits.ts';
import { openBenchStore, type Dataset } from './dataset.ts';
import { compare, costOf, pairCosts, toSample, type Cost, type Pair } from './measure.ts';
import { bodyOf, createRawTable, openPlain } from './plain-table.ts';
import { figureRow, pairRow, type Row } from './report.ts';

/** Commits of 1, 10 and 100 changes on the full history, each on the disk when it is answered; the reference inserts the same bodies and syncs. */
export function commitRows(data: Dataset, { rounds, cache }: { readonly rounds: number; readonly cache: string }): Row[] {
  const folder = mkdtempSync(join(cache, 'commits-'));
  const file = join(folder, 'programme.rosterline');
  copyFileSync(data.file, file);
  const store = openBenchStore(file);
  const raw = openPlain(join(folder, 'raw.sqlite'));
  // As our own files have it: on a Mac, a sync without it does not reach the disk.
  raw.pragma('fullfsync = ON');
  createRawTable(raw);
  try {
    const insert = raw.prepare('INSERT INTO raw (entity, body) VALUES (?, ?)');
    const insertAll = raw.transaction((bodies: readonly string[]) => {
      for (const body of bodies) insert.run(1, body);
    });
    const nextChanges = changeMaker(store);
    const measure = (size: number, count: number): Pair => {
      let done = 0;
      return compare(
        () => {
          // Checkpoints and epochs are cut when nobody waits, here as in the product, and on both sides after the same commits: until its first
          // checkpoint a log grows, which makes each sync half as dear again.
          if (done++ % 200 === 0 && done > 1) {
            while (store.tend());
            raw.pragma('wal_checkpoint(PASSIVE)');
          }
          const changes = nextChanges(size);
          const bodies = changes.map(bodyOf);
          return {
            ours: () => appendAll(store, changes),
            raw: () => {
              insertAll(bodies);
              return bodies.length;
            },
          };
        },
        // The first checkpoint is in the warm-up: from then on both logs keep their length.
        { rounds: count, warmup: 220 },
      );
    };
    const one = measure(1, rounds);
    const ten = measure(10, Math.max(rounds, 400));
    const hundred = measure(100, rounds);
    const spread = ten.ours.p99 / ten.ours.median;
    return [
      pairRow('commit of 1 change, synchronous=FULL', one, { most: 1.5 }),
      pairRow('commit of 10 changes', ten, { most: 3 }),
      pairRow('commit of 100 changes', hundred, { most: 7 }),
      figureRow(
        'commit of 10 changes: p99 within its median',
        { ours: `p99 ${ten.ours.p99.toFixed(2)} ms`, raw: `median ${ten.ours.median.toFixed(2)} ms`, ratio: spread },
        { most: 12 },
        'upkeep runs between commits',
      ),
    ];
  } finally {
    store.close();
    raw.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function appendAll(store: LocalStore, changes: readonly DraftChange[]): number {
  const outcome = store.appendCommit('heads/main', {
    author: 'bench',
    authorName: 'Bench',
    device: 'bench',
    recordedAt: new Date().toISOString(),
    message: 'edit',
    kind: 'edit',
    changes,
  });
  return outcome.kind === 'committed' ? outcome.changes.length : 0;
}

/** Gestures as people make them: a rectangle of the grid, some people by some half days, somewhere at random. They fit what stands there. */
function changeMaker(store: LocalStore): (count: number) => readonly DraftChange[] {
  const random = createRandom('bench/commits');
  const slotIn = ({ fields }: StoredVersion): string => `${textOf(fields, 'date')} ${textOf(fields, 'half')}`;
  const standing = [...store.entitiesAt('assignment', store.placeAt('heads/main'))];
  const rows = [...Map.groupBy(standing, ({ fields }) => textOf(fields, 'personId')).values()].map((row) =>
    row.toSorted((left, right) => (slotIn(left) < slotIn(right) ? -1 : 1)),
  );
  let counter = 0;
  return (count) => {
    const people = Math.floor(Math.sqrt(count));
    const slots = count / people;
    const top = random.int(rows.length - people);
    const share = random.next();
    const chosen = rows.slice(top, top + people).flatMap((row) => {
      const first = Math.floor(share * (row.length - slots));
      return row.slice(first, first + Math.ceil(slots));
    });
    return chosen.slice(0, count).map(({ type, id, fields }) => ({
      type,
      id,
      op: 'update',
      fields: { ...fields, confidence: random.int(1_000) / 1_000, notes: `round ${++counter}` },
    }));
  };
}

/** Loading a long history both ways, beside inserting the same JSON. Pairs run in turn; the median pair counts. */
export function loadRows(options: BenchOptions, { cache, pairs }: { readonly cache: string; readonly pairs: number }): Row[] {
  const steps = [...benchCommits(options)];
  const bodies: string[] = [];
  for (const step of steps)
    if (!('createBranch' in step)) for (const change of step.draft.changes) bodies.push(change.fields ? bodyOf(change) : '');
  const raw: Cost[] = [];
  const incremental: Cost[] = [];
  const sorted: Cost[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    raw.push(loadRaw(bodies, cache));
    incremental.push(loadStore(steps, cache, {}));
    sorted.push(loadStore(steps, cache, { sorted: true }));
  }
  const perSecond = (costs: readonly Cost[]): string => `${rateOf(bodies.length, costs).toFixed(0)}k/s`;
  const about = `${bodies.length.toLocaleString('en')} versions`;
  return [
    pairRow(
      `bulk load of ${about}, incremental`,
      pairCosts(incremental, raw),
      { most: 9 },
      `${perSecond(incremental)} beside ${perSecond(raw)}; ${byProcessor}`,
    ),
    pairRow(
      `bulk load of ${about}, sorted`,
      pairCosts(sorted, raw),
      { most: 6 },
      `${perSecond(sorted)} beside ${perSecond(raw)}; ${byProcessor}`,
    ),
  ];
}

const byProcessor = 'small ratio: processor time';

/** Thousands per second, by the median of some costs. */
function rateOf(count: number, costs: readonly Cost[]): number {
  return count / toSample(costs.map((cost) => cost.millis)).median;
}

/** What inserting all bodies costs in one transaction. */
export function loadRaw(bodies: readonly string[], cache: string): Cost {
  const folder = mkdtempSync(join(cache, 'raw-'));
  const db = openPlain(join(folder, 'raw.sqlite'));
  try {
    createRawTable(db);
    const insert = db.prepare('INSERT INTO raw (entity, body) VALUES (?, ?)');
    return costOf(() => {
      db.transaction(() => {
        for (const [index, body] of bodies.entries()) insert.run(index, body);
      })();
      db.pragma('wal_checkpoint(TRUNCATE)');
    });
  } finally {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function loadStore(steps: readonly BulkStep[], cache: string, options: { readonly sorted?: boolean }): Cost {
  const folder = mkdtempSync(join(cache, 'load-'));
  const store = openBenchStore(join(folder, 'programme.rosterline'), { create: true });
  try {
    return costOf(() => void store.bulkLoad(steps, options));
  } finally {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the file weighs beside a table of the same JSON. */
export function sizeRow(data: Dataset): Row {
  const ours = statSync(data.file).size;
  const raw = statSync(data.raw).size;
  const perVersion = (size: number): string => `${(size / data.options.versions).toFixed(0)} B a version`;
  return figureRow(
    'file size',
    { ours: `${(ours / 1e6).toFixed(0)} MB`, raw: `${(raw / 1e6).toFixed(0)} MB`, ratio: ours / raw },
    { most: 1 },
    `${perVersion(ours)} beside ${perVersion(raw)}`,
  );
}

/** Proving everything, in versions per second, beside the versions per second of a raw insert. */
export function verifyRow(data: Dataset, { cache }: { readonly cache: string }): Row {
  const bodies: string[] = [];
  for (const step of benchCommits(data.options))
    if (!('createBranch' in step)) for (const change of step.draft.changes) bodies.push(change.fields ? bodyOf(change) : '');
  const store = openBenchStore(data.file);
  try {
    const raw: Cost[] = [];
    const ours: Cost[] = [];
    for (let round = 0; round < 3; round++) {
      raw.push(loadRaw(bodies, cache));
      ours.push(
        costOf(() => {
          const report = store.verify();
          if (!report.ok) throw new Error(`verify found ${report.faults.length} faults: ${report.faults[0]?.problem ?? ''}`);
        }),
      );
    }
    const [rate, rawRate] = [rateOf(bodies.length, ours), rateOf(bodies.length, raw)];
    return figureRow(
      'verify everything, one thread',
      {
        ours: `${rate.toFixed(0)}k versions/s`,
        raw: `${rawRate.toFixed(0)}k versions/s`,
        ratio: rate / rawRate,
        quietRatio: 1 / pairCosts(ours, raw).quietRatio,
      },
      { least: 0.4 },
      `with the integrity check of SQLite and all derived tables; ${byProcessor}`,
    );
  } finally {
    store.close();
  }
}
