import type { Page } from '@playwright/test';
import { ana, ask, bruno, setCell } from '../support/decided-merge.ts';
import { expect, test } from '../support/page-fixture.ts';
import { fillSmallRoster } from '../support/small-roster.ts';

test.use({ programme: 'empty' });

const wednesday = ['lima', '2026-08-05', 'AM'] as const;
const thursday = ['lima', '2026-08-06', 'AM'] as const;
const carla = { userId: 'carla', name: 'Carla Dias' } as const;

const conflictsOf = (page: Page) => page.getByRole('list', { name: 'Conflicts' });

test('a decision is dropped, and said so, when somebody changes what it was made about; the others hold', async ({ page, app }) => {
  await ask(app, 'session/use', ana);
  await fillSmallRoster(app);
  await ask(app, 'branches/create', { name: 'try-4-week' });
  for (const cell of [wednesday, thursday]) {
    await setCell(app, ana, { branch: 'try-4-week', cell, fields: { activity: 'OFF' }, message: 'Pattern' });
    await setCell(app, bruno, { cell, fields: { activity: 'LEC' }, message: 'Cover' });
  }
  await ask(app, 'session/use', carla);
  await ask(app, 'merges/start', { source: 'try-4-week', target: 'main' });
  await page.reload();
  await page
    .getByRole('region', { name: 'Merge in progress' })
    .getByRole('button', { name: /Resume/ })
    .click();
  await expect(page.getByText('2 of 2 left')).toBeVisible();
  await page.keyboard.press('a');
  await expect(page.getByText('1 of 2 left')).toBeVisible();
  await page.keyboard.press('b');
  await expect(page.getByText('0 of 2 left')).toBeVisible();
  await setCell(app, bruno, { cell: wednesday, fields: { activity: 'SIM' }, message: 'Simulation instead' });
  await expect(page.getByText('1 of 2 left')).toBeVisible();
  const said = page.getByRole('status').filter({ hasText: 'A side changed meanwhile: 1 decision no longer fits and asks again.' });
  await said.getByRole('button', { name: 'Lima, A, Wed 5 Aug AM, Activity' }).click();
  await expect(page.getByRole('article').getByRole('heading', { name: 'Lima, A, Wed 5 Aug AM' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'main', exact: true })).toContainText('SIM');
  await expect(page.getByRole('tab', { name: 'LEFT 1' })).toBeVisible();
  await page.getByRole('tab', { name: 'BY ME 1' }).click();
  await expect(conflictsOf(page).getByRole('listitem').filter({ hasText: 'decided' })).toHaveText([
    /Lima, A, Thu 6 Aug AM.*took try-4-week/,
  ]);
});

test('a decision that was made before for the same three values is offered again, with who made it, and taken with one press', async ({
  page,
  app,
}) => {
  await ask(app, 'session/use', ana);
  await fillSmallRoster(app);
  // Two branches with the same pattern: what was decided for the first is remembered for the second.
  for (const name of ['first-try', 'second-try']) {
    await ask(app, 'branches/create', { name });
    await setCell(app, ana, { branch: name, cell: wednesday, fields: { activity: 'OFF' }, message: 'Pattern' });
  }
  await setCell(app, bruno, { cell: wednesday, fields: { activity: 'LEC' }, message: 'Cover' });
  await ask(app, 'session/use', carla);
  const { merge } = await ask(app, 'merges/start', { source: 'first-try', target: 'main' });
  const { conflicts } = await ask(app, 'merges/get', { merge });
  await ask(app, 'merges/resolve', {
    merge,
    resolutions: [{ conflict: conflicts[0].id, resolution: { kind: 'target' }, reason: 'agreed' }],
  });
  await ask(app, 'merges/conclude', { merge });
  await ask(app, 'session/use', ana);
  await ask(app, 'merges/start', { source: 'second-try', target: 'main' });
  await page.reload();
  await page
    .getByRole('region', { name: 'Merge in progress' })
    .getByRole('button', { name: /Resume/ })
    .click();
  await expect(page.getByText('1 of 1 left')).toBeVisible();
  const offered = page.getByRole('article').getByText(/Carla Dias/);
  await expect(offered).toContainText('took main');
  await page.getByRole('article').getByRole('button', { name: 'Decide it so again' }).click();
  await expect(page.getByText('0 of 1 left')).toBeVisible();
  await page.getByRole('button', { name: 'Finish merge' }).click();
  await expect(page.getByText('Merged second-try into main.').first()).toBeVisible();
  const window = await ask(app, 'roster/window', { from: '2026-08-05', to: '2026-08-05' });
  expect(window.cells.find((cell: any) => cell.personId === 'lima' && cell.half === 'AM').code).toBe('LEC');
});
