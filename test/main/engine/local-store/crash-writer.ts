// Runs as a process of its own: commits without end and prints the name of each commit as soon as it was answered. It is killed from outside.
import { openLocalStore } from '../../../../main/engine/local-store/open-store.ts';
import { ana, axes, create, draft, update } from './desk.ts';

const file = process.argv[2];
if (file === undefined) throw new Error('which file?');
const store = openLocalStore({ file, clock: () => Date.now(), axes, create: { name: 'Crash', sample: false, by: ana }, epochChanges: 50 });
const main = 'heads/main';
for (let round = 0; ; round++) {
  const at = store.placeAt(main);
  const changes = Array.from({ length: 5 }, (_, index) => {
    const id = `cell-${(round * 5 + index) % 40}`;
    const fields = { who: `p${index}`, slot: (round + index) % 60, code: `c${round}-${process.pid}` };
    return store.versionAt('cell', id, at) === null ? create('cell', id, fields) : update('cell', id, fields);
  });
  const outcome = store.appendCommit(main, draft(changes, { recordedAt: new Date().toISOString(), message: `round ${round}` }));
  if (outcome.kind === 'committed') process.stdout.write(`${outcome.commit.commit}\n`);
  // Checkpoints and epoch turns are to be hit as well.
  if (round % 25 === 0) while (store.tend());
  await new Promise(setImmediate);
}
