import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readWorkbook } from '../../../../main/exchange/read-workbook.ts';
import { appContract } from '../../../../shared/contract/app/index.ts';
import { readingCalls, writingCalls, type Covered } from './leak-calls.ts';
import { readPool, type LeakPool } from './leak-pool.ts';
import type { Secret, Secrets } from './leak-secrets.ts';
import { buildLeakWorld, openLeakDesk, users, type LeakDesk, type LeakWorld } from './leak-world.ts';

/*
 * What must hold: nobody is told a value that is somebody else's own, and nobody who is not linked to a guarded record is told anything of what
 * it says, by any answer, refusal, event, line of the log, file or count. Why it might not: every query reads the same store, each new one can
 * forget the rule, and words are put together in many places. How silent the damage would be: nobody would notice a name too many in an answer.
 * So every value of the story is one that occurs nowhere else, everybody asks everything by every name there is, and the rule is written
 * down a second time, in `leak-secrets.ts` and `leak-world.ts`, from the promise and not from the code.
 */

let world: LeakWorld;
beforeAll(async () => {
  world = await buildLeakWorld(await openLeakDesk());
}, 120_000);
afterAll(async () => {
  await world.desk.close();
  rmSync(world.desk.dataDir, { recursive: true, force: true });
});

const minutes = 240_000;

describe('nobody is told what is not theirs', () => {
  test('every call of the contract is asked, or says why it is not', () => {
    const all = Object.entries(appContract).flatMap(([group, calls]) => Object.keys(calls).map((method) => `${group}/${method}`));
    expect([...Object.keys(readingCalls), ...Object.keys(writingCalls)].toSorted()).toEqual(all.toSorted());
  });

  for (const user of users)
    test(`${user} asks everything by every name there is`, { timeout: minutes }, async () => {
      const pool = await readPool(world, user);
      expect(await askAll(pool, readingCalls, world.secrets)).toEqual([]);
    });

  test('and what is theirs they were told: every planted value but those that nobody may read again', () => {
    const silent = world.secrets.all.filter((secret) => !heard.has(secret)).map(({ what }) => what.replace(/ of user-.*|,? record.*/, ''));
    expect([...new Set(silent)].toSorted()).toEqual(['note of the offer 0', 'note of the offer 3', 'note of the offer 6']);
  });

  for (const user of ['user-04', 'user-11', 'user-12'])
    test(`${user} tries to change everything on a copy of the file`, { timeout: minutes }, async () => {
      const copy = mkdtempSync(join(tmpdir(), 'rosterline-leak-copy-'));
      // The engine has written everything down: a copy of the folder is a copy of the programme.
      cpSync(world.desk.dataDir, copy, { recursive: true, filter: (path) => !path.endsWith('.lock') });
      const desk = await openLeakDesk(copy, 11);
      try {
        const pool = { ...(await readPool({ ...world, desk }, user)), desk };
        const found = await askAll(pool, writingCalls, world.secrets);
        expect([
          ...found,
          ...(await askAll(
            pool,
            pick(readingCalls, ['commits/line', 'commits/get', 'diff/commits', 'views/search', 'notes/list']),
            world.secrets,
          )),
        ]).toEqual([]);
        expect(overheard(desk, world.secrets)).toEqual([]);
      } finally {
        await desk.close();
        rmSync(copy, { recursive: true, force: true });
      }
    });

  test('no event and no line of the log holds a planted value, whoever it belongs to', () => {
    expect(world.desk.logged.length).toBeGreaterThan(0);
    expect(overheard(world.desk, world.secrets)).toEqual([]);
  });

  test(
    'what was offered and withdrawn is gone at every moment, also while another offer of the same user stands',
    { timeout: minutes },
    async () => {
      const [record] = world.records;
      const pool = await readPool(world, 'user-04');
      const asOfferer = { type: record?.type, id: record?.id, view: 'user-01' };
      const everyMoment = (): unknown[] => pool.moments.map((at) => ({ ...asOfferer, at }));
      expect(await askAll(pool, { 'views/get': everyMoment, 'versions/at': everyMoment }, world.secrets)).toEqual([]);
      expect(await world.desk.must('user-04', 'views/get', asOfferer)).toMatchObject({ source: 'offered' });
    },
  );

  test('what is masked shows no digits of an identifier, not even to who is linked', { timeout: minutes }, async () => {
    for (const user of users.slice(0, 4))
      for (const path of ['views/search', 'views/offers', 'views/drift']) {
        const answer = await world.desk.ask(user, path, {
          ...(path === 'views/search' ? { type: 'patient' } : {}),
          mask: true,
          limit: 500,
        });
        expect(JSON.stringify(answer)).not.toMatch(/(?<![0-9a-f])777\d{8}(?![0-9a-f])/);
      }
  });
});

describe('numbers tell nothing either', () => {
  /** Every number that a user is told, without the size of the file, which is what the disk shows. */
  async function numbersOf(user: string): Promise<any> {
    const ask = (path: string, input: unknown): Promise<any> => world.desk.must(user, path, input);
    const { counts } = await ask('program/info', {});
    const { items } = await ask('branches/list', {});
    const line = async (type: string): Promise<number> => (await ask('commits/line', { type })).total;
    const { buckets } = await ask('commits/density', { buckets: 7 });
    return {
      counts,
      branches: items.map(({ name, versionCount, entityCount }: any) => ({ name, versionCount, entityCount })),
      lines: { clinic: await line('clinic'), patient: await line('patient') },
      changes: buckets.reduce((sum: number, bucket: any) => sum + bucket.changes, 0),
      notes: (await ask('notes/list', {})).total,
      lists: (await ask('versions/allAt', { type: 'clinic' })).total,
      merges: (await ask('merges/list', {})).total,
    };
  }

  test('a commit whose every change is hidden is in no list of that type', async () => {
    for (const user of ['user-05', 'user-12'])
      for (const type of ['clinic', 'patient']) {
        const { items } = await world.desk.must(user, 'commits/line', { type, limit: 500 });
        for (const item of items) expect(item.counts.map((count: any) => count.type)).toContain(type);
        if (user === 'user-12') expect(items).toEqual([]);
      }
  });

  test('what others keep for themselves moves no number of anybody else', async () => {
    const [record] = world.records;
    const of = { type: record?.type, id: record?.id };
    const before = [await numbersOf('user-02'), await numbersOf('user-12')];
    await world.desk.must('user-01', 'views/save', { ...of, fields: { street: 'Rua Um' } });
    await world.desk.must('user-01', 'views/save', { ...of, fields: { street: 'Rua Dois' }, status: 'draft' });
    const { offer } = await world.desk.must('user-01', 'views/offer', { ...of, to: 'user-09' });
    await world.desk.must('user-01', 'views/withdraw', { offer });
    await world.desk.must('user-01', 'views/clear', { ...of, fields: ['street'] });
    await world.desk.must('user-01', 'views/reveal', of);
    expect([await numbersOf('user-02'), await numbersOf('user-12')]).toEqual(before);
  });

  test('what happens to a hidden record is a commit to strangers, and no more', async () => {
    const before = await numbersOf('user-12');
    const [record] = world.records;
    const change = { op: 'update', type: record?.type, id: record?.id, fields: { street: 'Rua Três' } };
    await world.desk.must('user-01', 'changes/commit', { message: 'Edit', changes: [change] });
    const after = await numbersOf('user-12');
    expect(after).toEqual({ ...before, counts: { ...before.counts, commits: before.counts.commits + 1 } });
  });
});

describe('searching tells nothing either', () => {
  for (const user of ['user-01', 'user-04', 'user-11', 'user-12'])
    test(`${user} finds nothing by values that are not theirs: the answer is that to nonsense`, { timeout: minutes }, async () => {
      const { desk, secrets } = world;
      const wrong: string[] = [];
      for (const type of ['clinic', 'patient'])
        for (const secret of secrets.all.filter((each) => !each.mayBeSeenBy(user)))
          // A part of a number may be in another number that is the asker's.
          for (const text of /\d/.test(secret.text) ? [secret.text] : [secret.text, secret.text.toUpperCase(), secret.text.slice(1, -1)])
            for (const [path, input] of [
              ['views/search', { type, text }],
              ['versions/allAt', { type, filters: { name: { from: text, to: `${text}~` } } }],
            ] as const) {
              const { answer } = await desk.ask(user, path, input);
              if (answer !== undefined && (answer.total !== 0 || answer.items.length > 0)) wrong.push(`${path} ${secret.what} “${text}”`);
            }
      expect(wrong).toEqual([]);
    });
});

/** What was told to anybody who may hear it. */
const heard = new Set<Secret>();

/** Asks every input of every call and says what was told that must not be. */
async function askAll(pool: LeakPool, calls: Readonly<Record<string, Covered>>, secrets: Secrets): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [path, covered] of Object.entries(calls)) {
    if (typeof covered !== 'function') continue;
    for (const input of covered(pool)) {
      const answer = await pool.desk.ask(pool.user, path, input);
      const typed = JSON.stringify(input);
      const told = [JSON.stringify(answer), ...decodedFiles(answer)].join('\n');
      for (const secret of secrets.told(told)) heard.add(secret);
      for (const { what } of secrets.leaks(pool.user, told, typed)) found.push(`${path} ${typed.slice(0, 300)} tells the ${what}`);
      found.push(...wrongTotal(path, typed, answer));
      if (answer.refused?.code === 'INTERNAL_SERVER_ERROR') found.push(`${path} ${typed.slice(0, 300)} failed: ${answer.refused.message}`);
    }
  }
  return found.slice(0, 40);
}

/** A list that is there whole counts what it shows. */
function wrongTotal(path: string, typed: string, { answer }: { readonly answer?: any }): readonly string[] {
  if (answer === null || typeof answer !== 'object' || !Array.isArray(answer.items) || answer.next !== null || 'clean' in answer) return [];
  if (typed.includes('cursor') || answer.total === answer.items.length) return [];
  return [`${path} ${typed.slice(0, 300)} counts ${answer.total} and shows ${answer.items.length}`];
}

/** What stands in a file that was handed over, in the text of its bytes or in the cells of its sheets. */
function decodedFiles({ answer }: { readonly answer?: any }): readonly string[] {
  if (typeof answer?.base64 !== 'string') return [];
  const bytes = Buffer.from(answer.base64, 'base64');
  if (answer.format !== 'xlsx') return [bytes.toString('utf8')];
  return readWorkbook({ name: 'file.xlsx', bytes }).sheets.flatMap((sheet) =>
    Array.from({ length: sheet.rows }, (_, row) =>
      sheet.columnsIn(row + 1).map((column) => sheet.ownCell(row + 1, column)?.text ?? ''),
    ).flat(),
  );
}

/** Planted values that were logged or told to watchers: not even their owners' may be there. */
function overheard({ logged, told }: Pick<LeakDesk, 'logged' | 'told'>, secrets: Secrets): readonly string[] {
  const text = [...logged, ...told].join('\n').toLowerCase();
  return secrets.all.filter((secret) => text.includes(secret.text.toLowerCase())).map(({ what }) => what);
}

function pick(calls: Readonly<Record<string, Covered>>, paths: readonly string[]): Readonly<Record<string, Covered>> {
  return Object.fromEntries(Object.entries(calls).filter(([path]) => paths.includes(path)));
}
