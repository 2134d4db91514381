import { expect, test } from 'vitest';
import { createRosterFeed, type Gesture } from '../../../renderer/features/roster/roster-feed.ts';
import { createAssignment } from '../../../renderer/features/roster/edit-plan.ts';
import { blockToTexts } from '../../../renderer/features/roster/gestures.ts';
import { CommitHash } from '../../../shared/ids.ts';
import { RefusedError } from '../../../shared/errors.ts';
import { ORPCError } from '@orpc/client';
import { buildWindow, type EntityRecord, type WindowRecords } from '../../../shared/roster/window.ts';
import { applyWindowChanges, type WindowChange } from '../../../shared/roster/window-changes.ts';
import { smallRecords, recordOf } from './sample.ts';

type Call = Parameters<typeof createRosterFeed>[0];

const hash = (position: number) => CommitHash.parse(position.toString(16).padStart(64, 'c'));
const wanted = { branch: 'main', from: '2026-08-03', to: '2026-08-09' };

/** A branch with a line of changes, answering as the engine does; calls wait until the test lets them go when `slow`. */
function fakeBranch() {
  const line: WindowChange[][] = [[]];
  const calls: string[] = [];
  let refuse: Error | null = null;
  const gates: (() => void)[] = [];
  let slow = false;
  const gate = (): Promise<void> => (slow ? new Promise((open) => gates.push(open)) : Promise.resolve());
  const at = (position: number): WindowRecords =>
    line.slice(1, position).reduce((records, changes) => applyWindowChanges(records, changes), base);
  const base = smallRecords();
  const basis = (position: number) => ({
    basis: 'local' as const,
    complete: true,
    commit: hash(position),
    position,
    at: new Date(position * 1000).toISOString(),
  });
  const call = {
    roster: {
      window: async (input: { at?: string }) => {
        calls.push('window');
        await gate();
        const position = input.at === undefined ? line.length : positionOf(input.at);
        return { branch: 'main', basis: basis(position), from: wanted.from, to: wanted.to, ...buildWindow(at(position)) };
      },
      step: async (input: { from: string; to: string }) => {
        calls.push(`step ${positionOf(input.from)}-${positionOf(input.to)}`);
        await gate();
        const [a, b] = [at(positionOf(input.from)), at(positionOf(input.to))];
        const before = new Map(a.assignments.map((record) => [record.id, record]));
        const next = new Map(b.assignments.map((record) => [record.id, record]));
        const changes = [...new Set([...before.keys(), ...next.keys()])]
          .filter((id) => before.get(id) !== next.get(id))
          .map((id) => ({ op: 'update' as const, type: 'assignment', id, before: before.get(id) ?? null, after: next.get(id) ?? null }));
        return { from: input.from, to: input.to, basis: basis(positionOf(input.to)), changes };
      },
    },
    changes: {
      commit: async (input: {
        message: string;
        changes: readonly { op: WindowChange['op']; type: string; id: string; fields: EntityRecord['fields'] }[];
      }) => {
        calls.push(`commit ${input.message}`);
        await gate();
        if (refuse) throw refuse;
        const made = input.changes.map((change) => ({ ...change, after: recordOf(change.type, change.id, change.fields) }));
        line.push(made.map(({ op, type, after }) => ({ op, type, id: after.id, before: null, after })));
        return {
          kind: 'committed',
          commit: hash(line.length),
          position: line.length,
          at: new Date().toISOString(),
          recordedAt: new Date().toISOString(),
          changes: made.map(({ op, type, after }) => ({ op, type, id: after.id, version: after.version })),
        };
      },
    },
  };
  return {
    // The feed is given what it uses of the engine's client, by the engine's own shapes.
    call: call as unknown as Call,
    calls,
    line,
    refuseWith: (error: Error | null) => (refuse = error),
    slowDown: () => (slow = true),
    letGo: async (index = 0) => {
      gates.splice(index, 1)[0]?.();
      await settle();
    },
  };
}

function positionOf(commit: string): number {
  return Number.parseInt(commit.replace(/^c+/, ''), 16);
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  await new Promise((done) => setTimeout(done, 0));
}

function gestureOf(id: string, column: number, code: string): Gesture {
  const half = column % 2 === 0 ? 'AM' : 'PM';
  const slot = { personId: 'prado', date: `2026-08-0${3 + Math.floor(column / 2)}`, half, assignments: [] } as const;
  const planned = createAssignment(slot, { code });
  return { branch: 'main', message: `${code} ${id}`, changes: [planned] };
}

function prado(feed: ReturnType<typeof createRosterFeed>): string {
  const model = feed.store.getState().model;
  if (model === null) return '';
  const row = model.rowOf('prado');
  return (blockToTexts(model, { fromRow: row, toRow: row, fromColumn: 0, toColumn: 3 })[0] ?? []).join(',');
}

test('shows an edit before it is saved, and takes its commit when it is', async () => {
  const branch = fakeBranch();
  const feed = createRosterFeed(branch.call);
  feed.show({ ...wanted, commit: null });
  await settle();
  branch.slowDown();
  const saved = feed.commit(gestureOf('a', 0, 'ICU'));
  expect([prado(feed), feed.store.getState().waiting, feed.store.getState().frame?.position]).toEqual(['ICU,,,', 1, 1]);
  await branch.letGo();
  expect(await saved).toBe(hash(2));
  expect([prado(feed), feed.store.getState().waiting, feed.store.getState().frame?.commit]).toEqual(['ICU,,,', 0, hash(2)]);
});

test('sends edits one after the other in their order, also while the first is on its way', async () => {
  const branch = fakeBranch();
  const feed = createRosterFeed(branch.call);
  feed.show({ ...wanted, commit: null });
  await settle();
  branch.slowDown();
  for (const [index, code] of ['A', 'B', 'C'].entries()) void feed.commit(gestureOf(code, index, code));
  expect(prado(feed)).toBe('A,B,C,');
  for (let sent = 0; sent < 3; sent += 1) await branch.letGo();
  expect(branch.calls.filter((call) => call.startsWith('commit'))).toEqual(['commit A A', 'commit B B', 'commit C C']);
  expect([prado(feed), feed.store.getState().frame?.position]).toEqual(['A,B,C,', 4]);
});

test('takes a refused edit off the screen, keeps the ones after it, and says so', async () => {
  const branch = fakeBranch();
  const feed = createRosterFeed(branch.call);
  const refused: string[] = [];
  feed.listen({ refused: ({ message }, problem) => refused.push(`${message}: ${problem.code}`), undone: () => {}, undoRefused: () => {} });
  feed.show({ ...wanted, commit: null });
  await settle();
  branch.slowDown();
  branch.refuseWith(new ORPCError('INVALID', { status: 422, message: new RefusedError('INVALID', 'no').message }));
  const first = feed.commit(gestureOf('a', 0, 'A'));
  void feed.commit(gestureOf('b', 1, 'B'));
  await branch.letGo();
  branch.refuseWith(null);
  await branch.letGo();
  expect(await first).toBeNull();
  expect([prado(feed), refused]).toEqual([',B,,', ['A a: INVALID']]);
});

test('keeps an edit that could not be sent, on screen and in the queue', async () => {
  const branch = fakeBranch();
  const feed = createRosterFeed(branch.call);
  feed.show({ ...wanted, commit: null });
  await settle();
  branch.refuseWith(new Error('the connection is gone'));
  void feed.commit(gestureOf('a', 0, 'A'));
  await settle();
  expect([prado(feed), feed.store.getState().waiting]).toEqual(['A,,,', 1]);
  branch.refuseWith(null);
  await expect.poll(() => feed.store.getState().waiting, { timeout: 4_000 }).toBe(0);
  expect(prado(feed)).toBe('A,,,');
});

test('ends at the moment that was asked for last, however many were asked for before', async () => {
  const branch = fakeBranch();
  for (let step = 0; step < 5; step += 1)
    branch.line.push(
      gestureOf('x', step % 4, `S${step}`).changes.flatMap(({ change, after }) =>
        change.id === undefined || after === null ? [] : [{ op: 'create' as const, type: 'assignment', id: after.id, before: null, after }],
      ),
    );
  const feed = createRosterFeed(branch.call);
  feed.show({ ...wanted, commit: null });
  await settle();
  for (const position of [5, 4, 3, 2, 1, 3]) feed.show({ ...wanted, commit: hash(position) });
  await settle();
  expect(feed.store.getState().frame?.commit).toBe(hash(3));
  expect(prado(feed)).toBe('S0,S1,,');
  feed.show({ ...wanted, commit: null });
  await settle();
  expect(feed.store.getState().frame?.commit).toBe(hash(6));
});

test('goes back along a step that it knows without asking again', async () => {
  const branch = fakeBranch();
  branch.line.push([]);
  const feed = createRosterFeed(branch.call);
  feed.show({ ...wanted, commit: null });
  await settle();
  feed.show({ ...wanted, commit: hash(1) });
  await settle();
  feed.show({ ...wanted, commit: hash(2) });
  await settle();
  feed.show({ ...wanted, commit: hash(1) });
  await settle();
  expect(branch.calls.filter((call) => call.startsWith('step'))).toEqual(['step 2-1', 'step 1-2']);
});

test('follows what others saved by a step from the commit on screen', async () => {
  const branch = fakeBranch();
  const feed = createRosterFeed(branch.call);
  feed.show({ ...wanted, commit: null });
  await settle();
  const theirs = gestureOf('theirs', 0, 'THEIRS');
  branch.line.push(
    theirs.changes.flatMap(({ change, after }) =>
      change.id === undefined || after === null ? [] : [{ op: 'create' as const, type: 'assignment', id: after.id, before: null, after }],
    ),
  );
  feed.moved('main', hash(2), 2);
  await settle();
  expect([prado(feed), branch.calls.at(-1)]).toEqual(['THEIRS,,,', 'step 1-2']);
});
