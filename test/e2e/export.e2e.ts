import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Download, Page } from '@playwright/test';
import { expect, test } from '../support/page-fixture.ts';
import { fillSmallRoster, showFirstDays } from '../support/small-roster.ts';

test.use({ programme: 'empty' });

/** Opens the dialog with its key and makes the file that is chosen there. */
async function exportBy(page: Page, choose?: (page: Page) => Promise<void>): Promise<Download> {
  await page.keyboard.press('Control+e');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await choose?.(page);
  await expect(dialog.getByRole('region', { name: 'What will be in the file' })).toContainText('change');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Export', exact: true }).click(),
  ]);
  await expect(dialog).toBeHidden();
  await expect(page.getByText(`Exported: ${download.suggestedFilename()}`).first()).toBeVisible();
  return download;
}

async function importBack(page: Page, download: Download): Promise<void> {
  const path = await download.path();
  await page.getByRole('navigation').getByText('Import').click();
  await page
    .getByLabel('Choose a workbook…')
    .setInputFiles({ name: download.suggestedFilename(), mimeType: 'application/octet-stream', buffer: await readFile(path) });
}

test('an exported roster is imported again with 0 changes; names and ids that look like formulas and numbers stay text', async ({
  app,
  page,
}) => {
  await fillSmallRoster(app);
  await app.call('changes/commit', {
    message: 'Hostile names',
    changes: [
      { op: 'create', type: 'person', id: '0012345', fields: { name: '=1+1', role: '@SUM(A1)', type: 'resident', pgyLevel: 3 } },
      { op: 'create', type: 'assignment', fields: { personId: '0012345', date: '2026-08-03', half: 'AM', activity: '-2' } },
    ],
  });
  await page.reload();
  await showFirstDays(page);
  for (const format of ['Excel workbook', 'Text table (CSV)']) {
    const download = await exportBy(page, (dialog) => dialog.getByRole('radio', { name: format }).click());
    await importBack(page, download);
    await expect(page.getByText('0 changes')).toBeVisible();
    await expect(page.getByText('=1+1', { exact: true }).first()).toBeVisible();
    await page.getByRole('navigation').getByText('Roster').click();
  }
});

test('the dialog says what will be in the file, leaves personal fields out unless there is a reason, and exports the moment on screen', async ({
  app,
  page,
}) => {
  await fillSmallRoster(app);
  await app.call('changes/commit', {
    message: 'Leave',
    changes: [
      {
        op: 'create',
        type: 'absence',
        fields: { personId: 'lima', startDate: '2026-08-10', endDate: '2026-08-12', absenceType: 'sick', notes: 'a secret illness' },
      },
    ],
  });
  await page.reload();
  await showFirstDays(page);
  await page.getByRole('button', { name: 'Export…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  const summary = dialog.getByRole('region', { name: 'What will be in the file' });
  await expect(summary).toContainText('4 people on 28 half days, 3–16 Aug 2026. “main” as it is now, change 2.');

  await dialog.getByText('Absences', { exact: true }).click();
  await expect(summary).toContainText('1 absence. “main” as it is now, change 2. 3 personal fields are left out.');
  await dialog.getByRole('checkbox', { name: 'Include personal fields' }).check();
  await expect(dialog.getByRole('button', { name: 'Export', exact: true })).toBeDisabled();
  await dialog.getByRole('textbox', { name: /What are they needed for/ }).fill('For the board');
  await expect(summary).toContainText('3 personal fields are in it.');
  await dialog.getByRole('radio', { name: 'Text table (CSV)' }).click();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(
      (await new AxeBuilder({ page }).include('[role=dialog]').analyze()).violations.map(({ id, nodes }) => [
        id,
        nodes.map(({ html }) => html),
      ]),
    ).toEqual([]);
  }
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Export', exact: true }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toContain('a secret illness');

  await page.getByRole('button', { name: 'One version back' }).click();
  await expect(page.getByText(/^Viewing .*, read-only/).first()).toBeVisible();
  await page.keyboard.press('Control+e');
  await expect(summary).toContainText(/“main” as of .*, change 1\./);
});
