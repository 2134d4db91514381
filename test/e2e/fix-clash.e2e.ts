import type { Page } from '@playwright/test';
import { ana, ask } from '../support/decided-merge.ts';
import { expect, test } from '../support/page-fixture.ts';
import { cellOf, fillSmallRoster, showFirstDays } from '../support/small-roster.ts';

test.use({ programme: 'empty' });

/** Lima is booked twice on Wednesday morning. */
test.beforeEach(async ({ app, page }) => {
  await ask(app, 'session/use', ana);
  await fillSmallRoster(app);
  const fields = { personId: 'lima', date: '2026-08-05', half: 'AM', activity: 'LEC', role: 'primary' };
  await ask(app, 'changes/commit', { message: 'Lecture', changes: [{ op: 'create', type: 'assignment', id: 'lecture', fields }] });
  await page.reload();
  await showFirstDays(page);
});

async function remaining(app: Parameters<typeof ask>[0]): Promise<readonly string[]> {
  const window = await ask(app, 'roster/window', { from: '2026-08-05', to: '2026-08-05' });
  return window.clashes.map((clash: any) => clash.rule).filter((rule: string) => rule === 'double-booking');
}

const proposalsOf = (page: Page) => page.getByRole('list', { name: 'What would clear it' }).getByRole('listitem');

test('a clash in the list is fixed by a proposal that shows what it changes: one commit, with its name, and one undo', async ({
  page,
  app,
}) => {
  const before = (await ask(app, 'branches/info', { name: 'main' })).position;
  await page.getByRole('button', { name: /clashes$/ }).click();
  const list = page.getByRole('list', { name: 'Clashes in these days' });
  await expect(list).toContainText('Lima, A is booked twice on Wed 5 Aug AM');
  await list.getByRole('button', { name: /^Fix: Lima, A is booked twice/ }).click();
  const remove = proposalsOf(page).filter({ hasText: 'Remove Lecture (LEC) of Lima, A, Wed 5 Aug AM' });
  await expect(remove).toContainText('Lima, A, Wed 5 Aug AM: Lecture (LEC)');
  expect(await remaining(app)).toHaveLength(1);
  await remove.getByRole('button', { name: /^Do this/ }).click();
  await expect(page.getByText(/^Done: Remove Lecture/).first()).toBeVisible();
  expect(await remaining(app)).toEqual([]);
  const [commit] = (await ask(app, 'commits/line', { limit: 1 })).items;
  expect(commit).toMatchObject({ position: before + 1, message: 'Fix: Remove Lecture (LEC) of Lima, A, Wed 5 Aug AM' });
  expect(commit.reason).toContain('booked twice');
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect.poll(() => remaining(app)).toHaveLength(1);
});

test('the inspector offers the same for the clashes of a cell, and the past offers nothing', async ({ page, app }) => {
  await cellOf(page, 'Lima, A', 'Wed 5 Aug AM').first().click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await inspector.getByRole('button', { name: /^Fix: Lima, A is booked twice/ }).click();
  await expect(proposalsOf(page).first()).toBeVisible();
  await proposalsOf(page)
    .first()
    .getByRole('button', { name: /^Do this/ })
    .click();
  await expect.poll(() => remaining(app)).toEqual([]);
  await expect(inspector.getByRole('button', { name: /^Fix: Lima, A is booked twice/ })).toHaveCount(0);
  await page.getByRole('slider', { name: 'History position' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(inspector.getByRole('list', { name: 'Clashes of this cell' })).toContainText('booked twice');
  await expect(inspector.getByRole('button', { name: /^Fix/ })).toHaveCount(0);
});
