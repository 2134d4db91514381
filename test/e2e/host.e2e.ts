import { expect, test } from '../support/page-fixture.ts';

test.use({ programme: 'empty' });

const sections = { name: 'Sections' } as const;

test('the address opens the page once more after a reload, and in another tab without its token', async ({ page, app }) => {
  await expect(page.getByRole('navigation', sections)).toBeVisible();
  expect(new URL(page.url()).hash).not.toContain('token');
  await page.reload();
  await expect(page.getByRole('navigation', sections)).toBeVisible();
  const tab = await page.context().newPage();
  await tab.goto(new URL('/', app.url).href);
  await expect(tab.getByRole('navigation', sections)).toBeVisible();
});

test('another browser without the token is told how to get in, and shows nothing of the roster', async ({ browser, app }) => {
  const stranger = await browser.newContext();
  const page = await stranger.newPage();
  await page.goto(new URL('/', app.url).href);
  await expect(page.getByRole('heading').first()).toBeVisible();
  await expect(page.getByRole('navigation', sections)).toHaveCount(0);
  await expect(page.getByText('Family Medicine')).toHaveCount(0);
  await stranger.close();
});

test('the page says so when the host goes away, and nothing breaks', async ({ page, app, problems }) => {
  await expect(page.getByRole('navigation', sections)).toBeVisible();
  problems.expectSome(/WebSocket|ERR_CONNECTION/);
  await app.kill('SIGKILL');
  await expect(page.getByText(/closed|gone|stopped|connection/i).first()).toBeVisible();
});
