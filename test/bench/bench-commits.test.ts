import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { benchCommits } from './bench-commits.ts';
import { openBenchStore } from './dataset.ts';

let folder: string | undefined;

afterEach(() => {
  if (folder) rmSync(folder, { recursive: true, force: true });
});

test('the history for measuring is one that a programme file takes, of exactly the size that was asked for', () => {
  const options = { entities: 1_000, versions: 9_000, branches: true, lastChanges: 200 };
  folder = mkdtempSync(join(tmpdir(), 'rosterline-bench-test-'));
  const store = openBenchStore(join(folder, 'programme.rosterline'), { create: true });
  try {
    store.bulkLoad(benchCommits(options), { sorted: true });
    const { versions, entities, refs } = store.counts();
    // 60 people stand beside the cells; main and the notes beside the branches.
    expect({ versions, entities, refs }).toEqual({ versions: options.versions, entities: options.entities + 60, refs: 5 });
    const tip = store.placeAt('heads/main');
    expect(store.changesBetween(store.placeAtPosition('heads/main', tip.position - 20), tip)).toHaveLength(options.lastChanges);
  } finally {
    store.close();
  }
});
