import { expect, test } from 'vitest';
import { UserId } from '../../../shared/ids.ts';
import { openEngine } from '../../kit/open-engine.ts';
import { refusalOf } from '../../kit/refusal-of.ts';

const [ana, bruno, carla] = [UserId.parse('ana'), UserId.parse('bruno'), UserId.parse('carla')];

test('a user who is taken off the list is gone from it, and is the same user again when acting again', async () => {
  const desk = await openEngine();
  await desk.api.session.use({ userId: bruno, name: 'Bruno Costa', role: 'editor' });
  await desk.api.session.use({ userId: ana, name: 'Ana Lima' });
  const after = await desk.api.session.remove({ userId: bruno });
  expect(after.users.map(({ userId }) => userId)).not.toContain('bruno');
  await desk.restart();
  expect((await desk.api.session.get({})).users.map(({ userId }) => userId)).not.toContain('bruno');
  const again = await desk.api.session.use({ userId: bruno, name: 'Bruno Costa' });
  expect(again.users.filter(({ userId }) => userId === 'bruno')).toHaveLength(1);
  await desk.close();
});

test('nobody is taken off by one who may not, nor the one who acts, nor somebody who is not there', async () => {
  const desk = await openEngine();
  await desk.api.session.use({ userId: bruno, name: 'Bruno Costa', role: 'approver' });
  expect((await refusalOf(desk.api.session.remove({ userId: ana }))).code).toBe('FORBIDDEN');
  await desk.api.session.use({ userId: ana, name: 'Ana Lima' });
  const before = await desk.api.session.get({});
  expect((await refusalOf(desk.api.session.remove({ userId: ana }))).code).toBe('PROTECTED');
  expect((await refusalOf(desk.api.session.remove({ userId: carla }))).code).toBe('NOT_FOUND');
  expect(await desk.api.session.get({})).toEqual(before);
  await desk.close();
});
