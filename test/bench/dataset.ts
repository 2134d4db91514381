import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DraftChange, LocalStore } from '../../main/engine/local-store/store.ts';
import { openLocalStore } from '../../main/engine/local-store/open-store.ts';
import { entityTypeOf } from '../../shared/roster/entity-type.ts';
import { migrations } from '../../shared/object-store/migrations/index.ts';
import { benchCommits, benchGrid, type BenchOptions } from './bench-commits.ts';
import { createPresentTable, createRawTable, fillPresent, openPlain, bodyOf } from './plain-table.ts';

/** A history and its references on the disk, made once and kept for the next run. */
export interface Dataset {
  readonly options: BenchOptions;
  readonly folder: string;
  /** The programme file. */
  readonly file: string;
  /** Only what main shows now, as a plain table. */
  readonly present: string;
  /** Every version's JSON, as a plain table. */
  readonly raw: string;
}

const cache = resolve(import.meta.dirname, '../../node_modules/.cache/rosterline-bench');

/** Everything the bytes of a dataset depend on, except the options: the tables and the generator. */
const formatKey = createHash('sha256')
  .update(JSON.stringify(migrations.map((migration) => migration.statements)))
  .update(readFileSync(join(import.meta.dirname, 'bench-commits.ts')))
  .update(readFileSync(join(import.meta.dirname, 'plain-table.ts')))
  .digest('hex')
  .slice(0, 12);

/** Finds a dataset in the cache or makes it. What another format left there is removed after a day. */
export function prepareDataset(options: BenchOptions, say: (text: string) => void): Dataset {
  mkdirSync(cache, { recursive: true });
  removeOldDatasets();
  const name = [formatKey, options.entities, options.versions, options.branches ? 'branches' : 'main', options.lastChanges ?? 0].join('-');
  const folder = join(cache, name);
  if (!existsSync(folder)) {
    const unfinished = `${folder}.${process.pid}`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished);
    say(`making ${options.versions.toLocaleString('en')} versions of ${options.entities.toLocaleString('en')} entities …`);
    makeDataset(options, unfinished);
    if (existsSync(folder)) rmSync(unfinished, { recursive: true, force: true });
    else renameSync(unfinished, folder);
  }
  return describe(options, folder);
}

const dayMillis = 86_400_000;

// Not at once: another checkout that shares the cache may be measuring with it.
function removeOldDatasets(): void {
  for (const name of readdirSync(cache)) {
    const folder = join(cache, name);
    const age = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (!name.startsWith(formatKey) && age > dayMillis) rmSync(folder, { recursive: true, force: true });
  }
}

/** Opens a programme file of the bench as the product does, but with upkeep by hand and a cache of the size that is asked for. */
export function openBenchStore(file: string, options: { readonly cachedVersions?: number; readonly create?: true } = {}): LocalStore {
  return openLocalStore({
    file,
    clock: Date.now,
    axes: (type, fields) => entityTypeOf(type).axes(fields),
    upkeep: 'manual',
    ...(options.cachedVersions === undefined ? {} : { cachedVersions: options.cachedVersions }),
    ...(options.create
      ? {
          create: {
            name: 'Bench',
            sample: true,
            by: { userId: 'bench', userName: 'Bench', device: 'bench' },
            at: '2000-01-01T00:00:00.000Z',
          },
        }
      : {}),
  });
}

function describe(options: BenchOptions, folder: string): Dataset {
  return {
    options,
    folder,
    file: join(folder, 'programme.rosterline'),
    present: join(folder, 'present.sqlite'),
    raw: join(folder, 'raw.sqlite'),
  };
}

function makeDataset(options: BenchOptions, folder: string): void {
  const { file, present, raw } = describe(options, folder);
  const store = openBenchStore(file, { create: true });
  store.bulkLoad(benchCommits(options), { sorted: true });
  while (store.tend());
  store.close();

  const rawDb = openPlain(raw);
  createRawTable(rawDb);
  const insert = rawDb.prepare('INSERT INTO raw (entity, body) VALUES (?, ?)');
  const entities = new Map<string, number>();
  const standing = new Map<string, DraftChange>();
  rawDb.transaction(() => {
    for (const step of benchCommits(options)) {
      if ('createBranch' in step) continue;
      for (const change of step.draft.changes) {
        const entity = entities.get(change.id) ?? entities.size + 1;
        entities.set(change.id, entity);
        insert.run(entity, change.fields === null ? '' : bodyOf(change));
        if (step.ref !== 'heads/main') continue;
        if (change.fields === null) standing.delete(change.id);
        else standing.set(change.id, change);
      }
    }
  })();
  rawDb.pragma('wal_checkpoint(TRUNCATE)');
  rawDb.close();

  const presentDb = openPlain(present);
  createPresentTable(presentDb);
  fillPresent(presentDb, standing.values(), subjectsOf(options));
  presentDb.pragma('wal_checkpoint(TRUNCATE)');
  presentDb.close();
}

/** The grid's rows as the reference numbers them. */
export function subjectsOf(options: BenchOptions): ReadonlyMap<string, number> {
  return new Map(benchGrid(options).people.map((id, index) => [id, index + 1]));
}
