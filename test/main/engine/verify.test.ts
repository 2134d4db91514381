import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { buildHistory, type BuiltHistory } from '../../kit/build-history.ts';
import { refusalOf } from '../../kit/refusal-of.ts';

let history: BuiltHistory;
afterEach(() => history.close());

test('a whole history is found in order, quickly checked or fully, and the check is a job people see', async () => {
  history = await buildHistory()
    .commit('main', { cell: { activity: 'A' } })
    .branch('side')
    .commit('side', { cell: { activity: 'B' } })
    .open();
  for (const full of [true, false])
    expect(await history.api.verify.run({ full })).toMatchObject({ ok: true, faults: [], checked: { versions: 2, commits: 2 } });
  const jobs = history.events().flatMap((event) => (event.kind === 'job' ? [event.job] : []));
  expect(jobs.map((job) => [job.kind, job.state]).slice(-2)).toEqual([
    ['verify', 'running'],
    ['verify', 'done'],
  ]);
});

test('an altered value is found and named with its record, and the commit that holds it no longer verifies', async () => {
  history = await buildHistory()
    .commit('main', { cell: { activity: 'ICU' } })
    .commit('main', { cell: { activity: 'C' } })
    .open();
  const { file } = await history.api.program.info();
  const [first = '', second = ''] = history.commits();
  await history.engine().close();
  const raw = new Database(file ?? '');
  for (const { name } of raw.prepare(`select name from sqlite_master where type = 'trigger'`).all() as { name: string }[])
    raw.exec(`drop trigger "${name}"`);
  expect(raw.prepare(`update versions set body = replace(body, 'ICU', 'OFF') where body like '%ICU%'`).run().changes).toBe(1);
  raw.close();
  await history.restart();
  const report = await history.api.verify.run();
  expect([report.ok, report.faults.filter((fault) => fault.where === 'version').map((fault) => [fault.type, fault.id])]).toEqual([
    false,
    [['assignment', 'cell']],
  ]);
  expect([
    (await history.api.commits.get({ commit: first })).verified,
    (await history.api.commits.get({ commit: second })).verified,
  ]).toEqual([false, true]);
});

test('a check can be stopped', async () => {
  history = await buildHistory().open();
  await history.api.program.createSample({ people: 5, years: 2 });
  const running = refusalOf(history.api.verify.run());
  await new Promise((resolve) => setImmediate(resolve));
  const [job] = (await history.api.jobs.list()).items;
  expect([job?.kind, await history.api.jobs.cancel({ job: job?.job ?? '' })]).toEqual(['verify', { job: job?.job, cancelled: true }]);
  expect((await running).code).toBe('CANCELLED');
  expect((await history.api.verify.run()).ok).toBe(true);
});
