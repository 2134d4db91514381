import type { Locator, Page } from '@playwright/test';
import type { App } from './app-host.ts';

/** Asks through `/api`; a refusal is an error with what it said. */
export async function ask(app: App, path: string, body: unknown): Promise<any> {
  const answer = await app.call(path, body);
  if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Acts as somebody from now on, in the page too. */
export async function actAs(app: App, name: string): Promise<void> {
  await ask(app, 'session/use', { userId: name.toLowerCase(), name });
}

/** Acts as somebody in the page and waits until it shows that. */
export async function switchTo(page: Page, app: App, name: string): Promise<void> {
  await actAs(app, name);
  await viewAs(page, name).waitFor();
}

/** The control of the header that says whose view is shown. */
export function viewAs(page: Page, name: string): Locator {
  return page.getByRole('button', { name: `View as: ${name}`, exact: true });
}

export async function openSection(page: Page, name: 'Clinics' | 'Patients' | 'Inbox'): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click();
}

/** Opens a record of the list that is on screen, by the name that the view shows. */
export async function openRecord(page: Page, name: string): Promise<void> {
  await page.getByRole('table').getByRole('button', { name, exact: true }).click();
  await page.getByRole('heading', { name, exact: true }).waitFor();
}

/** A field of the open form. */
export function fieldOf(page: Page, label: string): Locator {
  return page.getByRole('form', { name: /^Fields of/ }).getByLabel(label, { exact: true });
}

/** Types into a field and saves with the keyboard. */
export async function saveField(page: Page, label: string, value: string): Promise<void> {
  await fieldOf(page, label).fill(value);
  await page.keyboard.press('Control+s');
}
