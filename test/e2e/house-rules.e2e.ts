import type { Page } from '@playwright/test';
import { ana, ask, bruno, setCell } from '../support/decided-merge.ts';
import { expect, test } from '../support/page-fixture.ts';
import { fillSmallRoster } from '../support/small-roster.ts';

test.use({ programme: 'empty' });

const rulesOf = (page: Page) => page.getByRole('list', { name: 'House rules' }).getByRole('listitem');

async function openRules(page: Page): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Branches/ })
    .click();
  await page.getByRole('button', { name: 'House rules' }).click();
  await expect(page.getByRole('heading', { name: 'House rules', level: 1 })).toBeVisible();
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('dialog').getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

test('a rule is made in words, put in order, changed and removed, and what was done can be undone', async ({ page, app }) => {
  await ask(app, 'merges/setRules', { rules: [{ type: 'absence', field: null, prefer: 'target' }] });
  await openRules(page);
  await expect(rulesOf(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Add a rule…' }).click();
  await choose(page, 'Records', 'Swaps');
  await choose(page, 'Field', 'Status');
  await choose(page, 'What is taken', 'The furthest status');
  await expect(page.getByRole('dialog')).toContainText(
    'When both branches changed Status of swaps, the status that is further along is taken.',
  );
  await page.getByRole('button', { name: 'Save the rule' }).click();
  await expect(rulesOf(page)).toHaveCount(2);
  await rulesOf(page)
    .filter({ hasText: 'Status of swaps' })
    .getByRole('button', { name: /^Move up/ })
    .click();
  await expect(rulesOf(page).first()).toContainText('Status of swaps');
  await expect
    .poll(async () => (await ask(app, 'merges/rules', {})).rules)
    .toEqual([
      { type: 'swap_record', field: 'status', prefer: 'furthest-status' },
      { type: 'absence', field: null, prefer: 'target' },
    ]);
  await rulesOf(page)
    .filter({ hasText: 'absences' })
    .getByRole('button', { name: /^Change/ })
    .click();
  await choose(page, 'What is taken', 'What was changed last');
  await page.getByRole('button', { name: 'Save the rule' }).click();
  await expect(rulesOf(page).nth(1)).toContainText('what was changed last is taken');
  await rulesOf(page)
    .first()
    .getByRole('button', { name: /^Remove/ })
    .click();
  await expect(rulesOf(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(rulesOf(page)).toHaveCount(2);
});

test('there is one rule for a thing, and the dialog says so before anything is sent', async ({ page, app }) => {
  await ask(app, 'merges/setRules', { rules: [{ type: 'assignment', field: null, prefer: 'newest' }] });
  await openRules(page);
  await page.getByRole('button', { name: 'Add a rule…' }).click();
  await expect(page.getByRole('dialog')).toContainText('There is a rule for this already.');
  await expect(page.getByRole('button', { name: 'Save the rule' })).toBeDisabled();
});

test('an editor sees the rules and is told who may change them', async ({ page, app }) => {
  await ask(app, 'session/use', { userId: 'edu', name: 'Edu', role: 'editor' });
  await page.reload();
  await openRules(page);
  await expect(page.getByText('Edu may look at the house rules; only an approver or an administrator may change them.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add a rule…' })).toBeDisabled();
});

test('what a house rule decided says so in the resolver, and leads to the rules', async ({ page, app }) => {
  await ask(app, 'session/use', ana);
  await fillSmallRoster(app);
  await ask(app, 'branches/create', { name: 'try-4-week' });
  const cell = ['lima', '2026-08-05', 'AM'] as const;
  await setCell(app, ana, { branch: 'try-4-week', cell, fields: { activity: 'OFF' }, message: 'Pattern' });
  await setCell(app, bruno, { cell, fields: { activity: 'LEC' }, message: 'Cover' });
  await ask(app, 'merges/setRules', { rules: [{ type: 'assignment', field: 'activity', prefer: 'source' }] });
  await ask(app, 'merges/start', { source: 'try-4-week', target: 'main' });
  await page.reload();
  await page
    .getByRole('region', { name: 'Merge in progress' })
    .getByRole('button', { name: /Resume/ })
    .click();
  await page.getByRole('tab', { name: 'BY RULE 1' }).click();
  await page.getByRole('list', { name: 'Conflicts' }).getByRole('button', { name: /Lima/ }).click();
  await page.getByRole('button', { name: /^Decided by the house rule/ }).click();
  await expect(rulesOf(page)).toHaveText([/Activity of assignments, what the branch that is merged has is taken/]);
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.getByText('0 of 1 left')).toBeVisible();
});
