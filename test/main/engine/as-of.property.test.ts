import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fields, Json } from '../../../shared/json.ts';
import { openEngine, type EngineClient, type OpenedEngine } from '../../kit/open-engine.ts';

/*
 * What a branch showed at an instant must be what a plain replay of everything that was written says, for any history: creates, updates,
 * deletes, returns, branches of branches, branches from the past. Nothing else in the product notices when this is wrong: the past would
 * simply look plausible. The oracle below keeps whole states in maps and knows nothing of lines, epochs or indexes.
 */

type State = ReadonlyMap<string, Fields>;

interface OracleBranch {
  readonly createdAt: string;
  readonly stands: { readonly at: string; readonly commit: string | null; readonly state: State }[];
}

const people = ['lima', 'souza', 'prado'];
const dates = ['2026-08-03', '2026-08-04', '2026-08-05', '2026-08-06'];
const ids = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5'];

const cellFields = fc.record({
  personId: fc.constantFrom(...people),
  date: fc.constantFrom(...dates),
  half: fc.constantFrom('AM', 'PM'),
  activity: fc.constantFrom('C', 'ICU', 'NF', null),
  notes: fc.constantFrom('x', 'y', null),
});

const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      branch: fc.nat(5),
      edits: fc.dictionary(fc.constantFrom(...ids), fc.option(cellFields, { freq: 4 }), { minKeys: 1, maxKeys: 3 }),
      wait: fc.nat(5_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('branch' as const),
      parent: fc.nat(5),
      back: fc.nat(4),
      wait: fc.integer({ min: 1, max: 5_000 }),
    }),
  },
);

test('as-of answers equal a replay by an independent oracle, for random histories, branches and instants', async () => {
  const law = fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 3, maxLength: 25 }),
      fc.array(fc.record({ branch: fc.nat(5), moment: fc.nat(1_000) }), { minLength: 4, maxLength: 8 }),
      async (steps, probes) => {
        const desk = await openEngine();
        try {
          const oracle = await writeHistory(desk, steps);
          for (const probe of probes) await compareAt(desk, oracle, probe);
        } finally {
          await desk.close();
        }
      },
    ),
    { numRuns: 25 },
  );
  await expect(law).resolves.toBeUndefined();
}, 120_000);

type Change = Parameters<EngineClient['changes']['commit']>[0]['changes'][number];
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function writeHistory({ api, clock }: OpenedEngine, steps: readonly Step[]): Promise<Map<string, OracleBranch>> {
  const oracle = new Map<string, OracleBranch>([['main', { createdAt: '', stands: [] }]]);
  for (const one of steps) {
    clock.advance(one.wait);
    if (one.kind === 'branch') {
      const [parentName, parent] = pick(oracle, one.parent);
      const stand = parent.stands.at(-1 - one.back) ?? parent.stands[0];
      const name = `b${oracle.size}`;
      // A branch that began before the first commit has a stand without one: there only the instant names the moment.
      const moment = stand === undefined ? {} : { at: stand.commit ?? stand.at };
      const made = await api.branches.create({ name, parent: parentName, ...moment });
      oracle.set(name, {
        createdAt: made.createdAt,
        stands: [{ at: made.createdAt, commit: stand?.commit ?? null, state: stand?.state ?? new Map() }],
      });
      continue;
    }
    const [name, branch] = pick(oracle, one.branch);
    const before = branch.stands.at(-1)?.state ?? new Map<string, Fields>();
    const after = new Map(before);
    const changes: Change[] = Object.entries(one.edits).flatMap(([id, fields]): Change[] => {
      const old = before.get(id);
      if (fields === null) {
        after.delete(id);
        return old === undefined ? [] : [{ op: 'delete' as const, type: 'assignment', id }];
      }
      after.set(id, clean({ ...old, ...fields }));
      return [{ op: old === undefined ? ('create' as const) : ('update' as const), type: 'assignment', id, fields }];
    });
    if (changes.length === 0) continue;
    const answer = await api.changes.commit({ branch: name, message: 'step', changes });
    if (answer.kind === 'committed') branch.stands.push({ at: answer.at, commit: answer.commit, state: after });
    else expect([answer.kind, toObject(after)]).toEqual(['unchanged', toObject(before)]);
  }
  return oracle;
}

async function compareAt(
  { api }: OpenedEngine,
  oracle: Map<string, OracleBranch>,
  probe: { readonly branch: number; readonly moment: number },
): Promise<void> {
  const [branch, { stands }] = pick(oracle, probe.branch);
  const instants = [...oracle.values()].flatMap((each) => each.stands.map((stand) => Date.parse(stand.at)));
  const from = Math.min(...instants) - 2;
  const at = new Date(Math.round(from + ((Math.max(...instants) + 4 - from) * probe.moment) / 1_000)).toISOString();
  for (const instant of [at, ...stands.map((stand) => stand.at)]) {
    const expected = stands.findLast((stand) => stand.at <= instant)?.state ?? new Map<string, Fields>();
    const all = await api.versions.allAt({ type: 'assignment', branch, at: instant });
    expect(Object.fromEntries(all.items.map((item) => [item.id, item.fields]))).toEqual(toObject(expected));
    const id = ids[probe.moment % ids.length] ?? '';
    const one = await api.versions.at({ type: 'assignment', id, branch, at: instant });
    expect([one.existed, one.fields]).toEqual([expected.has(id), expected.get(id) ?? {}]);
    const [first = '', last = ''] = [dates[probe.moment % 2], dates[2]];
    const window = await api.roster.window({ branch, at: instant, from: first, to: last });
    const inWindow = [...expected].filter(([, { date }]) => typeof date === 'string' && date >= first && date <= last);
    expect(Object.fromEntries(window.cells.map((cell) => [cell.id, cell.fields]))).toEqual(Object.fromEntries(inWindow));
  }
}

function pick(oracle: Map<string, OracleBranch>, index: number): readonly [string, OracleBranch] {
  const entries = [...oracle];
  const entry = entries[index % entries.length];
  if (entry === undefined) throw new Error('there is always main');
  return entry;
}

function clean(fields: Readonly<Record<string, Json>>): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

function toObject(state: State): Record<string, Fields> {
  return Object.fromEntries(state);
}
