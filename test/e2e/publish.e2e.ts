import type { Page } from '@playwright/test';
import type { App } from '../support/app-host.ts';
import { ask } from '../support/decided-merge.ts';
import { expect, test } from '../support/page-fixture.ts';

test.use({ programme: 'empty' });

const ana = { userId: 'ana', name: 'Ana' };
const bruno = { userId: 'bruno', name: 'Bruno' };

/** Both say something else about a clinic's telephone. Ana published hers; Bruno publishes his, and nobody asked about his hours. */
async function publishBoth(app: App): Promise<{ readonly type: string; readonly id: string }> {
  await ask(app, 'session/use', ana);
  const { id } = await ask(app, 'views/register', {
    type: 'clinic',
    identifier: '0012345',
    fields: { name: 'Clinic North', phone: '(11) 3333-4444' },
  });
  const clinic = { type: 'clinic', id };
  await ask(app, 'session/use', bruno);
  await ask(app, 'views/register', { type: 'clinic', identifier: '0012345', fields: { phone: '(11) 2222-2222', hours: 'nights only' } });
  await ask(app, 'session/use', ana);
  await ask(app, 'views/save', { ...clinic, fields: { phone: '(11) 1111-1111' } });
  await ask(app, 'views/publish', { ...clinic, fields: ['phone'], reason: 'They moved' });
  await ask(app, 'session/use', bruno);
  const { kind } = await ask(app, 'views/publish', { ...clinic, fields: ['phone'] });
  expect(kind).toBe('conflicts');
  return clinic;
}

async function resume(page: Page): Promise<void> {
  await page.reload();
  await page.getByRole('button', { name: 'Resume: Bruno’s version → main' }).click();
  await expect(page.getByText('1 of 1 left')).toBeVisible();
}

test('a publish that meets a moved record is decided in the resolver, between main and whose version it is', async ({ page, app }) => {
  const clinic = await publishBoth(app);
  await resume(page);
  await expect(page.getByRole('button', { name: 'Use main (Ana)' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'main', exact: true })).toContainText('They moved');
  await page.getByRole('button', { name: 'All that each side changed' }).click();
  await page.getByRole('button', { name: 'History of both sides' }).click();
  await expect(page.getByRole('region', { name: 'On main' })).toContainText('They moved');
  await expect(page.locator('body')).not.toContainText('nights only');
  await page.getByRole('button', { name: 'Use Bruno’s version' }).click();
  await page.getByRole('button', { name: 'Finish merge' }).click();
  await expect(page.getByText('Merged Bruno’s version into main.').first()).toBeVisible();
  const shared = await ask(app, 'versions/at', clinic);
  expect(shared.fields).toEqual({ name: 'Clinic North', cns: '0012345', phone: '(11) 2222-2222' });
});

test('nobody else is told of a publish that is still being decided', async ({ page, app }) => {
  await publishBoth(app);
  await resume(page);
  await ask(app, 'session/use', ana);
  await page.reload();
  await expect(page.getByRole('navigation')).toBeVisible();
  await expect(page.getByText('Merge in progress')).toHaveCount(0);
  await expect(page.locator('body')).not.toContainText('(11) 2222-2222');
});
