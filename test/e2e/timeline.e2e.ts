import type { Page } from '@playwright/test';
import type { App } from '../support/app-host.ts';
import { expect, test } from '../support/page-fixture.ts';
import { cellOf, fillSmallRoster, gridSnapshot } from '../support/small-roster.ts';

const gridOf = (page: Page) => page.getByRole('grid', { name: 'Roster' });
const sliderOf = (page: Page) => page.getByRole('slider', { name: 'History position' });
const bannerOf = (page: Page) => page.getByRole('banner', { name: 'Viewing the past' });
const announcements = (page: Page) => page.getByRole('status', { name: 'Announcements' });
const momentField = (page: Page) => page.getByRole('textbox', { name: 'Go to date and time' });

/** Commits changes through `/api` in somebody's name; answers the commit. */
async function edit(app: App, name: string, message: string, changes: readonly object[], reason?: string): Promise<string> {
  await app.call('session/use', { userId: name.toLowerCase().replaceAll(' ', '-'), name });
  const { status, body } = await app.call('changes/commit', { message, changes, ...(reason !== undefined && { reason }) });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body.commit;
}

const extra = (half: string, activity: string, date = '2026-08-08') => ({
  op: 'create',
  type: 'assignment',
  fields: { personId: 'lima', date, half, activity },
});

async function showAugust(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /Find people/ }).fill('5 Aug 2026');
  await page.getByRole('option', { name: /Show Wed 5 Aug 2026/ }).click();
  await expect(cellOf(page, 'Lima, A', 'Wed 5 Aug AM')).toBeVisible();
}

test.describe('on a short history', () => {
  test.use({ programme: 'empty' });
  test.beforeEach(async ({ app, page }) => {
    await fillSmallRoster(app);
    await edit(
      app,
      'Ana Lima',
      'Paste 3 cells',
      [extra('AM', 'C'), extra('PM', 'LEC'), extra('AM', 'SIM', '2026-08-09')],
      'cover for Souza',
    );
    await edit(app, 'Bruno Reis', 'One more', [extra('PM', 'HV', '2026-08-09')]);
    await page.goto(app.url);
    await page.reload();
    await expect(gridOf(page)).toBeVisible();
    await showAugust(page);
    await expect(sliderOf(page)).toHaveAttribute('aria-valuenow', '3');
  });

  test('steps one version back by key, and says when, who, what and why', async ({ page, app }) => {
    await sliderOf(page).focus();
    await page.keyboard.press('ArrowLeft');
    await expect(sliderOf(page)).toHaveAttribute('aria-valuenow', '2');
    await expect(sliderOf(page)).toHaveAttribute('aria-valuetext', /\d{4}.*Ana Lima.*3 assignments.*Paste 3 cells/);
    await expect(sliderOf(page)).toHaveAttribute('aria-valuemin', '1');
    await expect(sliderOf(page)).toHaveAttribute('aria-valuemax', '3');
    await expect(bannerOf(page)).toContainText('read-only');
    await expect(cellOf(page, 'Lima, A', 'Sun 9 Aug PM')).not.toHaveAccessibleName(/HV/);
    const { body } = await app.call('commits/at', { position: 2 });
    await expect(gridOf(page)).toHaveAttribute('data-commit', body.commit);
    await page.keyboard.press('.');
    await expect(bannerOf(page)).toHaveCount(0);
    await expect(cellOf(page, 'Lima, A', 'Sun 9 Aug PM')).toHaveAccessibleName(/HV/);
  });

  test('goes to both ends by Home and End, and stops there with a word', async ({ page }) => {
    await sliderOf(page).focus();
    await page.keyboard.press('Home');
    await expect(sliderOf(page)).toHaveAttribute('aria-valuenow', '1');
    await page.keyboard.press('ArrowLeft');
    await expect(announcements(page)).toContainText('This is the first version.');
    await page.keyboard.press('End');
    await expect(bannerOf(page)).toHaveCount(0);
    await expect(sliderOf(page)).toHaveAttribute('aria-valuetext', /^Now, /);
  });

  test('the past cannot be typed into, and Escape leads back to the same place and selection', async ({ page, app }) => {
    const cell = cellOf(page, 'Souza, J', 'Thu 6 Aug PM');
    await cell.click();
    const scroll = (): Promise<readonly number[]> => gridOf(page).evaluate((grid) => [grid.scrollLeft, grid.scrollTop]);
    const before = await scroll();
    await sliderOf(page).focus();
    await page.keyboard.press('ArrowLeft');
    await expect(bannerOf(page)).toBeVisible();
    const total = async (): Promise<number> => (await app.call('commits/density', { buckets: 1 })).body.total;
    const commits = await total();
    await cell.click();
    const snapshot = await gridSnapshot(page);
    await page.keyboard.type('ICU');
    await page.keyboard.press('Enter');
    await expect(announcements(page)).toContainText(/past/i);
    expect(await gridSnapshot(page)).toEqual(snapshot);
    expect(await total()).toBe(commits);
    await cell.click();
    await page.keyboard.press('Escape');
    await expect(bannerOf(page)).toHaveCount(0);
    expect(await scroll()).toEqual(before);
    await expect(cell).toHaveAttribute('aria-selected', 'true');
  });

  test('the banner offers the ways out: now, a branch, bringing back, a tag', async ({ page }) => {
    await sliderOf(page).focus();
    await page.keyboard.press('ArrowLeft');
    for (const name of [/Return to now/, 'Branch from here', 'Bring back…', 'Tag'])
      await expect(bannerOf(page).getByRole('button', { name, exact: name === 'Tag' })).toBeEnabled();
    await bannerOf(page).getByRole('button', { name: 'Tag', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Tag' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('published August');
    await dialog.getByRole('button', { name: 'Add tag' }).click();
    await expect(dialog).toHaveCount(0);
    const mark = page.getByRole('toolbar', { name: 'Marks in the history' }).getByRole('button', { name: /Tag published August/ });
    await expect(mark).toBeVisible();
    await bannerOf(page)
      .getByRole('button', { name: /Return to now/ })
      .click();
    await expect(bannerOf(page)).toHaveCount(0);
    await sliderOf(page).focus();
    await page.keyboard.press('Control+ArrowLeft');
    await expect(sliderOf(page)).toHaveAttribute('aria-valuenow', '2');
  });

  test('a filter for the selected cell makes the steps stop where that cell changed', async ({ page }) => {
    await cellOf(page, 'Souza, J', 'Thu 6 Aug PM').click();
    await page.getByRole('button', { name: 'Show more of the timeline' }).click();
    await page.getByRole('checkbox', { name: 'this cell only' }).check();
    await sliderOf(page).focus();
    await page.keyboard.press('ArrowLeft');
    await expect(sliderOf(page)).toHaveAttribute('aria-valuenow', '1');
    await page.keyboard.press('ArrowRight');
    await expect(announcements(page)).toContainText('Nothing later passes the filter.');
  });
});

test.describe('with one version', () => {
  test.use({ programme: 'empty' });

  test('says that the history starts here', async ({ page, app }) => {
    await expect(page.getByRole('navigation', { name: 'Sections' })).toBeVisible();
    await app.call('changes/commit', {
      message: 'First person',
      changes: [{ op: 'create', type: 'person', fields: { name: 'Lima, A', type: 'resident' } }],
    });
    await expect(page.getByRole('region', { name: 'Timeline' })).toContainText('History starts here');
  });
});

test.describe('on three years', () => {
  test.beforeEach(async ({ page }) => {
    // The sample is made once per worker, and takes its time on a busy machine.
    test.slow();
    await expect(gridOf(page).getByRole('row')).not.toHaveCount(0);
    await expect(sliderOf(page)).toBeVisible();
  });

  test('after a fast scrub, grid, slider and banner are at the same version', async ({ page, app }) => {
    const box = (await sliderOf(page).boundingBox())!;
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * 0.95, y);
    await page.mouse.down();
    for (let move = 0; move < 60; move++) await page.mouse.move(box.x + box.width * (0.95 - move * 0.004), y);
    await page.mouse.up();
    await expect(bannerOf(page)).toBeVisible();
    // The last word is the last place of the pointer: it stays when everything under way has come in.
    let position = 0;
    await expect(async () => {
      position = Number(await sliderOf(page).getAttribute('aria-valuenow'));
      await page.waitForTimeout(500);
      expect(Number(await sliderOf(page).getAttribute('aria-valuenow'))).toBe(position);
    }).toPass();
    const { body } = await app.call('commits/at', { position });
    await expect(gridOf(page)).toHaveAttribute('data-commit', body.commit);
    await expect(bannerOf(page)).toContainText(`v${position} `);
    const stepped = await gridSnapshot(page);
    await page.reload();
    await expect(gridOf(page).getByRole('row')).not.toHaveCount(0);
    await sliderOf(page).focus();
    await page.keyboard.press('g');
    await page.keyboard.type(body.at);
    await page.keyboard.press('Enter');
    await expect(sliderOf(page)).toHaveAttribute('aria-valuenow', String(position));
    await expect(gridOf(page)).toHaveAttribute('data-commit', body.commit);
    expect(await gridSnapshot(page)).toEqual(stepped);
  });

  test('a typed time is shown by slider, banner and grid alike; what cannot be read is refused in words', async ({ page, app }) => {
    await momentField(page).fill('when it was good');
    await momentField(page).press('Enter');
    await expect(page.getByRole('alert')).toContainText('“when it was good” is not a time that can be read here');
    await expect(bannerOf(page)).toHaveCount(0);
    await momentField(page).fill('12 May 2026 14:30');
    await momentField(page).press('Enter');
    await expect(bannerOf(page)).toContainText('Viewing Tue 12 May 2026 14:30, read-only');
    await expect(sliderOf(page)).toHaveAttribute('aria-valuetext', /Tue 12 May 2026 14:30/);
    const info = await app.call('program/info', {});
    expect(info.body.timeZone).toBe('UTC');
    const { body } = await app.call('commits/at', { at: '2026-05-12T14:30:00Z' });
    await expect(sliderOf(page)).toHaveAttribute('aria-valuenow', String(body.position));
    await expect(gridOf(page)).toHaveAttribute('data-commit', body.commit);
    await expect(sliderOf(page)).toBeFocused();
  });

  test('two pins and Enter open the comparison of these two times', async ({ page }) => {
    await momentField(page).fill('12 May 2026 14:30');
    await momentField(page).press('Enter');
    await expect(bannerOf(page)).toBeVisible();
    await page.keyboard.press('i');
    await expect(announcements(page)).toContainText('From is now Tue 12 May 2026 14:30');
    await momentField(page).fill('20 May 2026 09:00');
    await momentField(page).press('Enter');
    await expect(bannerOf(page)).toContainText('20 May 2026');
    await page.keyboard.press('o');
    await page.keyboard.press('Enter');
    const main = page.getByRole('main');
    await expect(main).toContainText(/12 May 2026/);
    await expect(main).toContainText(/(19|20) May 2026/);
  });

  test('zooming is undone by going back, never by undoing data', async ({ page }) => {
    await page.getByRole('button', { name: 'Show more of the timeline' }).click();
    const zoom = page.getByRole('group', { name: 'Zoom' });
    const whole = await zoom.innerText();
    await sliderOf(page).focus();
    await page.keyboard.press('+');
    await expect.poll(() => zoom.innerText()).not.toBe(whole);
    const near = await zoom.innerText();
    await page.keyboard.press('Control+z');
    await page.waitForTimeout(300);
    expect(await zoom.innerText()).toBe(near);
    await page.keyboard.press('Alt+ArrowLeft');
    await expect.poll(() => zoom.innerText()).toBe(whole);
    await page.keyboard.press('Alt+ArrowRight');
    await expect.poll(() => zoom.innerText()).toBe(near);
    await page.keyboard.press('0');
    await expect.poll(() => zoom.innerText()).toBe(whole);
  });

  test('the card under the pointer and the card at the focus say the same', async ({ page }) => {
    const box = (await sliderOf(page).boundingBox())!;
    await page.mouse.click(box.x + box.width * 0.6, box.y + box.height / 2);
    await expect(bannerOf(page)).toBeVisible();
    await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2 + 1);
    const card = page.getByRole('tooltip');
    await expect(card).toContainText(/^v\d+ · .+ · /);
    const hovered = await card.textContent();
    await page.mouse.move(box.x, box.y - 300);
    await gridOf(page).getByRole('gridcell').first().focus();
    await expect(card).toHaveCount(0);
    await sliderOf(page).focus();
    await expect(card).toHaveText(hovered!);
    await expect(sliderOf(page)).toHaveAccessibleDescription(/^v\d+ · /);
  });

  test('plays by L, pauses by K, and goes back by J', async ({ page }) => {
    await momentField(page).fill('12 May 2026 14:30');
    await momentField(page).press('Enter');
    await expect(bannerOf(page)).toBeVisible();
    const here = async (): Promise<number> => Number(await sliderOf(page).getAttribute('aria-valuenow'));
    const start = await here();
    await page.keyboard.press('l');
    await page.keyboard.press('l');
    await page.keyboard.press('l');
    await expect.poll(here).toBeGreaterThan(start + 3);
    await page.keyboard.press('k');
    await expect(announcements(page)).toContainText('Paused');
    await page.waitForTimeout(300);
    const paused = await here();
    await page.waitForTimeout(700);
    expect(await here()).toBe(paused);
    await page.keyboard.press('j');
    await expect.poll(here).toBeLessThan(paused);
    await page.keyboard.press(' ');
  });
});
