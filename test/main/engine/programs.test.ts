import Database from 'better-sqlite3';
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createEngine } from '../../../main/engine/engine.ts';
import { openEngine, type OpenedEngine } from '../../kit/open-engine.ts';
import { refusalOf } from '../../kit/refusal-of.ts';

let desk: OpenedEngine;
afterEach(() => desk.close());

const programmes = () => join(desk.dataDir, 'programmes');
const person = { op: 'create' as const, type: 'person', fields: { name: 'Lima, A', type: 'resident' } };

test('an empty programme is made, named, opened, and found again after a restart', async () => {
  desk = await openEngine({ program: null });
  expect(await desk.api.program.info()).toMatchObject({ state: 'none', program: null, problem: null, counts: { commits: 0 } });
  expect(await refusalOf(desk.api.changes.commit({ message: 'm', changes: [person] }))).toMatchObject({ code: 'NOT_FOUND' });
  const made = await desk.api.program.create({ name: 'Family Medicine' });
  expect(made).toMatchObject({
    state: 'ready',
    name: 'Family Medicine',
    sample: false,
    readOnly: false,
    createdAt: desk.clock.instant(),
    days: null,
  });
  expect(made.file).toBe(join(programmes(), `${made.program}.rosterline`));
  await desk.api.changes.commit({ message: 'm', changes: [person] });
  await desk.api.program.rename({ name: 'Family Medicine 2026' });
  await desk.restart();
  expect(await desk.api.program.info()).toMatchObject({
    program: made.program,
    name: 'Family Medicine 2026',
    counts: { commits: 1, versions: 1, entities: 1, branches: 1, byType: { person: 1 } },
  });
});

test('programmes are listed with the open one, and each can be opened again', async () => {
  desk = await openEngine({ program: 'One' });
  const one = await desk.api.program.info();
  await desk.api.changes.commit({ message: 'm', changes: [person] });
  desk.clock.advance(1_000);
  const two = await desk.api.program.create({ name: 'Two' });
  expect((await desk.api.program.list()).items.map((entry) => [entry.name, entry.open])).toEqual([
    ['Two', true],
    ['One', false],
  ]);
  expect((await desk.api.commits.line({})).total).toBe(0);
  desk.clock.advance(1_000);
  await desk.api.program.open({ program: one.program ?? '' });
  expect([(await desk.api.commits.line({})).total, (await desk.api.program.list()).items[0]?.name]).toEqual([1, 'One']);
  for (const wrong of ['nowhere', `../programmes/${two.program}`, ''])
    expect((await refusalOf(desk.api.program.open({ program: wrong }))).code).toMatch(/NOT_FOUND|BAD_REQUEST/);
});

test('a sample is the same for the same seed, tells its progress, and leaves other calls answered meanwhile', async () => {
  desk = await openEngine({ program: 'One' });
  await desk.api.changes.commit({ message: 'm', changes: [person] });
  const making = desk.api.program.createSample({ seed: 5, people: 3, years: 1 });
  expect((await desk.api.commits.line({})).total).toBe(1);
  const made = await making;
  expect(made).toMatchObject({ state: 'ready', sample: true, job: null });
  const told = desk.events().flatMap((event) => (event.kind === 'job' ? [event.job] : []));
  expect([told[0]?.state, told.at(-1)?.state, told.at(-1)?.done === told.at(-1)?.total, told.length >= 2]).toEqual([
    'running',
    'done',
    true,
    true,
  ]);
  expect(told.map((job) => job.done)).toEqual(told.map((job) => job.done).toSorted((a, b) => a - b));
  const tipOf = async () => (await desk.api.commits.line({ limit: 1 })).items[0]?.commit;
  const first = await tipOf();
  await desk.api.program.createSample({ seed: 5, people: 3, years: 1 });
  expect([await tipOf(), (await desk.api.program.list()).total]).toEqual([first, 3]);
  expect((await desk.api.verify.run()).ok).toBe(true);
  await desk.api.changes.commit({ message: 'm', changes: [person] });
  expect((await desk.api.verify.run()).ok).toBe(true);
});

test('a cancelled sample leaves the programme of before and no file', async () => {
  desk = await openEngine({ program: 'One' });
  const making = refusalOf(desk.api.program.createSample({ people: 10, years: 2 }));
  await new Promise((resolve) => setTimeout(resolve, 30));
  const [job] = (await desk.api.jobs.list()).items;
  expect(await desk.api.jobs.cancel({ job: job?.job ?? '' })).toMatchObject({ cancelled: true });
  expect(await making).toMatchObject({ code: 'CANCELLED', defined: true });
  expect(await desk.api.program.info()).toMatchObject({ state: 'ready', name: 'One', job: null });
  expect([(await desk.api.jobs.list()).items[0]?.state, readdirSync(programmes()).filter((name) => name.includes('making'))]).toEqual([
    'cancelled',
    [],
  ]);
  expect(await desk.api.jobs.cancel({ job: job?.job ?? '' })).toMatchObject({ cancelled: false });
});

test('a first start makes the sample by itself, and calls wait until it is there', async () => {
  desk = await openEngine({ sample: true });
  expect(await desk.api.program.info()).toMatchObject({ state: 'creating', job: { kind: 'sample', state: 'running' } });
  const window = await desk.api.roster.window({ from: '2026-08-03', to: '2026-08-09' });
  expect(window.cells.length).toBeGreaterThan(200);
  expect(await desk.api.program.info()).toMatchObject({ state: 'ready', sample: true });
  await desk.restart({ sample: true });
  expect((await desk.api.program.list()).total).toBe(1);
}, 120_000);

test('a first sample that is cancelled leaves no programme and says so to those who waited', async () => {
  desk = await openEngine({ sample: true });
  const waiting = refusalOf(desk.api.commits.line({}));
  const [job] = (await desk.api.jobs.list()).items;
  await desk.api.jobs.cancel({ job: job?.job ?? '' });
  expect(await waiting).toMatchObject({ code: 'NOT_FOUND' });
  expect(await desk.api.program.info()).toMatchObject({ state: 'none' });
  expect(await desk.api.program.create({ name: 'Mine' })).toMatchObject({ state: 'ready' });
});

test('an engine that is closed in the middle of a sample leaves nothing behind, and the next start begins again', async () => {
  desk = await openEngine({ sample: true });
  await new Promise((resolve) => setTimeout(resolve, 30));
  await desk.engine().close();
  expect(existsSync(programmes()) ? readdirSync(programmes()) : []).toEqual([]);
  await desk.restart({ sample: true });
  expect((await desk.api.program.info()).state).toBe('creating');
});

test('what was being made when the process ended is thrown away at the next start', async () => {
  desk = await openEngine({ program: 'One' });
  const half = join(programmes(), 'half.rosterline.making');
  for (const side of ['', '-wal', '-shm']) writeFileSync(half + side, 'half');
  await desk.restart();
  expect([existsSync(half), existsSync(`${half}-wal`), (await desk.api.program.list()).total]).toEqual([false, false, 1]);
});

test('a second engine on the same data folder is refused by name, and may take it when the first has gone', async () => {
  desk = await openEngine({ program: 'One' });
  const second = createEngine({ dataDir: desk.dataDir });
  await expect(second.start({ sample: false })).rejects.toMatchObject({
    code: 'READ_ONLY',
    message: expect.stringContaining(`process ${process.pid}`),
    data: { inUse: true, process: process.pid },
  });
  await second.close();
  expect(await desk.api.program.info()).toMatchObject({ state: 'ready' });
  await desk.engine().close();
  await second.start({ sample: false });
  await second.close();
  await desk.restart();
});

test('a file that is no programme is refused by name, left as it is, and another can be opened', async () => {
  desk = await openEngine({ program: 'Good', expectErrors: true });
  const good = await desk.api.program.info();
  const victim = await desk.api.program.create({ name: 'Victim' });
  const file = victim.file ?? '';
  await desk.engine().close();
  copyFileSync(file, `${file}.keep`);
  const spoil: readonly [string, string, () => void][] = [
    ['noise', 'DAMAGED', () => writeFileSync(file, 'this is a shopping list '.repeat(500))],
    [
      'newer',
      'UNSUPPORTED',
      () => {
        const newer = new Database(file);
        newer.pragma('user_version = 9999');
        newer.close();
      },
    ],
    ['gone', 'NOT_FOUND', () => rmSync(file)],
  ];
  const seen: unknown[] = [];
  for (const [what, code, run] of spoil) {
    copyFileSync(`${file}.keep`, file);
    run();
    const bytes = existsSync(file) ? readFileSync(file) : null;
    await desk.restart();
    const info = await desk.api.program.info();
    const refused = await refusalOf(desk.api.roster.window({ from: '2026-08-01', to: '2026-08-02' }));
    seen.push([what, info.state, info.problem?.code, info.problem?.file === file, refused.code]);
    expect([what, code]).toEqual([what, refused.code]);
    expect((await desk.api.program.list()).items.some((entry) => entry.name === 'Good')).toBe(true);
    expect(bytes === null ? !existsSync(file) : readFileSync(file).equals(bytes)).toBe(true);
    expect(await desk.api.program.open({ program: good.program ?? '' })).toMatchObject({ state: 'ready', name: 'Good' });
    expect(await refusalOf(desk.api.program.open({ program: victim.program ?? '' }))).toMatchObject({ code });
    expect(await desk.api.program.info()).toMatchObject({ state: 'ready', name: 'Good' });
    copyFileSync(`${file}.keep`, file);
    await desk.api.program.open({ program: victim.program ?? '' });
    await desk.engine().close();
  }
  expect(seen).toEqual(spoil.map(([what, code]) => [what, 'refused', code, true, code]));
  await desk.restart();
});

test('settings that cannot be read are set aside, and the programmes are found all the same', async () => {
  desk = await openEngine({ program: 'One', expectErrors: true });
  await desk.engine().close();
  writeFileSync(join(desk.dataDir, 'settings.json'), '{"half":');
  await desk.restart();
  expect(await desk.api.program.info()).toMatchObject({ state: 'ready', name: 'One' });
  expect(readdirSync(desk.dataDir).some((name) => name.startsWith('settings.json.unreadable'))).toBe(true);
});

test('who acts is kept over a restart, users are remembered, and watchers are told', async () => {
  desk = await openEngine();
  await desk.api.session.use({ userId: 'bruno', name: 'Bruno Costa' });
  await desk.api.session.use({ userId: 'ana', name: 'Ana Lima Souza' });
  expect(desk.events().filter((event) => event.kind === 'session').length).toBeGreaterThan(1);
  await desk.restart();
  const session = await desk.api.session.get();
  expect(session).toMatchObject({ userId: 'ana', name: 'Ana Lima Souza', device: 'desk-1' });
  expect(session.users.slice(-2)).toEqual([
    { userId: 'ana', name: 'Ana Lima Souza', role: 'admin' },
    { userId: 'bruno', name: 'Bruno Costa', role: 'admin' },
  ]);
});

test('every move of a branch is told to watchers, whoever makes it', async () => {
  desk = await openEngine();
  const abort = new AbortController();
  const seen: unknown[] = [];
  const watching = (async () => {
    for await (const event of await desk.api.program.watch({}, { signal: abort.signal })) seen.push(event);
  })().catch(() => undefined);
  await new Promise((resolve) => setImmediate(resolve));
  const done = await desk.api.changes.commit({ message: 'm', changes: [person] });
  if (done.kind !== 'committed') throw new Error('not committed');
  await desk.api.notes.tag({ commit: done.commit, tag: 'x' });
  await desk.api.branches.create({ name: 'side' });
  await new Promise((resolve) => setTimeout(resolve, 10));
  abort.abort();
  await watching;
  expect(seen).toEqual([
    { kind: 'moved', branch: 'main', tip: done.commit, position: 1 },
    { kind: 'moved', branch: 'notes', tip: expect.any(String), position: 1 },
    { kind: 'branches' },
  ]);
});
