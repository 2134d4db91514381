import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CommitHash } from '../../../../shared/ids.ts';
import { openLocalStore } from '../../../../main/engine/local-store/open-store.ts';
import { axes } from './desk.ts';

/*
 * What must hold: an answer is a promise. Whatever was answered before the process died is there afterwards, whole, and nothing half is.
 * SIGKILL cannot stand for a power failure, but it does for everything the program itself might have kept back.
 */
test('loses nothing that was answered when the process is killed at any moment', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crash-'));
  const file = join(folder, 'programme.rosterline');
  const answered: string[] = [];
  try {
    for (const delay of [1, 60, 17, 140, 35]) {
      answered.push(...(await runUntilKilled(file, delay)));
      const store = openLocalStore({ file, clock: () => Date.now(), axes, upkeep: 'manual' });
      const line = store.line(store.placeAt('heads/main'), { limit: 100_000 });
      const known = new Set<string>(line.items.map(({ commit }) => commit));
      expect(answered.filter((commit) => !known.has(CommitHash.parse(commit)))).toEqual([]);
      expect(store.verify().faults).toEqual([]);
      store.close();
    }
    expect(answered.length).toBeGreaterThan(4);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);

/** Lets the writer commit, kills it some milliseconds after its first answer, and gives the commits that it answered. */
async function runUntilKilled(file: string, delay: number): Promise<string[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'crash-writer.ts'), file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (part: string) => {
    if (text === '') setTimeout(() => child.kill('SIGKILL'), delay);
    text += part;
  });
  await new Promise((resolve) => child.on('close', resolve));
  // The last line may be cut off: that answer was not given in full.
  return text.split('\n').slice(0, -1);
}
