import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { App } from '../support/app-host.ts';
import { expect, test } from '../support/page-fixture.ts';
import { cellOf, fillSmallRoster, showFirstDays } from '../support/small-roster.ts';
import { actAs, ask, fieldOf, openRecord, openSection, saveField, switchTo, viewAs } from '../support/view-helpers.ts';

test.use({ programme: 'empty' });

const clinic = '0012345';
const cpf = '12345678909';
const announcements = (page: Page) => page.getByRole('status', { name: 'Announcements' });
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search clinics' });
const matrix = (page: Page) => page.getByRole('table', { name: 'Views of this record' });

/** Bruno registered the clinic and keeps another telephone and street; Ana attached with a name and a telephone of her own. */
async function shareClinic(app: App): Promise<string> {
  await actAs(app, 'Bruno');
  const fields = { name: 'Clínica Norte', phone: '(11) 3344-1000', hours: '8–17' };
  const { id } = await ask(app, 'views/register', { type: 'clinic', identifier: clinic, fields });
  await ask(app, 'views/save', { type: 'clinic', id, fields: { phone: '(11) 3344-1999', name: 'Hospital do Bruno' } });
  await actAs(app, 'Ana');
  await ask(app, 'views/register', {
    type: 'clinic',
    identifier: clinic,
    fields: { name: 'Posto da Ana', phone: '(11) 3344-2020' },
  });
  return id;
}

async function offerTo(app: App, from: string, to: string, id: string): Promise<void> {
  await actAs(app, from);
  await ask(app, 'views/offer', { type: 'clinic', id, to: to.toLowerCase(), note: 'They moved' });
}

async function refusesNothing(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => [id, nodes[0]?.html]),
  ).toEqual([]);
}

test('registers a clinic by its identifier first, and says plainly that another one’s exists', async ({ page, app }) => {
  await switchTo(page, app, 'Ana');
  await openSection(page, 'Clinics');
  await expect(page.getByText('You have no clinics yet. Register one by its 7-digit id.')).toBeVisible();
  await page.getByRole('button', { name: 'Register a clinic…' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Register a clinic' });
  await dialog.getByLabel('Clinic id').fill('123');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(/exactly 7 digits/).last()).toBeVisible();
  await expect(dialog.getByLabel('Clinic id')).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByLabel('Clinic id').fill('00.12345');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(/Nobody has registered this clinic yet/)).toBeVisible();
  await dialog.getByLabel('Name').fill('Clínica Norte');
  await dialog.getByLabel('Telephone').fill('(11) 3344-1000');
  await dialog.getByRole('button', { name: 'Register', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Clínica Norte' })).toBeVisible();
  await expect(page.getByRole('main').getByText('1 clinic', { exact: true })).toBeVisible();

  await switchTo(page, app, 'Bruno');
  await openSection(page, 'Clinics');
  await expect(page.getByText('You have no clinics yet. Register one by its 7-digit id.')).toBeVisible();
  await page.getByRole('button', { name: 'Register a clinic…' }).first().click();
  await dialog.getByLabel('Clinic id').fill(clinic);
  await page.keyboard.press('Enter');
  await expect(announcements(page)).toHaveText(/This clinic exists. You will see the shared record; what you type becomes your version./);
  await expect(page.getByText(/showing master record/)).toBeVisible();
  await expect(fieldOf(page, 'Telephone')).toHaveValue('(11) 3344-1000');
});

test('row 36: without an own version the master shows with a visible chip, and with one it does not', async ({ page, app }) => {
  await shareClinic(app);
  await actAs(app, 'Carla');
  await ask(app, 'views/register', { type: 'clinic', identifier: clinic });
  await switchTo(page, app, 'Carla');
  await openSection(page, 'Clinics');
  await openRecord(page, 'Clínica Norte');
  await expect(page.getByText(/showing master record/)).toBeVisible();
  await saveField(page, 'Hours', '7–16');
  await expect(page.getByRole('article').getByText('mine, version 4')).toBeVisible();
  await expect(page.getByText(/showing master record/)).toHaveCount(0);
  await expect(fieldOf(page, 'Hours')).toHaveValue('7–16');
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(page.getByText(/showing master record/)).toBeVisible();
  await expect(fieldOf(page, 'Hours')).toHaveValue('8–17');
});

test('row 35: viewing as Bruno the phone differs; a search by my value hits, by his does not', async ({ page, app }) => {
  const id = await shareClinic(app);
  await offerTo(app, 'Bruno', 'Ana', id);
  await switchTo(page, app, 'Ana');
  await openSection(page, 'Clinics');
  await search(page).fill('posto da ANA');
  await expect(page.getByText('1 clinic found', { exact: true })).toBeVisible();
  await search(page).fill('hospital');
  await expect(page.getByText(/Nothing you see matches/)).toBeVisible();
  await search(page).fill('345');
  await expect(page.getByText('1 clinic found', { exact: true })).toBeVisible();
  await openRecord(page, 'Posto da Ana');
  await expect(fieldOf(page, 'Telephone')).toHaveValue('(11) 3344-2020');

  await viewAs(page, 'Ana').click();
  await page.getByRole('menuitem', { name: /Bruno.*1 offered to you/ }).click();
  await expect(viewAs(page, 'Bruno')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Somebody else’s view' })).toContainText('Viewing as Bruno');
  await expect(fieldOf(page, 'Telephone')).toHaveValue('(11) 3344-1999');
  await expect(fieldOf(page, 'Telephone')).not.toBeEditable();
  await expect(page.getByRole('button', { name: 'Save my version' })).toHaveCount(0);
  await search(page).fill('hospital do bruno');
  await expect(page.getByText('1 clinic found', { exact: true })).toBeVisible();
  await search(page).fill('posto');
  await expect(page.getByText(/Nothing you see matches/)).toBeVisible();

  await page.getByRole('button', { name: 'Back to my view' }).click();
  await expect(fieldOf(page, 'Telephone')).toHaveValue('(11) 3344-2020');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(viewAs(page, 'Bruno')).toBeVisible();
});

test('whoever offered nothing cannot be viewed as, and the menu says why', async ({ page, app }) => {
  await shareClinic(app);
  await switchTo(page, app, 'Ana');
  await viewAs(page, 'Ana').click();
  const bruno = page.getByRole('menuitem', { name: /Bruno has offered you nothing/ });
  await expect(bruno).toHaveAttribute('aria-disabled', 'true');
  await bruno.focus();
  await page.keyboard.press('Enter');
  await expect(announcements(page)).toHaveText(/Bruno has offered you nothing/);
  await expect(viewAs(page, 'Ana')).toBeVisible();
});

test('each sees the own version; what is offered stands beside it and is adopted field by field', async ({ page, app }) => {
  const id = await shareClinic(app);
  await switchTo(page, app, 'Bruno');
  await openSection(page, 'Clinics');
  await openRecord(page, 'Hospital do Bruno');
  await page.getByRole('button', { name: 'Offer…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Offer my version' });
  await dialog.getByRole('combobox', { name: 'To', exact: true }).click();
  await page.getByRole('option', { name: 'Ana' }).click();
  await dialog.getByRole('button', { name: 'Offer', exact: true }).click();
  await expect(announcements(page)).toHaveText(/is offered to Ana/);

  await switchTo(page, app, 'Ana');
  await openSection(page, 'Inbox');
  const offer = page.getByRole('table', { name: /What Bruno offers of/ });
  await expect(offer.getByRole('row')).toHaveCount(3);
  await offer.getByRole('checkbox', { name: 'Take Name' }).uncheck();
  await page.getByRole('button', { name: 'Adopt 1 field' }).click();
  await expect(announcements(page)).toHaveText(/Taken over from Bruno, as your version 4/);
  expect(await ask(app, 'views/get', { type: 'clinic', id })).toMatchObject({
    version: 4,
    fields: { name: 'Posto da Ana', phone: '(11) 3344-1999' },
  });

  await openSection(page, 'Clinics');
  await openRecord(page, 'Posto da Ana');
  await page.getByRole('tab', { name: 'Views' }).click();
  await expect(page.getByLabel('only fields that differ (2 of 4)')).toBeChecked();
  await expect(matrix(page).getByRole('columnheader')).toContainText(['Field', 'Shared record', 'Ana', 'Bruno', 'Actions']);
  await expect(matrix(page).getByRole('row')).toHaveCount(3);
  await page.getByRole('switch', { name: /only fields that differ/ }).click({ force: true });
  await expect(matrix(page).getByRole('row')).toHaveCount(5);
  await matrix(page).getByRole('button', { name: 'Back to shared: Telephone' }).click();
  await expect(matrix(page).getByRole('button', { name: 'Adopt Bruno’s Telephone' })).toBeVisible();
  await refusesNothing(page);
});

test('publishes what is mine; where main moved too, people decide, and drift is settled with one click', async ({ page, app }) => {
  const id = await shareClinic(app);
  await switchTo(page, app, 'Bruno');
  await openSection(page, 'Clinics');
  await openRecord(page, 'Hospital do Bruno');
  await page.getByRole('button', { name: 'Publish…' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Publish into main' });
  await dialog.getByRole('checkbox', { name: /^Name/ }).uncheck();
  await expect(dialog.getByRole('checkbox', { name: 'Telephone: (11) 3344-1000 → (11) 3344-1999' })).toBeChecked();
  await dialog.getByRole('button', { name: 'Publish 1 field' }).click();
  await expect(announcements(page)).toHaveText(/1 field published into main/);

  await switchTo(page, app, 'Ana');
  await expect(page.getByRole('button', { name: 'Inbox 1 waits for you' })).toBeVisible();
  await openSection(page, 'Clinics');
  await openRecord(page, 'Posto da Ana');
  await page.getByRole('button', { name: 'Publish…' }).first().click();
  await dialog.getByRole('checkbox', { name: /^Name/ }).uncheck();
  await dialog.getByRole('button', { name: 'Publish 1 field' }).click();
  await expect(page.getByText('1 of 1 left')).toBeVisible();
  await page.getByRole('button', { name: /Use Ana’s version/ }).click();
  await page.getByRole('button', { name: 'Finish merge' }).click();
  await expect.poll(async () => (await ask(app, 'versions/at', { type: 'clinic', id })).fields.phone).toBe('(11) 3344-2020');

  await actAs(app, 'Bruno');
  await ask(app, 'views/save', { type: 'clinic', id, fields: { hours: '9–12', phone: '(11) 3344-5555' } });
  await ask(app, 'views/publish', { type: 'clinic', id, fields: ['hours'] });
  await actAs(app, 'Ana');
  await ask(app, 'views/save', { type: 'clinic', id, fields: { hours: '7–16' } });
  await actAs(app, 'Bruno');
  await ask(app, 'views/save', { type: 'clinic', id, fields: { hours: '10–20' } });
  await ask(app, 'views/publish', { type: 'clinic', id, fields: ['hours'] });
  await switchTo(page, app, 'Ana');
  await openSection(page, 'Inbox');
  await page.getByRole('tab', { name: /The shared record moved/ }).click();
  const drift = page.getByRole('table', { name: /What moved in/ });
  await expect(drift.getByRole('row', { name: /Hours/ })).toContainText('9–12');
  await expect(drift.getByRole('row', { name: /Hours/ })).toContainText('10–20');
  await expect(drift.getByRole('row', { name: /Hours/ })).toContainText('7–16');
  await refusesNothing(page);
  await drift.getByRole('button', { name: 'Take shared: Hours' }).click();
  await expect(page.getByText('Nothing moved under your versions.')).toBeVisible();
  expect((await ask(app, 'views/get', { type: 'clinic', id })).fields.hours).toBe('10–20');
});

test('what is typed is never lost: refused beside its field, saved elsewhere meanwhile, or left for another screen', async ({
  page,
  app,
}) => {
  const id = await shareClinic(app);
  await switchTo(page, app, 'Ana');
  await openSection(page, 'Clinics');
  await openRecord(page, 'Posto da Ana');
  await saveField(page, 'Postcode', 'x');
  await expect(fieldOf(page, 'Postcode')).toHaveAttribute('aria-invalid', 'true');
  await expect(fieldOf(page, 'Postcode')).toHaveAccessibleDescription(/a postcode such as 12345-678/);
  await expect(fieldOf(page, 'Postcode')).toBeFocused();
  await openSection(page, 'Patients');
  await openSection(page, 'Clinics');
  await openRecord(page, 'Posto da Ana');
  await expect(fieldOf(page, 'Postcode')).toHaveValue('x');
  await fieldOf(page, 'Postcode').fill('12345-678');
  await ask(app, 'views/save', { type: 'clinic', id, fields: { postcode: '99999-000', city: 'Santos' } });
  await expect(page.getByRole('form').getByRole('alert')).toContainText('saved elsewhere meanwhile');
  await expect(fieldOf(page, 'Postcode')).toHaveValue('12345-678');
  await expect(page.getByText('Saved meanwhile: 99999-000')).toBeVisible();
  await expect(fieldOf(page, 'City')).toHaveValue('Santos');
  await page.getByRole('button', { name: 'Save mine over it' }).click();
  await expect(page.getByRole('form').getByRole('alert')).toHaveCount(0);
  expect((await ask(app, 'views/get', { type: 'clinic', id })).fields).toMatchObject({ postcode: '12345-678', city: 'Santos' });
});

test('goes back to an earlier version, puts one away, and cleans up exactly what was listed', async ({ page, app }) => {
  const id = await shareClinic(app);
  for (const city of ['Santos', 'Campinas']) await ask(app, 'views/save', { type: 'clinic', id, fields: { city } });
  await switchTo(page, app, 'Ana');
  await openSection(page, 'Clinics');
  await openRecord(page, 'Posto da Ana');
  await page.getByRole('tab', { name: 'My versions' }).click();
  const versions = page.getByRole('list', { name: 'My versions' });
  await expect(versions.getByRole('listitem').filter({ hasText: /^Version/ })).toHaveCount(3);
  const blocked = versions.getByRole('button', { name: 'Remove Version 5' });
  await expect(blocked).toHaveAttribute('aria-disabled', 'true');
  await expect(blocked).toHaveAccessibleDescription(/It is in use/);
  await versions.getByRole('button', { name: 'Use this Version 4' }).click();
  await expect(announcements(page)).toHaveText(/Version 4 is in use/);
  expect((await ask(app, 'views/get', { type: 'clinic', id })).fields.city).toBe('Santos');
  await page.getByRole('button', { name: 'Clean up…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Clean up my versions' });
  await expect(dialog.getByRole('list', { name: 'Versions that would be removed' }).getByRole('listitem')).toHaveCount(2);
  await dialog.getByRole('button', { name: 'Remove 2 versions' }).click();
  await expect(announcements(page)).toHaveText(/2 versions removed/);
  expect(await ask(app, 'views/get', { type: 'clinic', id })).toMatchObject({ version: 4, fields: { city: 'Santos' } });
  expect((await ask(app, 'views/versions', { type: 'clinic', id })).items.map(({ number }: any) => number)).toEqual([4]);
});

test('a draft is kept and shows only when it is used; a field goes back to the shared one and forth again', async ({ page, app }) => {
  const id = await shareClinic(app);
  await switchTo(page, app, 'Ana');
  await openSection(page, 'Clinics');
  await openRecord(page, 'Posto da Ana');
  await fieldOf(page, 'Hours').fill('7–16');
  await page.getByRole('button', { name: 'Save as draft' }).click();
  await expect(announcements(page)).toHaveText(/Kept as draft 4/);
  await expect(fieldOf(page, 'Hours')).toHaveValue('8–17');
  await page.getByRole('button', { name: 'Use this' }).click();
  await expect(fieldOf(page, 'Hours')).toHaveValue('7–16');
  await page.getByRole('button', { name: 'Back to shared: Telephone' }).click();
  await expect(fieldOf(page, 'Telephone')).toHaveValue('(11) 3344-1000');
  await expect(announcements(page)).toHaveText(/Telephone: the shared value shows again/);
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(fieldOf(page, 'Telephone')).toHaveValue('(11) 3344-2020');
  await page.getByRole('button', { name: 'All back to shared' }).click();
  await expect(page.getByText(/showing master record/)).toBeVisible();
  expect((await ask(app, 'views/get', { type: 'clinic', id })).source).toBe('shared');
});

test('while somebody else’s view is on screen nothing that writes can be begun, and the reason is said', async ({ page, app }) => {
  const id = await shareClinic(app);
  await offerTo(app, 'Bruno', 'Ana', id);
  await switchTo(page, app, 'Ana');
  await viewAs(page, 'Ana').click();
  await page.getByRole('menuitem', { name: /Bruno/ }).click();
  await expect(viewAs(page, 'Bruno')).toBeVisible();
  await page.keyboard.press('Control+Shift+b');
  await expect(announcements(page)).toHaveText(/what somebody else offered, read-only/);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Control+k');
  for (const command of ['New branch here', 'Merge', 'Import a workbook', 'Migrate clinics', 'Bring back how it was']) {
    await page.getByRole('combobox').fill(command);
    const option = page.getByRole('option', { name: new RegExp(command) }).first();
    await expect(option).toHaveAttribute('aria-disabled', 'true');
    await expect(option).toContainText('what somebody else offered, read-only');
  }
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Back to my view' }).click();
  await page.keyboard.press('Control+Shift+b');
  await expect(page.getByRole('dialog', { name: /branch/i })).toBeVisible();
});

test('a CPF is masked everywhere until it is asked for, and the asking is kept', async ({ page, app }) => {
  await switchTo(page, app, 'Ana');
  await openSection(page, 'Patients');
  await page.getByRole('button', { name: 'Register a patient…' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Register a patient' });
  await dialog.getByLabel('CPF').fill('111.111.111-11');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(/eleven equal digits/)).toBeVisible();
  await dialog.getByLabel('CPF').fill('123.456.789-09');
  await page.keyboard.press('Enter');
  await dialog.getByLabel('Name', { exact: true }).fill('José da Silva');
  await dialog.getByRole('button', { name: 'Register', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'José da Silva' })).toBeVisible();
  await expect(page.getByText('***.456.789-**').first()).toBeVisible();
  for (const part of ['Views', 'My versions', 'Shared history', 'Fields']) {
    await page.getByRole('tab', { name: part }).click();
    expect(await page.content()).not.toContain('123.456.789-09');
    expect(await page.content()).not.toContain(cpf);
  }
  expect((await ask(app, 'views/reveals', {})).total).toBe(0);
  const show = page.getByRole('button', { name: 'Show CPF' });
  await expect(show).toHaveAccessibleDescription(/logged/);
  await show.click();
  await expect(page.getByText('123.456.789-09')).toBeVisible();
  expect((await ask(app, 'views/reveals', {})).items).toMatchObject([{ type: 'patient', userName: 'Ana' }]);
  await expect(page.getByRole('button', { name: /^asked once/ })).toBeVisible();
  await page.getByRole('button', { name: 'Hide CPF' }).click();
  await expect(page.getByText('123.456.789-09')).toHaveCount(0);
});

test('the past shows both layers as of then, read-only, and / finds from anywhere', async ({ page, app }) => {
  const id = await shareClinic(app);
  await ask(app, 'views/publish', { type: 'clinic', id, fields: ['name'] });
  await ask(app, 'views/save', { type: 'clinic', id, fields: { phone: '(11) 3344-7777' } });
  await actAs(app, 'Bruno');
  await ask(app, 'views/publish', { type: 'clinic', id, fields: ['phone'] });
  await switchTo(page, app, 'Ana');
  await openSection(page, 'Clinics');
  await openRecord(page, 'Posto da Ana');
  await expect(fieldOf(page, 'Telephone')).toHaveValue('(11) 3344-7777');
  const slider = page.getByRole('slider', { name: 'History position' });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(page.getByText('It was not among your records at that time.')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(fieldOf(page, 'Telephone')).toHaveValue('(11) 3344-2020');
  await expect(fieldOf(page, 'Telephone')).not.toBeEditable();
  await expect(page.getByText('You are looking at the past. Return to now to change something.')).toBeVisible();
  await refusesNothing(page);
  await page.keyboard.press('Escape');
  await expect(fieldOf(page, 'Telephone')).toHaveValue('(11) 3344-7777');
  await page.getByRole('tab', { name: 'Views' }).click();
  await page.keyboard.press('/');
  await expect(search(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+f');
  await expect(search(page)).toBeFocused();
});

test('the roster calls a clinic as the view on screen does, in the cell and beside it', async ({ page, app }) => {
  await fillSmallRoster(app);
  const { items } = await ask(app, 'versions/allAt', { type: 'rotation' });
  const rotation = items.find(({ fields }: any) => fields.displayAbbreviation === 'CL-A');
  await ask(app, 'changes/commit', {
    message: 'Where Clinic A is',
    changes: [{ op: 'update', type: 'rotation', id: rotation.id, fields: { clinicLocation: 'CLINICA norte' } }],
  });
  const id = await shareClinic(app);
  await offerTo(app, 'Bruno', 'Ana', id);
  await switchTo(page, app, 'Ana');
  await page.reload();
  await showFirstDays(page);
  await expect(cellOf(page, 'Lima, A', 'Wed 5 Aug AM')).toHaveAccessibleName(/CL-A, at Posto da Ana/);
  await cellOf(page, 'Lima, A', 'Wed 5 Aug AM').click();
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('Posto da Ana (my name for it)');
  await viewAs(page, 'Ana').click();
  await page.getByRole('menuitem', { name: /Bruno/ }).click();
  await expect(cellOf(page, 'Lima, A', 'Wed 5 Aug AM')).toHaveAccessibleName(/CL-A, at Hospital do Bruno/);
  await expect(cellOf(page, 'Alves, R', 'Wed 5 Aug AM')).not.toHaveAccessibleName(/ at /);
  await cellOf(page, 'Alves, R', 'Wed 5 Aug AM').click();
  await page.keyboard.type('ICU');
  await expect(announcements(page)).toHaveText(/what somebody else offered, read-only/);
  await expect(cellOf(page, 'Alves, R', 'Wed 5 Aug AM')).toHaveAccessibleName(/WARD/);
});
