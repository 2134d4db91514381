import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/page-fixture.ts';
import { cellOf, fillSmallRoster } from '../support/small-roster.ts';

const gridOf = (page: Page) => page.getByRole('grid', { name: 'Roster' });
const bannerOf = (page: Page) => page.getByRole('banner', { name: 'Viewing the past' });
const announcements = (page: Page) => page.getByRole('status', { name: 'Announcements' });
const target = (page: Page) => cellOf(page, 'Lima, A', 'Wed 5 Aug AM');
const historyOf = (page: Page) => page.getByRole('list', { name: 'History of this cell' });

test.use({ programme: 'empty' });

/** Lima's Wednesday morning: planned as CL-A by Ana, made ICU by Bruno for Souza, cleared by Ana. */
test.beforeEach(async ({ app, page }) => {
  await app.call('session/use', { userId: 'ana', name: 'Ana Lima' });
  await fillSmallRoster(app);
  const slot = { personId: 'lima', date: '2026-08-05', half: 'AM' };
  const { body } = await app.call('versions/allAt', { type: 'assignment', filters: slot });
  const id = body.items[0].id;
  await app.call('session/use', { userId: 'bruno', name: 'Bruno Reis' });
  await app.call('changes/commit', {
    message: 'Type ICU',
    reason: 'cover for Souza',
    changes: [{ op: 'update', type: 'assignment', id, fields: { activity: 'ICU', rotationId: 'icu' } }],
  });
  await app.call('session/use', { userId: 'ana', name: 'Ana Lima' });
  await app.call('changes/commit', { message: 'Clear the morning', changes: [{ op: 'delete', type: 'assignment', id }] });
  await page.goto(app.url);
  await page.reload();
  await expect(gridOf(page)).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /Find people/ }).fill('5 Aug 2026');
  await page.getByRole('option', { name: /Show Wed 5 Aug 2026/ }).click();
  await target(page).click();
});

async function rowTexts(rows: Locator): Promise<readonly string[]> {
  return (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
}

test('Ctrl+Shift+H shows every version of the cell with value, who, when and why, also after it was cleared', async ({ page }) => {
  await page.keyboard.press('Control+Shift+h');
  const dialog = page.getByRole('dialog', { name: 'Cell history' });
  await expect(dialog.getByRole('row')).toHaveCount(4);
  const rows = await rowTexts(dialog.getByRole('row'));
  expect(rows[0]).toMatch(/Version Value Who When Why/i);
  expect(rows[1]).toMatch(/^v3 cleared Ana Lima .*\d{4} \d\d:\d\d Clear the morning/);
  expect(rows[2]).toMatch(/^v2 ICU Bruno Reis .*\d{4} \d\d:\d\d cover for Souza/);
  expect(rows[3]).toMatch(/^v1 CL-A Ana Lima .*\d{4} \d\d:\d\d Set up/);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(target(page)).toBeFocused();
});

test('“Use this value” adds a version and leaves the earlier ones as they were; Undo takes it back', async ({ page, app }) => {
  const { body: cell } = await app.call('roster/cell', { personId: 'lima', date: '2026-08-05', half: 'AM' });
  const [{ id, entries: before }] = cell.items;
  await page.getByRole('textbox', { name: /^Why, for/ }).fill('Souza is back');
  await historyOf(page)
    .getByRole('button', { name: /^Use this value: CL-A/ })
    .click();
  await expect(target(page)).toHaveAccessibleName(/CL-A/);
  const { body: after } = await app.call('versions/history', { type: 'assignment', id });
  expect(after.total).toBe(before.length + 1);
  // The earlier rows are the same to the last character: same versions, same checksums, same places in the line.
  expect(after.items.slice(1)).toEqual(before);
  expect(after.items[0]).toMatchObject({ reason: 'Souza is back', userName: 'Ana Lima', fields: before.at(-1).fields });
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(target(page)).not.toHaveAccessibleName(/CL-A/);
  await expect(announcements(page)).toContainText('Taken back.');
  expect((await app.call('versions/history', { type: 'assignment', id })).body.total).toBe(before.length + 2);
});

test('a version leads to its time, and to just before it', async ({ page }) => {
  const menuOf = (value: RegExp) =>
    historyOf(page)
      .getByRole('listitem')
      .filter({ hasText: value })
      .getByRole('button', { name: /^More for/ });
  await menuOf(/cover for Souza/).click();
  await page.getByRole('menuitem', { name: 'Go to that time' }).click();
  await expect(bannerOf(page)).toContainText('v2 ');
  await expect(target(page)).toHaveAccessibleName(/ICU/);
  await menuOf(/cover for Souza/).click();
  await page.getByRole('menuitem', { name: 'Go to just before it' }).click();
  await expect(bannerOf(page)).toContainText('v1 ');
  await expect(target(page)).toHaveAccessibleName(/CL-A/);
  // The panel follows the moment: it says what stood there then, and since when.
  await expect(page.getByRole('complementary')).toContainText('since v1 · Ana Lima');
});

test('undoing an old change alone asks why and appends; with later work on top, people decide as in a merge', async ({ page, app }) => {
  const rows = historyOf(page).getByRole('listitem');
  await rows
    .filter({ hasText: 'Clear the morning' })
    .getByRole('button', { name: /^More for/ })
    .click();
  await page.getByRole('menuitem', { name: 'Undo this change…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Undo this change' });
  await expect(dialog).toContainText('Takes back 1 change');
  await dialog.getByRole('textbox', { name: 'Why' }).fill('');
  await dialog.getByRole('button', { name: 'Undo the change' }).click();
  await expect(dialog).toContainText('Say why');
  await dialog.getByRole('textbox', { name: 'Why' }).fill('cleared by mistake');
  await dialog.getByRole('button', { name: 'Undo the change' }).click();
  await expect(target(page)).toHaveAccessibleName(/ICU/);
  expect((await app.call('commits/at', {})).body).toMatchObject({ position: 4, kind: 'revert', reason: 'cleared by mistake' });
  await rows
    .filter({ hasText: 'Set up' })
    .getByRole('button', { name: /^More for/ })
    .click();
  await page.getByRole('menuitem', { name: 'Undo this change…' }).click();
  await dialog.getByRole('button', { name: 'Undo the change' }).click();
  await expect(page.getByRole('list', { name: 'Conflicts' })).toBeVisible();
  expect((await app.call('commits/at', {})).body.position).toBe(4);
});

test('tags and comments on a version stand in its history with author and time, and their author can remove them', async ({
  page,
  app,
}) => {
  const row = historyOf(page).getByRole('listitem').filter({ hasText: 'cover for Souza' });
  await row.getByRole('button', { name: /^More for/ }).click();
  await page.getByRole('menuitem', { name: 'Tag…' }).click();
  await page.getByRole('dialog', { name: 'Tag' }).getByRole('textbox', { name: 'Name' }).fill('agreed');
  await page.keyboard.press('Enter');
  await expect(row).toContainText('agreed');
  await row.getByRole('button', { name: /^More for/ }).click();
  await page.getByRole('menuitem', { name: 'Comment…' }).click();
  await page.getByRole('dialog', { name: 'Comment' }).getByRole('textbox', { name: 'Comment' }).fill('Souza asked by mail.');
  await page.getByRole('button', { name: 'Add comment' }).click();
  await expect(row).toContainText('Souza asked by mail. Ana Lima');
  await row.getByRole('button', { name: /^More for/ }).click();
  await page.getByRole('menuitem', { name: 'Tag…' }).click();
  await page.getByRole('button', { name: 'Remove the tag agreed' }).click();
  await expect(page.getByRole('dialog', { name: 'Tag' })).toContainText('No tag yet.');
  await page.keyboard.press('Escape');
  await expect(row).not.toContainText('agreed');
  expect((await app.call('notes/list', {})).body.items.map((note: { text: string }) => note.text)).toEqual(['Souza asked by mail.']);
});

test('a version’s own screen tells what it changed, who, when and why, and that it is what was written', async ({ page, app }) => {
  await page.keyboard.press('F9');
  await page.getByRole('button', { name: 'Details of v2' }).click();
  const screen = page.getByRole('region', { name: 'Version detail' });
  await expect(screen.getByRole('heading', { level: 1 })).toHaveText('Type ICU');
  await expect(screen.getByRole('list', { name: '1 change' })).toContainText('Lima, A');
  await expect(screen).toContainText('cover for Souza');
  await expect(screen).toContainText('Verified just now');
  const { body } = await app.call('commits/at', { position: 2 });
  await expect(screen).toContainText(body.commit);
  await screen.getByRole('button', { name: 'Go to that time' }).click();
  await expect(bannerOf(page)).toContainText('v2 ');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(screen).toBeVisible();
});

test('the person’s own history is a tab away', async ({ page, app }) => {
  await app.call('changes/commit', {
    message: 'New year',
    changes: [{ op: 'update', type: 'person', id: 'lima', fields: { pgyLevel: 2 } }],
  });
  await page.getByRole('tab', { name: 'Person' }).click();
  const history = page.getByRole('list', { name: 'History of this person' });
  await expect(history.getByRole('listitem')).toHaveCount(2);
  await expect(history.getByRole('listitem').first()).toContainText(/PGY.*1 → 2/);
});

test('nothing selected and nothing ever set are said in words', async ({ page }) => {
  const panel = page.getByRole('complementary');
  await cellOf(page, 'Lima, A', 'Sat 8 Aug AM').click();
  await expect(panel).toContainText('Nothing ever stood here.');
  await page.reload();
  await expect(panel).toContainText('Nothing is selected.');
});
