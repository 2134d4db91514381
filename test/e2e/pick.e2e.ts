import type { Page } from '@playwright/test';
import type { App } from '../support/app-host.ts';
import { ana, ask, assignmentIn, bruno, setCell } from '../support/decided-merge.ts';
import { expect, test } from '../support/page-fixture.ts';
import { fillSmallRoster } from '../support/small-roster.ts';

test.use({ programme: 'empty' });

const wednesday = ['lima', '2026-08-05', 'AM'] as const;
const thursday = ['lima', '2026-08-06', 'AM'] as const;
const friday = ['lima', '2026-08-07', 'AM'] as const;

/** Ana changes three mornings on a branch; Bruno changes the Friday on main too. */
test.beforeEach(async ({ app, page }) => {
  await ask(app, 'session/use', ana);
  await fillSmallRoster(app);
  await ask(app, 'branches/create', { name: 'try-4-week' });
  for (const cell of [wednesday, thursday, friday])
    await setCell(app, ana, { branch: 'try-4-week', cell, fields: { activity: 'OFF' }, message: 'Pattern' });
  await setCell(app, bruno, { cell: friday, fields: { activity: 'LEC' }, message: 'Cover' });
  await ask(app, 'session/use', ana);
  await page.reload();
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Branches/ })
    .click();
  await page
    .getByRole('list', { name: 'Branches' })
    .getByRole('button', { name: /try-4-week/ })
    .click();
  await page.getByRole('button', { name: 'Compare with main' }).click();
  await page.getByRole('radiogroup', { name: 'Show as' }).getByText('List').click();
  await expect(page.getByRole('table', { name: 'Differences' }).getByRole('row')).toHaveCount(3);
});

async function activityOf(app: App, cell: readonly [string, string, 'AM' | 'PM']): Promise<string> {
  const { fields } = await ask(app, 'versions/at', { type: 'assignment', id: await assignmentIn(app, ...cell) });
  return fields.activity;
}

const choose = (page: Page, day: string) => page.getByRole('checkbox', { name: `Choose Lima, A, ${day} AM` }).check();

test('chosen records are brought over alone, after a look at what changes, and it can be undone', async ({ page, app }) => {
  const before = (await ask(app, 'branches/info', { name: 'main' })).position;
  await choose(page, 'Wed 5 Aug');
  await expect(page.getByText('1 chosen')).toBeVisible();
  await page.getByRole('button', { name: 'Bring 1 into main…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Bring 1 record into main' });
  await expect(dialog.getByRole('list', { name: 'What changes on main' }).getByRole('listitem')).toHaveText([
    /Lima, A, Wed 5 Aug AM\s*Clinic A \(CL-A\), primary → Off \(OFF\)/,
  ]);
  expect((await ask(app, 'branches/info', { name: 'main' })).position).toBe(before);
  await dialog.getByRole('textbox', { name: 'Why (optional)' }).fill('agreed for Wednesday');
  await dialog.getByRole('button', { name: 'Bring it over' }).click();
  await expect(page.getByText('Brought 1 record from try-4-week into main.').first()).toBeVisible();
  expect([await activityOf(app, wednesday), await activityOf(app, thursday)]).toEqual(['OFF', 'CL-A']);
  const [commit] = (await ask(app, 'commits/line', { limit: 1 })).items;
  expect(commit).toMatchObject({ reason: 'agreed for Wednesday', position: before + 1 });
  // It differs no more, so it is gone from the list.
  await expect(page.getByRole('table', { name: 'Differences' }).getByRole('row')).toHaveCount(2);
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect.poll(() => activityOf(app, wednesday)).toBe('CL-A');
});

test('where both branches changed a chosen record, people decide in the resolver before anything changes', async ({ page, app }) => {
  await page.getByRole('checkbox', { name: 'Choose all that are shown' }).check();
  await page.getByRole('button', { name: 'Bring 3 into main…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Bring 3 records into main' });
  await expect(dialog).toContainText('1 was changed on main too.');
  await expect(dialog.getByRole('listitem')).toHaveCount(2);
  await dialog.getByRole('button', { name: 'Go on and decide' }).click();
  await expect(page.getByText('1 of 1 left')).toBeVisible();
  expect(await activityOf(app, wednesday)).toBe('CL-A');
  await page.keyboard.press('b');
  await expect(page.getByText('0 of 1 left')).toBeVisible();
  const reason = page.getByRole('textbox', { name: /^Why/ }).last();
  await reason.fill('agreed');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => activityOf(app, friday)).toBe('OFF');
  expect(await activityOf(app, wednesday)).toBe('OFF');
});

test('what the other branch alone changed changes nothing, and the dialog says so', async ({ page }) => {
  await page.getByRole('button', { name: 'Swap sides' }).click();
  await choose(page, 'Wed 5 Aug');
  await page.getByRole('button', { name: 'Bring 1 into try-4-week…' }).click();
  await expect(page.getByRole('dialog')).toContainText('try-4-week has all of this already. Nothing would change.');
  await expect(page.getByRole('button', { name: 'Bring it over' })).toBeDisabled();
});
