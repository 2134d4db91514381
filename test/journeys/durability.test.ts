import Database from 'better-sqlite3';
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { addPerson, commit, newId, openDesk } from './api.ts';

test('killing the process while it commits loses nothing that was answered', async () => {
  const desk = await openDesk();
  try {
    const person = await addPerson(desk, 'Lima, A');
    const answered = new Map<string, string>();
    for (let round = 0; round < 4; round++) {
      let stop = false;
      const writers = Array.from({ length: 4 }, async () => {
        while (!stop) {
          const id = newId('cell');
          try {
            const answer = await commit(desk, [
              { op: 'create', type: 'assignment', id, fields: { personId: person, date: '2026-08-05', half: 'AM', activity: 'C' } },
            ]);
            answered.set(id, answer.changes[0].version);
          } catch (error) {
            if (!stop) throw error;
          }
        }
      });
      await new Promise((resolve) => setTimeout(resolve, 250 + round * 90));
      stop = true;
      await desk.restart('SIGKILL');
      await Promise.all(writers);
    }
    expect(answered.size).toBeGreaterThan(50);
    const { items } = await desk.ask('versions/allAt', { type: 'assignment', limit: 100_000 });
    const stored = new Map(items.map((item: any) => [item.id, item.version]));
    expect([...answered].filter(([id, version]) => stored.get(id) !== version)).toEqual([]);
    expect(await desk.ask('verify/run')).toMatchObject({ ok: true, faults: [] });
  } finally {
    await desk.close();
  }
});

test('a byte changed behind our back is found and named, and the rest is still right', async () => {
  const desk = await openDesk();
  try {
    const person = await addPerson(desk, 'Lima, A');
    const id = newId('cell');
    await commit(
      desk,
      [{ op: 'create', type: 'assignment', id, fields: { personId: person, date: '2026-08-05', half: 'AM', activity: 'ICU' } }],
      { reason: 'cover' },
    );
    const { file } = await desk.ask('program/info');
    await desk.app().stop({ keepData: true });
    const raw = new Database(file);
    for (const { name } of raw.prepare(`select name from sqlite_master where type = 'trigger'`).all() as { name: string }[])
      raw.exec(`drop trigger "${name}"`);
    const changed = raw.prepare(`update versions set body = replace(body, 'ICU', 'OFF') where body like '%ICU%'`).run().changes;
    raw.close();
    expect(changed).toBe(1);
    await desk.restart('politely');
    const answer = await desk.ask('verify/run', { full: true });
    expect(answer.ok).toBe(false);
    expect(answer.faults.filter((fault: any) => fault.where === 'version')).toMatchObject([{ type: 'assignment', id }]);
  } finally {
    await desk.close();
  }
});

test('a file that is damaged, foreign or from a newer version is refused by name, left as it is, and others can still be opened', async () => {
  const desk = await openDesk({ name: 'Good one' });
  try {
    const good = await desk.ask('program/info');
    const victim = await desk.ask('program/create', { name: 'Victim' });
    await desk.app().stop({ keepData: true });
    const keep = `${victim.file}.keep`;
    copyFileSync(victim.file, keep);
    const cases: [string, (file: string) => void, string][] = [
      ['noise', (file) => writeFileSync(file, 'this is not a database, it is a shopping list '.repeat(500)), 'DAMAGED'],
      [
        'foreign',
        (file) => {
          rmSync(file);
          const other = new Database(file);
          other.exec('create table recipes (name text)');
          other.close();
        },
        'DAMAGED',
      ],
      [
        'newer',
        (file) => {
          const newer = new Database(file);
          newer.pragma('user_version = 9999');
          newer.close();
        },
        'UNSUPPORTED',
      ],
      ['cut', (file) => writeFileSync(file, readFileSync(file).subarray(0, 5000)), 'DAMAGED'],
    ];
    for (const [what, spoil, code] of cases) {
      for (const side of ['-wal', '-shm']) if (existsSync(victim.file + side)) rmSync(victim.file + side);
      copyFileSync(keep, victim.file);
      spoil(victim.file);
      const bytes = readFileSync(victim.file);
      await desk.restart('politely');
      const info = await desk.ask('program/info');
      expect({ what, state: info.state, code: info.problem?.code }).toEqual({ what, state: 'refused', code });
      expect(await desk.refusal('roster/window', { from: '2026-08-01', to: '2026-08-02' })).toMatchObject({ code });
      expect(
        await desk.refusal('changes/commit', {
          message: 'm',
          changes: [{ op: 'create', type: 'person', fields: { name: 'X', type: 'faculty' } }],
        }),
      ).toMatchObject({ code });
      expect(readFileSync(victim.file).equals(bytes)).toBe(true);
      expect(await desk.ask('program/open', { program: good.program })).toMatchObject({ state: 'ready', name: 'Good one' });
      expect(await desk.refusal('program/open', { program: victim.program })).toMatchObject({ code });
      await desk.raw('program/open', { program: victim.program });
      await desk.app().stop({ keepData: true });
      // The refused file must still be the last programme for the next round.
      const settings = `${desk.app().dataDir}/settings.json`;
      const text = JSON.parse(readFileSync(settings, 'utf8'));
      expect(JSON.stringify(text)).toContain(good.program);
      writeFileSync(settings, JSON.stringify(text).replaceAll(`"lastProgram":"${good.program}"`, `"lastProgram":"${victim.program}"`));
    }
    await desk.restart('politely');
  } finally {
    await desk.close();
  }
});
