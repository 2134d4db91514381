import type { Page } from '@playwright/test';
import type { App } from '../support/app-host.ts';
import { ana, ask, setCell } from '../support/decided-merge.ts';
import { expect, test } from '../support/page-fixture.ts';
import { cellOf, fillSmallRoster, showFirstDays } from '../support/small-roster.ts';

test.use({ programme: 'empty' });

test.beforeEach(async ({ app, page }) => {
  await ask(app, 'session/use', ana);
  await fillSmallRoster(app);
  const cell = ['souza', '2026-08-05', 'AM'] as const;
  await setCell(app, ana, { cell, fields: { activity: 'SIM', notes: 'brings the manikin' }, message: 'Simulation' });
  await page.reload();
  await showFirstDays(page);
});

const dropTarget = (page: Page) => page.locator('[data-drop-target]');
const announcements = (page: Page) => page.getByRole('status', { name: 'Announcements' });

/** Takes the selection by its upper border and holds it over a cell. */
async function dragTo(page: Page, person: string, halfDay: string): Promise<void> {
  const border = await page.locator('[data-drag-border="top"]').boundingBox();
  const to = await cellOf(page, person, halfDay).first().boundingBox();
  if (!border || !to) throw new Error('nothing to drag, or nowhere');
  await page.mouse.move(border.x + 20, border.y + 3);
  await page.mouse.down();
  await page.mouse.move(to.x + 20, to.y + to.height / 2, { steps: 6 });
}

async function codesOf(app: App, personId: string, date: string): Promise<readonly string[]> {
  const { cells } = await ask(app, 'roster/window', { from: date, to: date });
  return cells.filter((cell: any) => cell.personId === personId).map((cell: any) => `${cell.half} ${cell.code}`);
}

const positionOf = async (app: App): Promise<number> => (await ask(app, 'branches/info', { name: 'main' })).position;

test('a selection is moved by its border: outlined before, one commit with all it held, and one undo', async ({ page, app }) => {
  const before = await positionOf(app);
  await cellOf(page, 'Souza, J', 'Wed 5 Aug AM').click();
  await page.keyboard.press('Shift+ArrowRight');
  await dragTo(page, 'Alves, R', 'Thu 6 Aug AM');
  await expect(dropTarget(page)).toHaveText('Move to Alves, R, Thu 6 Aug AM');
  await page.mouse.up();
  await expect(cellOf(page, 'Alves, R', 'Thu 6 Aug AM')).toHaveAccessibleName(/SIM/);
  await expect(announcements(page)).toContainText('Move 2 cells');
  await expect.poll(() => positionOf(app)).toBe(before + 1);
  expect(await codesOf(app, 'alves', '2026-08-06')).toEqual(['AM SIM', 'PM ICU']);
  expect(await codesOf(app, 'souza', '2026-08-05')).toEqual([]);
  const moved = await ask(app, 'versions/allAt', { type: 'assignment', filters: { personId: 'alves', date: '2026-08-06', half: 'AM' } });
  expect(moved.items[0].fields.notes).toBe('brings the manikin');
  await page.keyboard.press('Control+z');
  await expect.poll(() => codesOf(app, 'souza', '2026-08-05')).toEqual(['AM SIM', 'PM ICU']);
  expect(await codesOf(app, 'alves', '2026-08-06')).toEqual(['AM WARD', 'PM WARD']);
});

test('with Ctrl it is copied; Escape puts it back and changes nothing', async ({ page, app }) => {
  const before = await positionOf(app);
  await cellOf(page, 'Souza, J', 'Wed 5 Aug AM').click();
  await dragTo(page, 'Lima, A', 'Fri 7 Aug PM');
  await page.keyboard.press('Escape');
  await expect(dropTarget(page)).toHaveCount(0);
  await page.mouse.up();
  await expect(announcements(page)).toContainText('Nothing was moved.');
  expect(await positionOf(app)).toBe(before);
  await dragTo(page, 'Lima, A', 'Fri 7 Aug PM');
  await page.keyboard.down('Control');
  await expect(dropTarget(page)).toHaveText('Copy to Lima, A, Fri 7 Aug PM');
  await page.mouse.up();
  await page.keyboard.up('Control');
  await expect.poll(() => codesOf(app, 'lima', '2026-08-07')).toEqual(['AM CL-A', 'PM SIM']);
  expect(await codesOf(app, 'souza', '2026-08-05')).toEqual(['AM SIM', 'PM ICU']);
  expect(await positionOf(app)).toBe(before + 1);
});

test('a press on the border without a move chooses the cell, and the past cannot be dragged', async ({ page }) => {
  await cellOf(page, 'Souza, J', 'Wed 5 Aug AM').click();
  await page.keyboard.press('Shift+ArrowRight');
  const border = await page.locator('[data-drag-border="top"]').boundingBox();
  await page.mouse.click((border?.x ?? 0) + 10, (border?.y ?? 0) + 4);
  await expect(cellOf(page, 'Souza, J', 'Wed 5 Aug AM')).toBeFocused();
  await expect(page.getByRole('gridcell', { selected: true })).toHaveCount(1);
  await page.getByRole('slider', { name: 'History position' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('banner', { name: 'Viewing the past' })).toBeVisible();
  await expect(page.locator('[data-drag-border]')).toHaveCount(0);
});
