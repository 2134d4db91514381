import type { Page } from '@playwright/test';
import { ana, ask, bruno, setCell } from '../support/decided-merge.ts';
import { expect, test } from '../support/page-fixture.ts';
import { cellOf, fillSmallRoster, showFirstDays } from '../support/small-roster.ts';

test.use({ programme: 'empty' });

const morning = ['lima', '2026-08-05', 'AM'] as const;

/** Ana tries another activity, Bruno covers on main; Carla merges and chooses Ana’s. Bruno’s place came without a question. */
test.beforeEach(async ({ app, page }) => {
  await ask(app, 'session/use', ana);
  await fillSmallRoster(app);
  await ask(app, 'branches/create', { name: 'try-4-week' });
  await setCell(app, ana, { branch: 'try-4-week', cell: morning, fields: { activity: 'OFF' }, message: '4-week pattern', reason: 'rest' });
  await setCell(app, bruno, {
    cell: morning,
    fields: { activity: 'LEC', location: 'Main Clinic' },
    message: 'Cover',
    reason: 'cover for Souza',
  });
  await ask(app, 'session/use', { userId: 'carla', name: 'Carla Dias' });
  const { merge } = await ask(app, 'merges/start', { source: 'try-4-week', target: 'main' });
  const { conflicts } = await ask(app, 'merges/get', { merge });
  await ask(app, 'merges/resolve', {
    merge,
    resolutions: [{ conflict: conflicts[0].id, resolution: { kind: 'source' }, reason: 'agreed with everybody' }],
  });
  await ask(app, 'merges/conclude', { merge, reason: 'agreed' });
  await page.reload();
  await showFirstDays(page);
  await cellOf(page, 'Lima, A', 'Wed 5 Aug AM').click();
});

const storiesOf = (page: Page) => page.getByRole('list', { name: /^Whose value is this: Lima/ });

test('the inspector says for every field whose value it is, why, and what was decided on the way', async ({ page }) => {
  await page.getByRole('complementary', { name: 'Inspector' }).getByRole('button', { name: 'Whose value is this' }).click();
  const stories = storiesOf(page).getByRole('listitem');
  const activity = stories.filter({ hasText: 'Activity' });
  await expect(activity).toContainText(/Activity\s*OFF/);
  await expect(activity).toContainText('Ana Lima');
  await expect(activity).toContainText('rest');
  await expect(activity).toContainText('Came with try-4-week, merged by Carla Dias');
  await expect(activity).toContainText('main: LEC, try-4-week: OFF. Carla Dias chose OFF because “agreed with everybody”');
  await expect(stories.filter({ hasText: 'Location' })).toContainText(/Main Clinic.*Bruno Reis.*cover for Souza/s);
  // What never changed since is told once, not once per field.
  await expect(stories.filter({ hasText: 'Set up' })).toHaveCount(1);
  await activity.getByRole('button', { name: 'Open the merge' }).click();
  await expect(page.getByRole('region', { name: 'Version detail' })).toContainText('Carla Dias');
});

test('a version’s detail says it of every record that the version changed, as of that version', async ({ page }) => {
  await page.keyboard.press('Control+Shift+h');
  const dialog = page.getByRole('dialog', { name: 'Cell history' });
  await dialog.getByRole('button', { name: 'Whose value is this' }).click();
  await expect(storiesOf(page).getByRole('listitem').filter({ hasText: 'Activity' })).toContainText('OFF');
  await dialog.getByRole('button', { name: /^More for v2/ }).click();
  await page.getByRole('menuitem', { name: 'Open version detail' }).click();
  await page.getByRole('button', { name: /^Whose value is this: Lima/ }).click();
  const then = storiesOf(page).getByRole('listitem').filter({ hasText: 'Activity' });
  await expect(then).toContainText(/LEC.*Bruno Reis/s);
  await expect(then).not.toContainText('Carla Dias');
});
