import type Database from 'better-sqlite3';
import type { Fields, Json } from '../../shared/json.ts';
import { makeFields } from '../../main/engine/local-store/shape-table.ts';
import { openDatabase } from '../../main/engine/local-store/database.ts';
import { createCellReads } from '../../main/engine/local-store/cell-reads.ts';
import { createTables } from '../../main/engine/local-store/store-parts.ts';
import type { LocalStore, Place } from '../../main/engine/local-store/store.ts';
import { entityTypeOf } from '../../shared/roster/entity-type.ts';
import { createRandom, type Random } from '../../main/sample/random.ts';
import { benchGrid, benchStart } from './bench-commits.ts';
import { openBenchStore, subjectsOf, type Dataset } from './dataset.ts';
import { compare, type Pair } from './measure.ts';
import { createPlainReads, openPlain, type PlainReads } from './plain-table.ts';
import { pairRow, type Row } from './report.ts';

export interface Rounds {
  readonly rounds: number;
  readonly warmup: number;
}

const windowDays = 28;

/** Parsed versions kept in memory while measuring the file: far fewer than one window has. */
export const uncached = 500;

/** Both sides of a dataset, opened for reading. */
export interface Readers {
  readonly data: Dataset;
  readonly store: LocalStore;
  readonly plain: PlainReads;
  readonly people: readonly string[];
  readonly subjects: readonly number[];
  readonly random: Random;
  close(): void;
}

/** Opens a dataset. `uncached` makes nearly every answer come from the file's pages, as the references' answers do. */
export function openReaders(data: Dataset, { cachedVersions }: { readonly cachedVersions: number }): Readers {
  const store = openBenchStore(data.file, { cachedVersions });
  const plainDb = openPlain(data.present, { readonly: true });
  const plain = createPlainReads(plainDb);
  // Warm: both files' pages are in memory, and the store knows the ids of its entities, as after some minutes of use.
  let entities = plain.all().length;
  for (const _ of store.entitiesAt('assignment', store.placeAt('heads/main'))) entities++;
  if (entities === 0) throw new Error('nothing to measure');
  return {
    data,
    store,
    plain,
    people: benchGrid(data.options).people,
    subjects: [...subjectsOf(data.options).values()],
    random: createRandom('bench/questions'),
    close: () => {
      store.close();
      plainDb.close();
    },
  };
}

/** A grid of 28 days near a random instant of the history, as somebody looking back would ask for it. */
export interface WindowQuestion {
  readonly at: string;
  readonly from: number;
  readonly to: number;
}

export function drawWindow({ random, data }: Pick<Readers, 'random' | 'data'>): WindowQuestion {
  const { days } = benchGrid(data.options);
  const day = benchStart + random.int(days - windowDays);
  const start = Math.min(Math.max(benchStart, day + random.between(-14, 14)), benchStart + days - windowDays);
  const at = new Date(day * 86_400_000 + random.int(86_400_000)).toISOString();
  return { at, from: start * 2, to: (start + windowDays) * 2 - 1 };
}

/** Rows of the budget table about reading. */
export function readingRows(data: Dataset, rounds: Rounds): Row[] {
  return [...windowRows(data, rounds), stepRow(data, rounds), ...oneRows(data, rounds), allRow(data, rounds)];
}

function windowRows(data: Dataset, rounds: Rounds): Row[] {
  const readers = openReaders(data, { cachedVersions: uncached });
  const bare = openBareReads(data);
  try {
    const about = `window of ${readers.people.length} people x ${windowDays} days`;
    const rowsOf = (ref: string, what: string, rows: number, parsed: number): Row[] => [
      pairRow(`${what}, rows`, compareBareWindows(readers, bare, ref, { ...rounds, parsed: false }), { most: rows }),
      pairRow(`${what}, parsed`, compareBareWindows(readers, bare, ref, { ...rounds, parsed: true }), { most: parsed }),
      pairRow(`${what}, as records`, compareWindows(readers, ref, rounds), {}, 'store.windowAt: with ids and hashes, checked and frozen'),
    ];
    return [
      ...rowsOf('heads/main', `${about} at a random instant`, 2, 1.4),
      ...(data.options.branches ? rowsOf('heads/second', 'the same on a branch with two ancestors', 3.5, 3.5) : []),
    ];
  } finally {
    bare.close();
    readers.close();
  }
}

/** A window through the store's own door, parsed, beside the same window of the present, parsed. */
export function compareWindows(readers: Readers, ref: string, rounds: Rounds): Pair {
  const { store, plain, people, subjects } = readers;
  return compare(() => {
    const { at, from, to } = drawOn(readers, ref);
    return {
      ours: () => store.read(() => store.windowAt('assignment', store.placeAt(ref, at), { subjects: people, from, to })).length,
      raw: () => plain.together(() => plain.window(subjects, from, to).map(parse)).length,
    };
  }, rounds);
}

/** An instant at which the ref existed; a branch is asked about its own days. */
function drawOn(readers: Readers, ref: string): WindowQuestion {
  const question = drawWindow(readers);
  if (ref === 'heads/main') return question;
  const branch = readers.store.ref(ref);
  const from = Date.parse(branch?.createdAt ?? question.at);
  const to = Date.parse(branch?.movedAt ?? question.at);
  const at = from + readers.random.next() * (to - from);
  const days = Math.floor(at / 86_400_000) + readers.random.between(-20, 40);
  return { at: new Date(at).toISOString(), from: days * 2, to: (days + windowDays) * 2 - 1 };
}

/** The store's own searches, and its bodies as the file has them: what the reference's rows are to the reference. */
interface BareReads {
  window(place: Place, people: readonly string[], from: number, to: number): readonly string[];
  /** The fields of one of them. */
  parse(text: string): Fields;
  close(): void;
}

function openBareReads(data: Dataset): BareReads {
  const { db } = openDatabase({ file: data.file });
  const tables = createTables({
    file: data.file,
    db,
    readonly: true,
    clock: Date.now,
    axes: (type, fields) => entityTypeOf(type).axes(fields),
    subjectType: 'person',
    epochChanges: undefined,
    logChanges: 2_000,
    cachedVersions: uncached,
    idleUpkeep: false,
    onUpkeepFailure: () => {},
  });
  const cells = createCellReads(db, tables.epochs);
  const bodies = db
    .prepare<[string], string>(
      `SELECT '[' || v.entity_id || ',' || v.shape_id || ',' || v.body || ']'
       FROM json_each(?) w CROSS JOIN versions v ON v.version_id = w.value`,
    )
    .pluck();
  const type = tables.entities.typeOf('assignment') ?? 0;
  return {
    window: (place, people, from, to) =>
      tables.transactions.read(() => {
        const subjects = people.map((id) => tables.entities.find('person', id) ?? -1);
        const rows = Int32Array.from(cells.window(tables.lines.chain(place), type, { subjects, from, to })).sort();
        return bodies.all(`[${rows.join()}]`);
      }),
    parse: (text) => {
      const [, shape, values]: [number, number, Json] = JSON.parse(text);
      return makeFields(tables.shapes.shape(shape), values);
    },
    close: () => closeQuietly(db),
  };
}

function closeQuietly(db: Database.Database): void {
  if (db.open) db.close();
}

function compareBareWindows(
  readers: Readers,
  bare: BareReads,
  ref: string,
  { parsed, ...rounds }: Rounds & { readonly parsed: boolean },
): Pair {
  const { store, plain, people, subjects } = readers;
  return compare(() => {
    const { at, from, to } = drawOn(readers, ref);
    const ours = (): readonly string[] => bare.window(store.placeAt(ref, at), people, from, to);
    const raw = (): readonly string[] => plain.together(() => plain.window(subjects, from, to));
    return parsed
      ? { ours: () => ours().map(bare.parse).length, raw: () => raw().map(parse).length }
      : { ours: () => ours().length, raw: () => raw().length };
  }, rounds);
}

/** The slider moves by some commits: what changed in the window, with the bodies that both ends already share in memory. */
function stepRow(data: Dataset, rounds: Rounds): Row {
  const readers = openReaders(data, { cachedVersions: 200_000 });
  const { store, plain, people, subjects, random } = readers;
  try {
    const last = store.placeAt('heads/main').position;
    const pair = compare(() => {
      const { at, from, to } = drawWindow(readers);
      const here = store.placeAt('heads/main', at);
      const next = store.placeAtPosition('heads/main', Math.min(last, here.position + random.pick([1, 1, 1, 40])!));
      return {
        ours: () => store.read(() => store.windowChanges('assignment', here, next, { subjects: people, from, to })).length + 1,
        raw: () => plain.together(() => plain.window(subjects, from, to)).length,
      };
    }, rounds);
    return pairRow('one slider step (1 or 40 commits), bodies cached', pair, { most: 1 }, 'reference: rows of the window');
  } finally {
    readers.close();
  }
}

const onesPerRound = 200;

function oneRows(data: Dataset, { rounds: wanted }: Rounds): Row[] {
  // A round takes two milliseconds, and in the first tens of them the engine's compiler is measured, on both sides.
  const rounds: Rounds = { rounds: wanted * 5, warmup: 60 };
  const readers = openReaders(data, { cachedVersions: uncached });
  try {
    return [
      pairRow('one entity as of', compareOnes(readers, 'heads/main', rounds), { most: 2 }, `${onesPerRound} at a time, parsed`),
      ...(data.options.branches
        ? [
            pairRow(
              'one entity on a branch',
              compareOnes(readers, 'heads/second', rounds),
              { most: 3 },
              `${onesPerRound} at a time, parsed`,
            ),
          ]
        : []),
    ];
  } finally {
    readers.close();
  }
}

/** Many single questions in one request, each about another entity, all at one random instant. */
export function compareOnes(readers: Readers, ref: string, rounds: Rounds): Pair {
  const { store, plain, random } = readers;
  const ids = plain.all().map((body) => String(JSON.parse(body).id));
  return compare(() => {
    const place = store.placeAt(ref, drawOn(readers, ref).at);
    const asked = Array.from({ length: onesPerRound }, () => random.pick(ids) ?? '');
    return {
      ours: () => store.read(() => countFound(asked.map((id) => store.versionAt('assignment', id, place)))) + 1,
      raw: () => plain.together(() => countFound(asked.map((id) => parse(plain.one(id) ?? 'null')))),
    };
  }, rounds);
}

function countFound(answers: readonly unknown[]): number {
  let count = 0;
  for (const answer of answers) if (answer !== null) count++;
  return count;
}

function allRow(data: Dataset, { rounds }: Rounds): Row {
  const readers = openReaders(data, { cachedVersions: uncached });
  const { store, plain } = readers;
  try {
    const { days } = benchGrid(data.options);
    const pair = compare(
      () => {
        // Late enough that most entities exist, so that both sides give about as many.
        const at = new Date((benchStart + days * (0.92 + readers.random.next() * 0.08)) * 86_400_000).toISOString();
        return {
          ours: () => {
            let count = 0;
            for (const _ of store.entitiesAt('assignment', store.placeAt('heads/main', at))) count++;
            return count;
          },
          raw: () => plain.together(() => plain.all().map(parse)).length,
        };
      },
      { rounds: Math.max(5, Math.floor(rounds / 10)), warmup: 2 },
    );
    return pairRow(`all ${data.options.entities.toLocaleString('en')} entities as of`, pair, { most: 2.5 }, 'parsed on both sides');
  } finally {
    readers.close();
  }
}

function parse(body: string): unknown {
  return JSON.parse(body);
}
