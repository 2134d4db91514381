import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openBenchStore, type Dataset } from './dataset.ts';
import { compare, type Pair } from './measure.ts';
import { compareOnes, compareWindows, openReaders, uncached, type Rounds } from './rows-reading.ts';
import { figureRow, sampleText, type Row } from './report.ts';

/** What must cost the same however large the roster is. The two files are asked in turn. */
export function sizeFlatnessRows(small: Dataset, large: Dataset, { rounds, warmup }: Rounds, cache: string): Row[] {
  const folder = mkdtempSync(join(cache, 'flat-'));
  const files = [small, large].map((data, index) => {
    const file = join(folder, `${index}.rosterline`);
    copyFileSync(data.file, file);
    return openBenchStore(file);
  });
  const [smallStore, largeStore] = files;
  if (!smallStore || !largeStore) throw new Error('two files');
  const span = `${small.options.entities.toLocaleString('en')} to ${large.options.entities.toLocaleString('en')} entities`;
  try {
    let made = 0;
    const create = (store: typeof smallStore): number => {
      store.createBranch({
        ref: `heads/made-${++made}`,
        parent: 'heads/main',
        by: { userId: 'bench', userName: 'Bench', device: 'bench' },
      });
      return 1;
    };
    const creating = compare(() => ({ ours: () => create(largeStore), raw: () => create(smallStore) }), { rounds, warmup });
    const diffing = compare(() => ({ ours: () => diffLast(largeStore), raw: () => diffLast(smallStore) }), { rounds, warmup });
    return [flatRow(`create a branch, ${span}`, creating, 1.5), flatRow(`diff of 1,000 entities, ${span}`, diffing, 1.2)];
  } finally {
    for (const store of files) store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The last twenty commits of main change a thousand entities. */
function diffLast(store: ReturnType<typeof openBenchStore>): number {
  return store.read(() => {
    const to = store.placeAt('heads/main');
    const from = store.placeAtPosition('heads/main', to.position - 20);
    const changes = store.changesBetween(from, to);
    if (changes.length !== 1_000) throw new Error(`a diff of ${changes.length} entities`);
    return changes.length;
  });
}

/** What must cost the same however often each entity was changed: each side is divided by its own reference first. */
export function depthFlatnessRows(shallow: Dataset, deep: Dataset, rounds: Rounds): Row[] {
  const few = openReaders(shallow, { cachedVersions: uncached });
  const many = openReaders(deep, { cachedVersions: uncached });
  try {
    const perEntity = ({ options }: Dataset): string => String(Math.round(options.versions / options.entities));
    const span = `${perEntity(shallow)} to ${perEntity(deep)} versions an entity`;
    return [
      depthRow(`window, ${span}`, compareWindows(few, 'heads/main', rounds), compareWindows(many, 'heads/main', rounds)),
      depthRow(`one entity, ${span}`, compareOnes(few, 'heads/main', rounds), compareOnes(many, 'heads/main', rounds)),
    ];
  } finally {
    few.close();
    many.close();
  }
}

function flatRow(what: string, { ours, raw, ratio, quietRatio }: Pair, most: number): Row {
  return figureRow(
    what,
    { ours: sampleText(ours), raw: sampleText(raw), ratio, quietRatio },
    { most },
    'the large file beside the small one',
  );
}

function depthRow(what: string, few: Pair, many: Pair): Row {
  return figureRow(
    what,
    {
      ours: sampleText(many.ours),
      raw: sampleText(few.ours),
      ratio: many.ratio / few.ratio,
      quietRatio: many.quietRatio / few.quietRatio,
    },
    { most: 1.25 },
    `${many.ratio.toFixed(2)}x and ${few.ratio.toFixed(2)}x of their own references`,
  );
}
