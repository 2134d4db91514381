import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleCommits } from '../../../main/sample/sample-commits.ts';
import { BranchName, EntityId, Instant } from '../../../shared/ids.ts';
import type { Fields } from '../../../shared/json.ts';
import { checkFields, checkImmutable, publicTypeOf } from '../../../shared/roster/entity-type.ts';

const options = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  people: fc.integer({ min: 3, max: 40 }),
  years: fc.integer({ min: 1, max: 4 }),
});

/**
 * Whoever loads the steps in order never meets a commit that does not fit: the operation is right for what is there on its branch, the record
 * is one that people could have written, something really changes, and time only goes forward. A generator that breaks this would fill a
 * programme with records that its own editor refuses.
 */
test('every step of every sample is one that the engine would take', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(options, (given) => {
      expect(checkSteps(given) <= '2026-11-20T17:00').toBe(true);
    }),
    // Each run is a whole history; the two that matter most are always among them.
    { numRuns: 4, seed: 20_261_121, examples: [[{ seed: 1, people: 27, years: 3 }], [{ seed: 1, people: 3, years: 1 }]] },
  );
});

test('a programme of hundreds of people can be made too', { timeout: 60_000 }, () => {
  let cells = 0;
  for (const step of sampleCommits({ seed: 5, people: 300, years: 1 }))
    if (step.kind === 'commit') {
      expect(step.draft.changes.length).toBeLessThanOrEqual(50_000);
      cells += step.draft.changes.length;
    }
  expect(cells).toBeGreaterThan(219_000);
});

type Branch = Map<string, Fields>;

/** The time of the newest commit of main. */
function checkSteps(given: { seed: number; people: number; years: number }): string {
  const branches = new Map<string, Branch>([['main', new Map()]]);
  const newest = new Map<string, string>();
  for (const step of sampleCommits(given)) {
    if (step.kind === 'branch') {
      expect(BranchName.parse(step.name)).toBe(step.name);
      branches.set(step.name, new Map(branches.get(step.parent)));
      continue;
    }
    if (step.kind === 'note') {
      expect(newest.get(step.branch)).toBeDefined();
      continue;
    }
    const { draft } = step;
    const branch = branches.get(step.branch);
    if (!branch) throw new Error(`no branch ${step.branch}`);
    if (Instant.parse(draft.at) <= (newest.get(step.branch) ?? '')) throw new Error(`${draft.at} is not later`);
    newest.set(step.branch, draft.at);
    const seen = new Set<string>();
    for (const change of draft.changes) {
      const key = `${change.type} ${change.id}`;
      const problem = seen.has(key) ? 'stands there twice' : applyChange(branch, key, change);
      if (problem) throw new Error(`${key} in “${draft.message}” of ${draft.at}: ${problem}`);
      seen.add(key);
    }
    if (draft.changes.length === 0 || draft.message.trim() !== draft.message || draft.message.length > 2_000)
      throw new Error(`“${draft.message}” of ${draft.at}`);
  }
  return newest.get('main') ?? '';
}

function applyChange(
  branch: Branch,
  key: string,
  change: { type: string; id: string; op: string; fields: Fields | null; salt?: string },
): string | null {
  const definition = publicTypeOf(change.type);
  const before = branch.get(key);
  if (!EntityId.safeParse(change.id).success) return 'no id';
  if ((before === undefined) !== (change.op === 'create')) return `${change.op} does not fit`;
  if (change.fields === null) {
    branch.delete(key);
    return change.op === 'delete' ? null : 'no fields';
  }
  const { fields } = change;
  const problems = [...checkFields(definition, fields), ...checkImmutable(definition, before ?? {}, fields)];
  if (problems[0]) return problems[0].problem;
  const text = JSON.stringify(fields);
  if (JSON.stringify(definition.normalise?.(fields)) !== text) return 'is not in its one form';
  if (before && JSON.stringify(before) === text) return 'changes nothing';
  if (definition.personal !== /^[0-9a-f]{32}$/.test(change.salt ?? '')) return 'salt';
  branch.set(key, fields);
  return null;
}
