import { readFile } from 'node:fs/promises';
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
