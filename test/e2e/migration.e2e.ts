import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { App } from '../support/app-host.ts';
import { expect, test } from '../support/page-fixture.ts';

test.use({ programme: 'empty' });

async function call(app: App, path: string, body: object): Promise<any> {
  const answer = await app.call(path, body);
  if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Who acts at first, and Ana and Bruno beside: lists name them. */
async function addUsers(app: App): Promise<void> {
  const { userId, name } = await call(app, 'session/get', {});
  await call(app, 'session/use', { userId: 'ana', name: 'Ana Lima' });
  await call(app, 'session/use', { userId: 'bruno', name: 'Bruno Dias' });
  await call(app, 'session/use', { userId, name });
}

const actAs = (app: App, userId: string, name: string) => call(app, 'session/use', { userId, name });

async function openDialog(page: Page): Promise<void> {
  await page.getByRole('navigation').getByText('Clinics').click();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('migrate clinics');
  await page.getByRole('option', { name: 'Migrate clinics and patients…' }).click();
  await expect(dialog(page)).toBeVisible();
}

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Migrate clinics and patients' });

async function choose(page: Page, name: string, text: string): Promise<void> {
  await dialog(page)
    .getByLabel('Choose a list…')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
}

/** Nobody is kept from reading or using what the dialog shows. */
async function audit(page: Page): Promise<void> {
  // What fades in is pale for a moment.
  await page.waitForTimeout(300);
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

const list = [
  'nome_clinica,cns_clinica,cidade,telefone_clinica,usuario,criado_em',
  'Clínica Norte,0012345,Santos,(13) 3333-4444,ana,2020',
  'Clínica Norte,0012345,Santos,(13) 3333-4444,bruno,2020',
  'Clínica Sul,7654321,Santos,(13) 3333-5555,bruno,2020',
  'Clínica Leste,7654322,Santos,,NULL,2020',
  'Clínica Oeste,123,Santos,,ana,2020',
  'Clínica Oeste,7654323,Santos,,zoe,2020',
].join('\n');

test('a list is shown before it is taken over, taken over, reported and undone, and own versions stay', async ({ app, page }) => {
  await addUsers(app);
  await page.reload();
  await openDialog(page);
  await choose(page, 'clinics.csv', list);
  const facts = dialog(page).getByLabel('What it does');
  await expect(facts).toContainText('new clinics2');
  await expect(facts).toContainText('new links3');
  await expect(facts).toContainText('rows skipped3');
  await expect(dialog(page).getByRole('listitem', { name: 'cns_clinica is read as Clinic id' })).toBeVisible();
  await expect(dialog(page)).toContainText('Not read: criado_em');
  const issues = dialog(page).getByRole('list', { name: 'Rows to look at' });
  await expect(issues.getByRole('listitem')).toHaveCount(3);
  await dialog(page)
    .getByRole('button', { name: /^Unknown user/ })
    .click();
  await expect(issues.getByRole('listitem')).toHaveCount(1);
  await expect(issues).toContainText('Row 7');
  await expect(issues).toContainText('There is no user “zoe” here.');
  expect((await call(app, 'commits/line', {})).total).toBe(0);
  await audit(page);

  await dialog(page).getByRole('button', { name: 'Migrate 2 clinics and 3 links' }).click();
  await expect(dialog(page)).toContainText('Taken over: 2 clinics and 3 links.');
  const download = page.waitForEvent('download');
  await dialog(page).getByRole('button', { name: 'Download report' }).click();
  expect((await download).suggestedFilename()).toBe('clinics report.csv');

  const { userId, name } = await call(app, 'session/get', {});
  await actAs(app, 'bruno', 'Bruno Dias');
  const { items } = await call(app, 'views/search', { type: 'clinic', text: 'norte' });
  await call(app, 'views/save', { type: 'clinic', id: items[0].id, fields: { hours: '8-17' } });
  await actAs(app, userId, name);

  await dialog(page).getByRole('button', { name: 'Undo this migration…' }).click();
  await expect(dialog(page)).toContainText('It removes 1 clinic and 2 links that nobody has used since.');
  await expect(dialog(page)).toContainText('Bruno Dias has own versions.');
  await page.emulateMedia({ colorScheme: 'dark' });
  await audit(page);
  await expect(dialog(page).getByRole('button', { name: 'Undo the migration' })).toBeDisabled();
  await dialog(page).getByLabel('Reason').fill('The wrong list');
  await dialog(page).getByRole('button', { name: 'Undo the migration' }).click();
  await expect(page.getByText(/The migration was undone: 1 clinic and 2 links removed/).first()).toBeVisible();
  await expect(dialog(page).getByRole('table', { name: 'Earlier migrations' })).toContainText('Undone');
  await audit(page);
  await actAs(app, 'bruno', 'Bruno Dias');
  expect((await call(app, 'views/search', { type: 'clinic' })).items.map(({ title }: { title: string }) => title)).toEqual([
    'Clínica Norte',
  ]);
});

test('the screen of patients opens the dialog for patients, and a list without their identifier is refused in words', async ({
  app,
  page,
}) => {
  await addUsers(app);
  await page.reload();
  await page.getByRole('navigation').getByText('Patients').click();
  await page.getByRole('button', { name: 'Migrate…' }).click();
  await expect(dialog(page).getByRole('radio', { name: 'Patients' })).toBeChecked();
  await audit(page);
  await choose(page, 'patients.csv', 'nome,usuario\nRosa,ana\n');
  await expect(dialog(page).getByRole('alert')).toContainText('has no column with the identifier of patients');
  await dialog(page).getByRole('button', { name: 'Choose another file…' }).click();
  await choose(page, 'patients.csv', 'nome_paciente,cpf_paciente,usuario\nRosa Prado,529.982.247-25,ana\n');
  await dialog(page).getByRole('button', { name: 'Migrate 1 patient and 1 link' }).click();
  await expect(dialog(page)).toContainText('Taken over: 1 patient and 1 link.');
  await dialog(page).getByRole('button', { name: 'Take over another list' }).click();
  await choose(page, 'patients.csv', 'nome_paciente,cpf_paciente,usuario\nRosa Prado,529.982.247-25,ana\n');
  await expect(dialog(page)).toContainText('Everything in this list is there already.');
  await expect(dialog(page).getByRole('button', { name: 'Migrate', exact: true })).toBeDisabled();
});

test('an editor is told who may', async ({ app, page }) => {
  await call(app, 'session/use', { userId: 'eva', name: 'Eva', role: 'editor' });
  await page.reload();
  await page.getByRole('navigation').getByText('Clinics').click();
  const button = page.getByRole('button', { name: 'Migrate…' });
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await expect(button).toHaveAttribute('title', /Only an approver or an administrator/);
});
