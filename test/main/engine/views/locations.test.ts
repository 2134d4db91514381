import { afterEach, beforeEach, expect, test } from 'vitest';
import { EntityId } from '../../../../shared/ids.ts';
import { cns, openThreeUsers, type ThreeUsers, type Who } from './three-users.ts';

let desk: ThreeUsers;
beforeEach(async () => {
  desk = await openThreeUsers();
});
afterEach(async () => {
  await desk.close();
});

const days = { from: '2026-08-03', to: '2026-08-09' };

async function placeCells(...locations: readonly string[]): Promise<void> {
  await desk.as('ana', () =>
    desk.api.changes.commit({
      message: 'Plan',
      changes: [
        { op: 'create', type: 'person', id: EntityId.parse('rita'), fields: { name: 'Rita', type: 'resident', pgyLevel: 1 } },
        ...locations.map((location, place) => ({
          op: 'create' as const,
          type: 'assignment',
          id: EntityId.parse(`cell-${place}`),
          fields: { personId: 'rita', date: `2026-08-0${3 + place}`, half: 'AM', activity: 'C', location },
        })),
      ],
    }),
  );
}

const named = async (who: Who, more: object = {}) =>
  (await desk.as(who, () => desk.api.roster.window({ ...days, view: who, ...more }))).locations;

test('a place names a clinic by its id, its digits with or without points, or its shared name without case and accents', async () => {
  const { id } = desk.clinic;
  const spellings = [id, cns, `${cns.slice(0, 3)}.${cns.slice(3)}`, 'CLÍNIC  north', 'Clinic Northern'];
  await placeCells(...spellings);
  const clinic = { clinic: id, name: 'Clinic North', origin: 'shared' };
  expect(await named('ana')).toEqual(Object.fromEntries(spellings.slice(0, 4).map((spelling) => [spelling, clinic])));
});

test('each sees the name of the own version, also in the past and on a branch, and a stranger none', async () => {
  await placeCells(cns);
  await desk.as('ana', () => desk.api.branches.create({ name: 'plan' }));
  const { at } = await desk.as('bruno', () => desk.api.views.save({ ...desk.clinic, fields: { name: 'Bruno’s place' } }));
  expect(await named('bruno')).toMatchObject({ [cns]: { name: 'Bruno’s place', origin: 'own' } });
  expect(await named('bruno', { branch: 'plan' })).toMatchObject({ [cns]: { name: 'Bruno’s place' } });
  expect(await named('bruno', { at: new Date(Date.parse(at) - 1).toISOString() })).toMatchObject({ [cns]: { name: 'Clinic North' } });
  const [tip] = (await desk.as('bruno', () => desk.api.commits.line({}))).items;
  // A commit is the moment at which the branch came to show it: before the name was Bruno's.
  expect(await named('bruno', { at: tip?.commit })).toMatchObject({ [cns]: { name: 'Clinic North', origin: 'shared' } });
  expect(await named('ana')).toMatchObject({ [cns]: { name: 'Clinic North', origin: 'shared' } });
  expect(await named('carla')).toEqual({});
});

test('a name that two clinics have names neither, and a place that is no clinic stays a text', async () => {
  await desk.as('ana', () => desk.api.views.register({ type: 'clinic', identifier: '7654321', fields: { name: 'CLINIC NORTH' } }));
  await placeCells('Clinic North', '__proto__', '7654321');
  expect(Object.keys((await named('ana')) ?? {})).toEqual(['7654321']);
  expect(await named('bruno')).toMatchObject({ 'Clinic North': { name: 'Clinic North' } });
});
