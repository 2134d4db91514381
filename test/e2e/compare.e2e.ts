import type { Page } from '@playwright/test';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { App } from '../support/app-host.ts';
import { expect, test } from '../support/page-fixture.ts';
import { fillSmallRoster } from '../support/small-roster.ts';

const table = (page: Page) => page.getByRole('table', { name: 'Differences' });
const total = (page: Page) => page.getByRole('group', { name: 'Totals' });

async function call(app: App, path: string, body: object): Promise<any> {
  const answer = await app.call(path, body);
  if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Three kinds of difference between the tag “Published” and now: one changed, one added, one removed. */
async function makeDifferences(app: App): Promise<void> {
  await fillSmallRoster(app);
  const at = (half: string, activity: string, date: string) => ({ personId: 'lima', date, half, activity });
  await call(app, 'changes/commit', {
    message: 'Plan',
    changes: [
      { op: 'create', type: 'assignment', id: 'stays', fields: at('AM', 'C', '2026-08-19') },
      { op: 'create', type: 'assignment', id: 'changes', fields: at('PM', 'C', '2026-08-19') },
      { op: 'create', type: 'assignment', id: 'goes', fields: at('AM', 'LEC', '2026-08-20') },
    ],
  });
  const { items } = await call(app, 'commits/line', { limit: 1 });
  await call(app, 'notes/tag', { commit: items[0].commit, tag: 'Published' });
  await call(app, 'changes/commit', {
    message: 'Cover',
    reason: 'cover for Souza',
    changes: [
      { op: 'update', type: 'assignment', id: 'changes', fields: { activity: 'ICU' } },
      { op: 'delete', type: 'assignment', id: 'goes' },
      { op: 'create', type: 'assignment', id: 'comes', fields: at('PM', 'SIM', '2026-08-20') },
    ],
  });
}

async function openComparison(page: Page, from: string): Promise<void> {
  await page.getByRole('navigation').getByText('Compare').click();
  await page.getByRole('button', { name: /^Side A/ }).click();
  await page.getByRole('button', { name: new RegExp(`^${from}`) }).click();
}

test.describe('comparing two moments', () => {
  test.use({ programme: 'empty' });
  test.beforeEach(async ({ app, page }) => {
    await makeDifferences(app);
    await page.reload();
    await openComparison(page, 'Published');
    await expect(table(page).getByRole('row')).toHaveCount(3);
  });

  test('totals equal the rows under any mix of filters', async ({ page }) => {
    await expect(page.getByRole('heading', { level: 1 })).toContainText(/Published.*main/);
    await expect(total(page)).toContainText('3 differences');
    await page.getByRole('checkbox', { name: /assignments 3/ }).uncheck();
    await expect(page.getByText(/No differences pass these filters/)).toBeVisible();
    await page.getByRole('checkbox', { name: /assignments/ }).check();
    await expect(total(page)).toContainText('3 differences');
    await expect(table(page).getByRole('row')).toHaveCount(3);
    await expect(table(page)).toContainText('cover for Souza');
  });

  test('kinds of change are readable without colour, and differences are stepped through by key', async ({ page }) => {
    const grid = page.getByRole('grid', { name: /Differences from/ });
    await expect(grid.getByRole('gridcell', { name: /^changed: .*C → ICU/ })).toContainText('~');
    await expect(grid.getByRole('gridcell', { name: /^added: .*SIM/ })).toContainText('+');
    await expect(grid.getByRole('gridcell', { name: /^removed: .*LEC/ })).toContainText('−');
    await page.keyboard.press('F7');
    await expect(page.getByRole('status', { name: 'Announcements' })).toContainText('2 of 3');
    await page.keyboard.press('Shift+F7');
    await expect(page.getByRole('status', { name: 'Announcements' })).toContainText('1 of 3');
  });

  test('side by side, both sides scroll together in both directions', async ({ page }) => {
    await page.setViewportSize({ width: 900, height: 420 });
    await page.getByText('Side by side').click();
    await page.getByRole('checkbox', { name: 'Hide unchanged' }).uncheck();
    const a = page.getByRole('grid', { name: /^A:/ });
    const b = page.getByRole('grid', { name: /^B:/ });
    const scroller = 'xpath=..';
    await a.locator(scroller).evaluate((element) => {
      element.scrollTop = 20;
      element.scrollLeft = 60;
    });
    const positionOf = (element: Element): [number, number] => [element.scrollTop, element.scrollLeft];
    await expect.poll(() => b.locator(scroller).evaluate(positionOf)).toEqual(await a.locator(scroller).evaluate(positionOf));
    expect((await a.locator(scroller).evaluate(positionOf))[1]).toBeGreaterThan(0);
  });

  test('as a list and as text', async ({ page }) => {
    await page.getByText('List', { exact: true }).click();
    await expect(page.getByRole('grid')).toHaveCount(0);
    await expect(table(page).getByRole('row')).toHaveCount(3);
    await page.getByText('Text', { exact: true }).click();
    await expect(page.getByRole('region', { name: 'Record' })).toContainText('activity');
  });
});

test.describe('branches', () => {
  test.use({ programme: 'empty' });

  test('identical sides say so with the names of both; a branch from the past starts there and leaves main alone', async ({
    page,
    app,
  }) => {
    await makeDifferences(app);
    const before = (await call(app, 'commits/line', { limit: 1 })).items[0].commit;
    await page.reload();
    await expect(page.getByRole('grid', { name: 'Roster' })).toBeVisible();
    await page.getByRole('slider', { name: 'History position' }).focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('button', { name: 'Branch from here' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('try-4-week');
    await page.getByRole('button', { name: 'Create and switch to it' }).click();
    await expect(page.getByRole('button', { name: 'Branch: try-4-week' })).toBeVisible();
    expect((await call(app, 'versions/at', { type: 'assignment', id: 'goes', branch: 'try-4-week' })).existed).toBe(true);
    expect((await call(app, 'commits/line', { limit: 1 })).items[0].commit).toBe(before);
    await call(app, 'branches/create', { name: 'twin' });
    await page.getByRole('button', { name: 'Branch: try-4-week' }).click();
    await page.getByRole('option', { name: /^main/ }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await openComparison(page, 'twin');
    await expect(page.getByText(/No differences between twin.* and main/)).toBeVisible();
  });
});

test.describe('bringing back', () => {
  test.use({ programme: 'empty' });

  test('shows what would change, asks why, and brings back one new version that one undo takes away', async ({ page, app }) => {
    await makeDifferences(app);
    await page.reload();
    await expect(page.getByRole('grid', { name: 'Roster' })).toBeVisible();
    await page.getByRole('slider', { name: 'History position' }).focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('button', { name: /Bring back/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Bring back' });
    await dialog.getByRole('radio', { name: 'The whole roster' }).check();
    await expect(dialog.getByRole('region', { name: 'What will change' })).toContainText(/will change back/);
    await expect(dialog.getByRole('button', { name: 'Bring back' })).toBeDisabled();
    await dialog.getByRole('textbox', { name: 'Why?' }).fill('the plan was right');
    await dialog.getByRole('button', { name: 'Bring back' }).click();
    await expect(page.getByRole('banner', { name: 'Viewing the past' })).toHaveCount(0);
    expect((await call(app, 'versions/at', { type: 'assignment', id: 'goes' })).existed).toBe(true);
    expect((await call(app, 'versions/at', { type: 'assignment', id: 'comes' })).existed).toBe(false);
    await page.getByRole('grid', { name: 'Roster' }).getByRole('gridcell').first().click();
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await call(app, 'versions/at', { type: 'assignment', id: 'comes' })).existed).toBe(true);
  });
});

const workbook = resolve(import.meta.dirname, '../../../shared/data/block-9-rota.xlsx');

test.describe('importing a workbook', () => {
  test.use({ programme: 'empty' });
  test.skip(!existsSync(workbook), 'the coordinator’s workbook is not there');

  test('asks about codes, shows the year, imports as one step, changes nothing the second time, and is undone at once', async ({
    page,
    app,
  }) => {
    await page.getByRole('navigation').getByText('Import').click();
    await page.getByLabel('Choose a workbook…').setInputFiles(workbook);
    await expect(page.getByText('The year does not fit the weekdays')).toBeVisible();
    await page.getByRole('button', { name: 'Use 2026' }).click();
    await expect(page.getByText('12 Feb – 11 Mar 2026')).toBeVisible();
    await expect(page.getByText(/Decide about \d+ codes first/)).toBeVisible();
    await page.getByRole('button', { name: 'Take all as new codes' }).click();
    await page.getByRole('button', { name: /^Import [\d\s]+ changes$/ }).click();
    await expect(page.getByRole('grid', { name: 'Roster' })).toBeVisible();
    expect((await call(app, 'versions/allAt', { type: 'person', limit: 100 })).total).toBe(34);
    await page.getByRole('navigation').getByText('Import').click();
    await page.getByLabel('Choose a workbook…').setInputFiles(workbook);
    await page.getByRole('button', { name: 'Use 2026' }).click();
    await expect(page.getByText(/There is nothing to import/).first()).toBeVisible();
    await page.getByRole('navigation').getByText('Roster').click();
    await page.getByRole('grid', { name: 'Roster' }).getByRole('gridcell').first().click();
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await call(app, 'versions/allAt', { type: 'person', limit: 100 })).total).toBe(0);
  });

  test('a file that is no workbook is refused by name', async ({ page }) => {
    await page.getByRole('navigation').getByText('Import').click();
    await page
      .getByLabel('Choose a workbook…')
      .setInputFiles({ name: 'holiday.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('not a workbook') });
    await expect(page.getByRole('alert')).toContainText('holiday.xlsx');
  });
});

test('the integrity check says what it looked at', async ({ page }) => {
  await page.getByRole('navigation').getByText('Integrity check').click();
  await page.getByRole('button', { name: 'Check everything now' }).click();
  await expect(page.getByText('Everything is as it was written')).toBeVisible({ timeout: 30_000 });
});
