import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openEngine, type EngineClient } from '../../../kit/open-engine.ts';

/*
 * A migration writes on the lines of many users at once, and its reversal takes things away again. What it must never take is what somebody
 * has worked on: nobody would be told. For any list and any work before and after it: a second run changes nothing; the reversal leaves every
 * record that a user has worked on as that user saw it; and where nobody has worked, everybody sees what was seen before the migration.
 */

const users = ['ana', 'bruno', 'carla'];
const identifiers = ['0000001', '0000002', '0000003', '0000004'];

const row = fc.record({
  cns: fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...identifiers) }, { weight: 1, arbitrary: fc.constantFrom('', '12', 'x') }),
  name: fc.constantFrom('Norte', 'Sul', 'Leste', ''),
  phone: fc.constantFrom('', '(13) 3333-4444', 'call me'),
  user: fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...users) }, { weight: 1, arbitrary: fc.constantFrom('', 'zoe') }),
});

const work = fc.record({
  kind: fc.constantFrom('register', 'save', 'clear', 'unlink', 'useVersion', 'commit', 'draft'),
  user: fc.constantFrom(...users),
  cns: fc.constantFrom(...identifiers),
  hours: fc.constantFrom('8-17', '9-18', null),
});
type Work = typeof work extends fc.Arbitrary<infer T> ? T : never;

type Seen = ReadonlyMap<string, unknown>;

async function actAs(api: EngineClient, userId: string): Promise<void> {
  await api.session.use({ userId, name: userId });
}

/** What each user sees, by user and identifier. */
async function look(api: EngineClient): Promise<Seen> {
  const seen = new Map<string, unknown>();
  for (const user of users) {
    await actAs(api, user);
    for (const { identifier, fields, version, origins } of (await api.views.search({ type: 'clinic' })).items)
      seen.set(`${user} ${identifier}`, { fields, version, origins });
  }
  return seen;
}

/** Does a piece of work, and says whether it came to anything. */
async function doWork(api: EngineClient, { kind, user, cns, hours }: Work): Promise<boolean> {
  await actAs(api, user);
  const [record] = (await api.views.search({ type: 'clinic', text: cns })).items;
  if (kind === 'register') {
    const done = await api.views.register({ type: 'clinic', identifier: cns, fields: { name: record?.title ?? `By ${user}`, hours } });
    return done.commit !== null;
  }
  if (record === undefined) return false;
  const of = { type: 'clinic', id: record.id };
  switch (kind) {
    case 'save':
    case 'draft':
      return (await api.views.save({ ...of, fields: { hours }, status: kind === 'draft' ? 'draft' : 'active' })).kind === 'saved';
    case 'clear':
      return (await api.views.clear(of)).commit !== null;
    case 'unlink':
      return (await api.views.unlink(of)).unlinked;
    case 'commit':
      return (
        (await api.changes.commit({ message: 'Hours', changes: [{ type: 'clinic', id: of.id, op: 'update', fields: { hours } }] })).kind ===
        'committed'
      );
    default: {
      const [oldest] = (await api.views.versions(of)).items.toReversed();
      return oldest !== undefined && (await api.views.useVersion({ ...of, version: oldest.number })).commit !== null;
    }
  }
}

const fileOf = (rows: readonly { cns: string; name: string; phone: string; user: string }[]) => ({
  name: 'list.csv',
  base64: Buffer.from(
    ['cns,name,phone,user', ...rows.map(({ cns, name, phone, user }) => `${cns},${name},${phone},${user}`)].join('\n'),
  ).toString('base64'),
});

test('a reversal takes nothing that anybody has worked on, and everything else', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(work, { maxLength: 4 }),
      fc.array(row, { minLength: 1, maxLength: 10 }),
      fc.array(work, { maxLength: 5 }),
      fc.boolean(),
      async (earlier, rows, later, restarts) => {
        const desk = await openEngine();
        try {
          const { api } = desk;
          for (const user of users.toReversed()) await actAs(api, user);
          for (const each of earlier) await doWork(api, each);
          const before = await look(api);
          await actAs(api, 'ana');
          const file = fileOf(rows);
          const done = await api.views.migrate({ type: 'clinic', file });
          if (done.kind === 'unchanged') {
            expect(await look(api)).toEqual(before);
            return;
          }
          const migrated = await look(api);
          for (const [key, seen] of before) expect(migrated.get(key)).toEqual(seen);
          expect(migrated.size - before.size).toBe(done.report.links.created);
          await actAs(api, 'ana');
          expect((await api.views.migrate({ type: 'clinic', file })).kind).toBe('unchanged');

          const worked = new Set<string>();
          for (const each of later) if (await doWork(api, each)) worked.add(`${each.user} ${each.cns}`);
          const after = await look(api);
          if (restarts) await desk.restart();
          await actAs(api, 'ana');
          const preview = await api.views.previewReversal({ migration: done.migration });
          const reversed = await api.views.reverseMigration({ migration: done.migration, reason: 'Undo' });
          expect([reversed.masters, reversed.links, reversed.keptTotal]).toEqual([preview.masters, preview.links, preview.keptTotal]);
          const left = await look(api);
          for (const key of worked) expect([key, left.get(key)]).toEqual([key, after.get(key)]);
          for (const [key, seen] of left) expect([key, after.get(key)]).toEqual([key, seen]);
          if (worked.size === 0) expect(left).toEqual(before);
          await actAs(api, 'ana');
          expect(await api.views.reverseMigration({ migration: done.migration, reason: 'Again' })).toMatchObject({ masters: 0, links: 0 });
          expect((await api.verify.run({ full: false })).ok).toBe(true);
        } finally {
          await desk.close();
        }
      },
    ),
    { numRuns: 30 },
  );
}, 120_000);
