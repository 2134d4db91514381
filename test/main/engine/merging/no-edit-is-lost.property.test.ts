import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EntityId, type CommitHash } from '../../../../shared/ids.ts';
import type { Json } from '../../../../shared/json.ts';
import { openEngine, type EngineClient, type OpenedEngine } from '../../../kit/open-engine.ts';

/**
 * However branches are made, changed and merged, a value that somebody set is never replaced by a merge unless a decision in the merge commit
 * names that field of that record. A loss would be silent: both sides look right, and nobody compares a merged roster cell by cell. The checker
 * knows nothing of the engine's ways: it reads whole rosters at the parents of each merge, finds common ancestors by walking parents, and
 * compares values one by one.
 */

type Fields = Readonly<Record<string, Json>>;
type Roster = ReadonlyMap<string, Fields>;

const ids = ['r1', 'r2', 'r3'];
const fields = ['capacity', 'abbreviation', 'clinicLocation'] as const;

type Step =
  | { readonly kind: 'edit'; readonly branch: number; readonly id: number; readonly field: number; readonly value: number }
  | { readonly kind: 'delete'; readonly branch: number; readonly id: number }
  | { readonly kind: 'branch'; readonly from: number; readonly back: number }
  | { readonly kind: 'merge'; readonly source: number; readonly target: number; readonly choice: number; readonly interrupt: boolean }
  | { readonly kind: 'undo'; readonly branch: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('edit' as const), branch: fc.nat(5), id: fc.nat(2), field: fc.nat(2), value: fc.nat(2) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), branch: fc.nat(5), id: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('branch' as const), from: fc.nat(5), back: fc.nat(3) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('merge' as const),
      source: fc.nat(5),
      target: fc.nat(5),
      choice: fc.nat(100),
      interrupt: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('undo' as const), branch: fc.nat(5) }) },
);

async function rosterAt(api: EngineClient, branch: string, at?: string): Promise<Roster> {
  const answer = await api.versions.allAt({ type: 'rotation', branch, ...(at === undefined ? {} : { at }) });
  return new Map(answer.items.map((item) => [item.id as string, item.fields]));
}

/** The roster right after a commit, as it was read when the commit was made. */
function rosterReader(shown: ReadonlyMap<string, Roster>): (commit: string) => Roster {
  return (commit) => {
    const roster = shown.get(commit);
    if (roster === undefined) throw new Error(`nobody looked at ${commit}`);
    return roster;
  };
}

function ancestorsOf(parents: ReadonlyMap<string, readonly string[]>, commit: string): Set<string> {
  const found = new Set<string>();
  const waiting = [commit];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    waiting.push(...(parents.get(next) ?? []));
  }
  return found;
}

function bestCommonAncestors(parents: ReadonlyMap<string, readonly string[]>, a: string, b: string): string[] {
  const [ofA, ofB] = [ancestorsOf(parents, a), ancestorsOf(parents, b)];
  const common = [...ofA].filter((commit) => ofB.has(commit));
  return common.filter((commit) => !common.some((other) => other !== commit && ancestorsOf(parents, other).has(commit)));
}

const valueOf = (roster: Roster, id: string, field: string): Json | undefined => {
  const found = roster.get(id);
  return found === undefined ? undefined : (found[field] ?? null);
};

async function checkMerge(
  api: EngineClient,
  parents: ReadonlyMap<string, readonly string[]>,
  rosterOf: (commit: string) => Roster,
  merge: CommitHash,
): Promise<void> {
  const [target, source] = parents.get(merge) ?? [];
  if (target === undefined || source === undefined) throw new Error('a merge has two parents');
  const bases = bestCommonAncestors(parents, source, target).map(rosterOf);
  const [mine, theirs, merged] = [rosterOf(source), rosterOf(target), rosterOf(merge)];
  const { decisions } = await api.commits.get({ commit: merge });
  const isNamed = (id: string, field: string): boolean =>
    decisions.some((decision) => decision.entity.id === id && (decision.field === null || decision.field === field)) ||
    // Who keeps both gets one of them under a new id.
    (!mine.has(id) && !theirs.has(id) && decisions.some(({ chose }) => chose === 'keep-both'));
  const known = new Set([...mine.keys(), ...theirs.keys(), ...merged.keys()]);
  for (const id of known)
    for (const field of ['name', ...fields]) {
      const [s, t, m] = [valueOf(mine, id, field), valueOf(theirs, id, field), valueOf(merged, id, field)];
      const changedFrom = (value: Json | undefined): boolean => bases.every((base) => valueOf(base, id, field) !== value);
      const isLost = (m !== s && changedFrom(s)) || (m !== t && changedFrom(t)) || (m !== s && m !== t);
      if (isLost && !isNamed(id, field))
        throw new Error(`${id} ${field}: ${JSON.stringify([s, t])} became ${JSON.stringify(m)}, and nobody decided that`);
    }
}

test('no edit is lost in a merge without a decision that names it, and no branch ever shows what it did not show', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 26 }), async (steps) => {
      const opened: OpenedEngine = await openEngine();
      const { api, clock } = opened;
      try {
        const branches = ['main'];
        const parents = new Map<string, readonly string[]>();
        const shown = new Map<string, Roster>();
        const log = new Map<string, { readonly at: string; readonly roster: Roster }[]>();
        const rosterOf = rosterReader(shown);
        const look = async (branch: string): Promise<void> => {
          const tip = await api.commits.at({ branch });
          const roster = await rosterAt(api, branch);
          if (tip !== null) {
            parents.set(tip.commit, tip.parents);
            shown.set(tip.commit, roster);
          }
          // Two moves within one instant of the clock are a millisecond apart.
          const at = tip === null || tip.at < clock.instant() ? clock.instant() : tip.at;
          log.set(branch, [...(log.get(branch) ?? []), { at, roster }]);
        };
        await api.changes.commit({
          message: 'Begin',
          changes: ids.map((id) => ({
            op: 'create',
            type: 'rotation',
            id: EntityId.parse(id),
            fields: { name: id, rotationType: 'inpatient' },
          })),
        });
        await look('main');
        for (const each of steps) {
          clock.advance(60_000);
          await take(each);
        }
        for (const [branch, entries] of log) for (const { at, roster } of entries) expect(await rosterAt(api, branch, at)).toEqual(roster);
        expect((await api.verify.run({ full: true })).faults).toEqual([]);

        async function take(each: Step): Promise<void> {
          const pick = (index: number): string => branches[index % branches.length] ?? 'main';
          switch (each.kind) {
            case 'branch': {
              if (branches.length >= 5) return;
              const from = pick(each.from);
              const line = await api.commits.line({ branch: from, limit: each.back + 1 });
              const at = line.items.at(-1)?.commit;
              const name = `b${branches.length}`;
              await api.branches.create({ name, parent: from, ...(at === undefined ? {} : { at }) });
              branches.push(name);
              return look(name);
            }
            case 'edit':
            case 'delete': {
              const branch = pick(each.branch);
              const id = ids[each.id] ?? '';
              const standing = (await rosterAt(api, branch)).get(id);
              if (each.kind === 'delete') {
                if (standing === undefined) return;
                await api.changes.commit({
                  branch,
                  message: 'Delete',
                  changes: [{ op: 'delete', type: 'rotation', id: EntityId.parse(id) }],
                });
              } else {
                const field = fields[each.field] ?? 'capacity';
                const value = each.value === 0 ? null : field === 'capacity' ? each.value : `v${each.value}`;
                const whole = standing === undefined ? { name: id, [field]: value } : { [field]: value };
                const op = standing === undefined ? 'create' : 'update';
                const answer = await api.changes.commit({
                  branch,
                  message: 'Edit',
                  changes: [{ op, type: 'rotation', id: EntityId.parse(id), fields: whole }],
                });
                if (answer.kind !== 'committed') return;
              }
              return look(branch);
            }
            case 'undo': {
              const branch = pick(each.branch);
              const { undo } = await api.changes.undoable({ branch });
              if (undo === null) return;
              try {
                await api.changes.undo({ branch });
              } catch {
                // Somebody changed the same since: nothing was done.
                return;
              }
              return look(branch);
            }
            case 'merge': {
              const between = { source: pick(each.source), target: pick(each.target) };
              if (between.source === between.target) return;
              await merge(between, each);
            }
          }
        }

        async function merge(between: { readonly source: string; readonly target: string }, each: Step & { kind: 'merge' }): Promise<void> {
          const preview = await api.merges.preview(between);
          const back = await api.merges.preview({ source: between.target, target: between.source });
          expect(back.conflictCount).toBe(preview.conflictCount);
          expect(back.bases.toSorted()).toEqual(preview.bases.toSorted());
          const info = await api.branches.info({ name: between.source });
          if (info?.ifMerged?.into === between.target) expect(info.ifMerged.conflicts).toBe(preview.conflictCount);
          const started = await api.merges.start(between);
          expect(started.kind).toBe(preview.outcome);
          if (started.kind === 'up-to-date') return;
          if (started.kind !== 'merged') {
            const session = await api.merges.get({ merge: started.merge });
            expect(session.conflicts).toEqual(preview.conflicts);
            const resolutions = session.conflicts.map((conflict, index) => {
              const offered = conflict.offered.filter((kind) => kind !== 'custom');
              return { conflict: conflict.id, resolution: { kind: offered[(each.choice + index) % offered.length] ?? 'source' } as never };
            });
            for (const resolution of resolutions) await api.merges.resolve({ merge: started.merge, resolutions: [resolution] });
            if (each.interrupt) await opened.restart();
            await api.merges.conclude({ merge: started.merge, reason: 'decided' });
          }
          await look(between.target);
          const tip = await api.commits.at({ branch: between.target });
          if (tip === null || tip.parents.length < 2) throw new Error('a merge writes a commit with two parents');
          await checkMerge(api, parents, rosterOf, tip.commit);
          expect(await api.merges.start(between)).toMatchObject({ kind: 'up-to-date' });
          expect((await api.merges.preview({ source: between.target, target: between.source })).conflictCount).toBe(0);
        }
      } finally {
        await opened.close();
      }
    }),
    { numRuns: Number(process.env['MERGE_RUNS'] ?? 12) },
  );
}, 300_000);
