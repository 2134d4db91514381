import { expect, test } from '../support/page-fixture.ts';
import { cellOf, fillSmallRoster, showFirstDays } from '../support/small-roster.ts';
import { actAs, ask, switchTo } from '../support/view-helpers.ts';

test.use({ programme: 'empty' });

// Answers about a commit are kept for ever, since a commit never changes. What is told of it depends on who asks all the same.
test('what one user was told of a version is not on screen any more when somebody else acts', async ({ page, app }) => {
  await actAs(app, 'Ana');
  await fillSmallRoster(app);
  const clinic = await ask(app, 'views/register', { type: 'clinic', identifier: '0012345', fields: { name: 'Known to Ana' } });
  const slot = { personId: 'lima', date: '2026-08-05', half: 'AM' };
  const { items } = await ask(app, 'versions/allAt', { type: 'assignment', filters: slot });
  await ask(app, 'changes/commit', {
    message: 'Both at once',
    changes: [
      { op: 'update', type: 'assignment', id: items[0].id, fields: { activity: 'ICU', rotationId: 'icu' } },
      { op: 'update', type: 'clinic', id: clinic.id, fields: { city: 'City of Ana' } },
    ],
  });
  await page.goto(app.url);
  await showFirstDays(page);
  await cellOf(page, 'Lima, A', 'Wed 5 Aug AM').click();
  await page.keyboard.press('F9');
  await page.getByRole('button', { name: 'Details of v3' }).click();
  const screen = page.getByRole('region', { name: 'Version detail' });
  await expect(screen.getByRole('list', { name: '2 changes' })).toContainText('Known to Ana');
  await expect(screen).toContainText('City of Ana');

  await switchTo(page, app, 'Carla');
  await expect(screen.getByRole('list', { name: '1 change' })).toContainText('Lima, A');
  await expect(page.locator('body')).not.toContainText(/Known to Ana|City of Ana/);

  await switchTo(page, app, 'Ana');
  await expect(screen.getByRole('list', { name: '2 changes' })).toContainText('Known to Ana');
});
