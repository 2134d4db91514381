import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { App } from '../support/app-host.ts';
import { expect, test } from '../support/page-fixture.ts';
import { actAs, ask, openRecord, openSection, switchTo } from '../support/view-helpers.ts';

test.use({ programme: 'empty' });

const log = (page: Page) => page.getByRole('dialog', { name: 'Access log' });
const rows = (page: Page) => log(page).getByRole('table', { name: 'Access log' }).locator('tbody').getByRole('row');

async function registerPatient(app: App, name: string, identifier: string): Promise<string> {
  return (await ask(app, 'views/register', { type: 'patient', identifier, fields: { name } })).id;
}

test('who asked for personal data is read in a log: all of it from the list, that of one patient from the patient', async ({
  page,
  app,
}) => {
  await actAs(app, 'Ana');
  const jose = await registerPatient(app, 'José da Silva', '12345678909');
  await registerPatient(app, 'Maria Souza', '52998224725');
  await switchTo(page, app, 'Ana');
  await openSection(page, 'Patients');
  await page.getByRole('button', { name: 'Access log…' }).click();
  await expect(log(page).getByText('Nobody has asked yet.')).toBeVisible();
  await expect(log(page).getByText('As an administrator you see everybody’s.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Access log…' })).toBeFocused();

  await ask(app, 'views/reveal', { type: 'patient', id: jose, reason: 'Call from the pharmacy' });
  await openRecord(page, 'José da Silva');
  await expect(page.getByRole('button', { name: /^asked once, \d\d:\d\d$/ })).toBeVisible();
  await page.getByRole('button', { name: 'Show CPF' }).click();
  const asked = page.getByRole('button', { name: /^asked 2 times, last \d\d:\d\d$/ });
  await expect(asked).toBeVisible();
  await ask(app, 'exchange/export', { what: 'patients', format: 'csv', includePersonal: true, reason: 'Referral' });
  await page.getByRole('button', { name: /^asked 3 times/ }).click();
  await expect(log(page).getByText('Only what concerns José da Silva')).toBeVisible();
  await expect(rows(page)).toHaveText([
    /Ana \(me\)Export of patients 2 recordsReferral$/,
    /Ana \(me\)CPF of José da Silvanot given$/,
    /Ana \(me\)CPF of José da SilvaCall from the pharmacy$/,
  ]);
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  await log(page).getByRole('button', { name: 'Show all' }).click();
  await expect(log(page).getByText(/^Only what concerns/)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^asked 3 times/ }).click();
  await expect(log(page).getByText('Only what concerns José da Silva')).toBeVisible();
  await actAs(app, 'Bruno');
  await expect(rows(page).first()).toHaveText(/Ana(?! \(me\)).*patients/);
  await expect(page.locator('body')).not.toContainText('José da Silva');
});

test('an editor reads the own askings alone, an administrator those of everybody, without names of others’ patients', async ({
  page,
  app,
}) => {
  await actAs(app, 'Ana');
  const jose = await registerPatient(app, 'José da Silva', '12345678909');
  for (let time = 0; time < 52; time += 1) await ask(app, 'views/reveal', { type: 'patient', id: jose });
  await switchTo(page, app, 'Bruno');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('who asked for personal');
  await page.keyboard.press('Enter');
  await expect(rows(page)).toHaveCount(50);
  await expect(rows(page).first()).toHaveText(/AnaCPF of a patientnot given$/);
  await log(page).getByRole('button', { name: 'Show more' }).click();
  await expect(rows(page)).toHaveCount(52);
  await expect(log(page).getByRole('button', { name: 'Show more' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await ask(app, 'session/use', { userId: 'bruno', name: 'Bruno', role: 'editor' });
  await page.reload();
  await openSection(page, 'Patients');
  await page.getByRole('button', { name: 'Access log…' }).click();
  await expect(log(page).getByText('You see your own askings.')).toBeVisible();
  await expect(log(page).getByText('Nobody has asked yet.')).toBeVisible();
});
