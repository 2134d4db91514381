import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/page-fixture.ts';
import { cellOf, fillSmallRoster, gridSnapshot } from '../support/small-roster.ts';

// The first test of a run may have to wait for the page to be built.
test.describe.configure({ timeout: 120_000 });

const gridOf = (page: Page) => page.getByRole('grid', { name: 'Roster' });
const announcements = (page: Page) => page.getByRole('status', { name: 'Announcements' });

/** Pastes as a spreadsheet does: text on the clipboard, and the event at the cell that has the focus. */
async function pasteText(page: Page, text: string): Promise<void> {
  await page.evaluate((plain) => {
    const data = new DataTransfer();
    data.setData('text/plain', plain);
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

/** Waits until every edit is saved. */
async function saved(page: Page): Promise<void> {
  await expect(page.getByRole('status', { name: 'Sync' })).toContainText('On this computer only');
}

test('opens the sample at a grid with people, and says truthfully where it is saved', async ({ page }) => {
  await expect(gridOf(page).getByRole('row')).not.toHaveCount(0);
  await expect(gridOf(page)).toHaveAttribute('data-commit', /^[0-9a-f]{64}$/);
  await expect(page.getByRole('status', { name: 'Sync' })).toContainText('On this computer only');
  await expect(page.getByRole('button', { name: 'Start your own' })).toBeVisible();
});

test.describe('on a small roster', () => {
  test.use({ programme: 'empty' });
  test.beforeEach(async ({ app, page }) => {
    await fillSmallRoster(app);
    await page.goto(app.url);
    await page.reload();
    await expect(gridOf(page)).toBeVisible();
    // The days of the test stand still while the calendar goes on.
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /Find people/ }).fill('5 Aug 2026');
    await page.getByRole('option', { name: /Show Wed 5 Aug 2026/ }).click();
    await expect(cellOf(page, 'Lima, A', 'Wed 5 Aug AM')).toBeVisible();
  });

  test('takes a typed code with Enter, moves down, and the coverage follows in the same frame', async ({ page }) => {
    await cellOf(page, 'Lima, A', 'Wed 5 Aug AM').click();
    await page.keyboard.type('ICU');
    await page.keyboard.press('Enter');
    await expect(cellOf(page, 'Lima, A', 'Wed 5 Aug AM')).toHaveAccessibleName('Lima, A, Wed 5 Aug AM, ICU');
    await expect(cellOf(page, 'Souza, J', 'Wed 5 Aug AM')).toBeFocused();
    const coverage = page.getByRole('region', { name: 'Coverage' });
    await expect(coverage.getByRole('cell', { name: 'ICU, Wed 5 Aug AM: 3 of 3' })).toHaveText('3/3');
    await expect(coverage.getByRole('cell', { name: 'ICU, Wed 5 Aug PM: 2 of 3, short' })).toHaveText('2/3!');
  });

  test('keeps the names of the coverage at the edge when the days are scrolled sideways', async ({ page }) => {
    await page.setViewportSize({ width: 1024, height: 700 });
    const coverage = page.getByRole('region', { name: 'Coverage' });
    const count = coverage.getByRole('cell', { name: 'ICU, Wed 5 Aug AM: 2 of 3, short' });
    await expect(count).toBeVisible();
    const leftOf = async (part: typeof count): Promise<number> => Math.round((await part.boundingBox())?.x ?? -1);
    const name = coverage.getByRole('rowheader').first();
    const [edge, before] = [await leftOf(name), await leftOf(count)];
    await cellOf(page, 'Lima, A', 'Wed 5 Aug AM').hover();
    await page.mouse.wheel(60, 0);
    await expect.poll(() => leftOf(count)).toBe(before - 60);
    expect(await leftOf(name)).toBe(edge);
  });

  test('makes one gesture one undo that has a name, also after a reload', async ({ page }) => {
    const before = await gridSnapshot(page);
    await cellOf(page, 'Alves, R', 'Mon 3 Aug AM').click();
    await pasteText(page, `${Array.from({ length: 14 }, () => 'ICU').join('\t')}\n`);
    await expect(cellOf(page, 'Alves, R', 'Sun 9 Aug PM')).toHaveAccessibleName(/ICU/);
    await saved(page);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('undo');
    await expect(page.getByRole('option', { name: /Undo paste 14 cells/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.reload();
    await expect(gridOf(page)).toBeVisible();
    await page.keyboard.press('Control+z');
    await expect(announcements(page)).toContainText('Undone: Paste 14 cells');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /Find people/ }).fill('5 Aug 2026');
    await page.getByRole('option', { name: /Show Wed 5 Aug 2026/ }).click();
    await expect.poll(() => gridSnapshot(page)).toEqual(before);
    await page.keyboard.press('Control+y');
    await expect(cellOf(page, 'Alves, R', 'Sun 9 Aug PM')).toHaveAccessibleName(/ICU/);
  });

  test('takes a block from a spreadsheet and gives one back as text and as a table', async ({ page }) => {
    await cellOf(page, 'Alves, R', 'Mon 3 Aug AM').click();
    await pasteText(page, 'ICU\tWARD\tICU\tWARD\r\nWARD\tICU\tWARD\tICU\r\nCL-A\tCL-A\tCL-A\tCL-A\r\n');
    await expect(cellOf(page, 'Souza, J', 'Tue 4 Aug PM')).toHaveAccessibleName(/CL-A/);
    await expect(cellOf(page, 'Lima, A', 'Mon 3 Aug PM')).toHaveAccessibleName(/ICU/);
    await cellOf(page, 'Alves, R', 'Mon 3 Aug AM').click();
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    const copied = await page.evaluate(() => {
      const data = new DataTransfer();
      document.activeElement?.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }));
      return { text: data.getData('text/plain'), html: data.getData('text/html') };
    });
    expect(copied.text).toBe('ICU\tWARD\nWARD\tICU');
    expect(copied.html).toContain('<td');
  });

  test('asks about an unknown code before it pastes anything', async ({ page }) => {
    await cellOf(page, 'Alves, R', 'Mon 3 Aug AM').click();
    const before = await gridSnapshot(page);
    await pasteText(page, 'ICU\tQX9');
    await expect(page.getByRole('dialog', { name: /Map 1 code/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect(await gridSnapshot(page)).toEqual(before);
    await pasteText(page, 'ICU\tQX9');
    await page.getByRole('dialog').getByRole('button', { name: 'Paste' }).click();
    await expect(cellOf(page, 'Alves, R', 'Mon 3 Aug PM')).toHaveAccessibleName(/QX9/);
  });

  test('fills down and to the right by keys, without the browser reloading', async ({ page }) => {
    const origin = await page.evaluate(() => performance.timeOrigin);
    await cellOf(page, 'Alves, R', 'Mon 3 Aug AM').click();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Control+d');
    await expect(cellOf(page, 'Souza, J', 'Mon 3 Aug AM')).toHaveAccessibleName(/WARD/);
    await cellOf(page, 'Lima, A', 'Tue 4 Aug AM').click();
    await page.keyboard.type('ICU');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+r');
    await expect(cellOf(page, 'Lima, A', 'Tue 4 Aug PM')).toHaveAccessibleName(/ICU/);
    expect(await page.evaluate(() => performance.timeOrigin)).toBe(origin);
  });

  test('is one Tab stop, and its focus is never under a header', async ({ page }) => {
    await cellOf(page, 'Souza, J', 'Fri 7 Aug AM').click();
    for (const key of ['Control+End', 'Control+Home', 'End', 'Home', 'PageDown', 'ArrowUp', 'ArrowLeft']) {
      await page.keyboard.press(key);
      const hidden = await page.evaluate(() => {
        const cell = document.activeElement?.getBoundingClientRect();
        if (!cell || document.activeElement?.getAttribute('role') !== 'gridcell') return 'no cell has the focus';
        const headers = [...document.querySelectorAll('[role="columnheader"], [role="rowheader"], section[aria-label="Coverage"]')];
        const over = headers.filter((header) => {
          if (!(header instanceof HTMLElement) || header.closest('[role="row"]')?.querySelector('[role="gridcell"]:focus')) return false;
          const box = header.getBoundingClientRect();
          const top = document.elementFromPoint(cell.left + cell.width / 2, cell.top + cell.height / 2);
          return header.contains(top) && box.width > 0;
        });
        return over.length === 0 ? '' : 'covered';
      });
      expect(hidden, key).toBe('');
    }
    const isInGrid = () => page.evaluate(() => document.activeElement?.closest('[role="grid"]') !== null);
    expect(await gridOf(page).locator('[tabindex="0"]').count()).toBe(1);
    const name = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await page.keyboard.press('Tab');
    expect(await isInGrid()).toBe(false);
    await page.keyboard.press('Shift+Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(name);
    await page.keyboard.press('F6');
    expect(await isInGrid()).toBe(false);
  });

  test('marks a double booking everywhere and clears it everywhere', async ({ page, app }) => {
    await app.call('changes/commit', {
      message: 'Book Lima twice',
      changes: [
        {
          op: 'create',
          type: 'assignment',
          id: 'double',
          fields: { personId: 'lima', date: '2026-08-05', half: 'AM', activity: 'WARD', rotationId: 'ward', role: 'primary' },
        },
      ],
    });
    const cells = cellOf(page, 'Lima, A', 'Wed 5 Aug AM');
    await expect(cells).toHaveCount(2);
    for (const cell of await cells.all()) await expect(cell).toHaveAccessibleName(/clash/);
    await expect(gridOf(page).getByRole('rowheader', { name: /Lima, A.*clash/ })).toBeVisible();
    await expect(gridOf(page).getByRole('columnheader', { name: /^Wed 5 Aug AM, .*clash/ })).toBeVisible();
    await cellOf(page, 'Alves, R', 'Mon 3 Aug AM').click();
    const errors = page.getByRole('button', { name: /clash/ });
    await expect(errors).toBeVisible();
    for (let pressed = 0; pressed < 60; pressed += 1) {
      await page.keyboard.press('F8');
      if ((await page.evaluate(() => document.activeElement?.getAttribute('aria-label')))?.startsWith('Lima, A, Wed 5 Aug AM')) break;
    }
    await page.keyboard.press('Delete');
    await expect(cells).toHaveCount(1);
    await expect(cells).not.toHaveAccessibleName(/clash/);
    await expect(gridOf(page).getByRole('rowheader', { name: /Lima, A.*clash/ })).toHaveCount(0);
  });

  test('cannot be edited in the past, says why, and Escape leads back to the same place', async ({ page }) => {
    await cellOf(page, 'Lima, A', 'Wed 5 Aug AM').click();
    await page.keyboard.type('ICU');
    await page.keyboard.press('Enter');
    await saved(page);
    await page.keyboard.press('ArrowUp');
    await page.getByRole('slider', { name: 'History position' }).press('ArrowLeft');
    await expect(page.getByRole('banner', { name: 'Viewing the past' })).toBeVisible();
    const cell = cellOf(page, 'Lima, A', 'Wed 5 Aug AM');
    await expect(cell).toHaveAccessibleName(/CL-A/);
    await cell.focus();
    await page.keyboard.type('W');
    await expect(announcements(page)).toContainText('past');
    await expect(cell).toHaveAccessibleName(/CL-A/);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('banner', { name: 'Viewing the past' })).toHaveCount(0);
    await expect(cell).toHaveAccessibleName(/ICU/);
    await expect(cell).toHaveAttribute('aria-selected', 'true');
  });

  test('goes back in navigation without touching data', async ({ page }) => {
    await cellOf(page, 'Lima, A', 'Wed 5 Aug AM').click();
    await page.keyboard.type('ICU');
    await page.keyboard.press('Enter');
    const range = page.getByRole('button', { name: /^Days: / });
    const before = await range.textContent();
    await page.getByText('Block', { exact: true }).click();
    await expect(range).not.toHaveText(before ?? '');
    const block = await range.textContent();
    await gridOf(page).locator('[tabindex="0"]').focus();
    await page.keyboard.press('Control+z');
    await expect(announcements(page)).toContainText('Undone');
    await expect(range).toHaveText(block ?? '');
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(range).toHaveText(before ?? '');
  });
});

test.describe('around the roster', () => {
  test.use({ programme: 'empty' });
  test.beforeEach(async ({ app, page }) => {
    await fillSmallRoster(app);
    await page.reload();
    await expect(gridOf(page)).toBeVisible();
  });

  test('finds people, commands and days from the first letter typed', async ({ page }) => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('souz');
    await page.getByRole('option', { name: 'Souza, J' }).click();
    await expect(gridOf(page).locator('[tabindex="0"]')).toHaveAccessibleName(/^Souza, J/);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('add a rotation');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: /Add a rotation/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('F1');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Next clash');
  });

  test('opens the cell’s menu by key and gives the focus back', async ({ page }) => {
    await gridOf(page).getByRole('gridcell').first().click();
    await page.keyboard.press('Shift+F10');
    await expect(page.getByRole('menuitem', { name: /Cell history/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
    await expect(gridOf(page).getByRole('gridcell').first()).toBeFocused();
  });

  test('signs edits with whoever is acting', async ({ page, app }) => {
    await page.getByRole('button', { name: /^Acting: / }).click();
    await page.getByRole('menuitem', { name: 'Someone else…' }).click();
    await page.getByRole('textbox', { name: 'Your name' }).fill('Ana Lima');
    await page.getByRole('button', { name: 'Act under this name' }).click();
    await expect(page.getByRole('button', { name: 'Acting: Ana Lima' })).toBeVisible();
    await gridOf(page).getByRole('gridcell').first().click();
    await page.getByRole('textbox', { name: /^Why/ }).first().fill('cover for Souza');
    await gridOf(page).getByRole('gridcell').first().click();
    await page.keyboard.type('LEC');
    await page.keyboard.press('Enter');
    await saved(page);
    await expect
      .poll(async () => (await app.call('commits/at', {})).body)
      .toMatchObject({ authorName: 'Ana Lima', reason: 'cover for Souza', message: expect.stringMatching(/^LEC for Alves, R/) });
  });

  test('takes an edit of another window into the picture', async ({ page, app }) => {
    const cell = gridOf(page).getByRole('gridcell').first();
    const name = (await cell.getAttribute('aria-label')) ?? '';
    const commit = await gridOf(page).getAttribute('data-commit');
    await app.call('changes/commit', {
      message: 'From elsewhere',
      changes: [{ op: 'update', type: 'person', id: 'alves', fields: { name: 'Alves, Rita' } }],
    });
    await expect(cell).toHaveAccessibleName(name.replace('Alves, R,', 'Alves, Rita,'));
    await expect(gridOf(page)).not.toHaveAttribute('data-commit', commit ?? '');
  });

  test('says that the program has ended, and keeps the roster to read', async ({ page, app, problems }) => {
    problems.expectSome(/WebSocket|ERR_/);
    await app.kill('SIGKILL');
    await expect(page.getByRole('dialog', { name: 'Rosterline stopped running' })).toBeVisible();
    await expect(page.getByRole('grid', { name: 'Roster', includeHidden: true })).toHaveCount(1);
  });
});

test.describe('with no programme at all', () => {
  test.use({ programme: 'none' });

  test('begins with the sample, with something of one’s own, or with a workbook', async ({ page }) => {
    await expect(page.getByRole('button', { name: /Look at the sample programme/ })).toBeVisible();
    await expect(page.getByRole('button', { name: /Import a workbook/ })).toBeVisible();
    await page.getByRole('button', { name: /Start your own/ }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Family Medicine');
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Add people' })).toBeVisible();
  });
});

test.describe('in an empty programme', () => {
  test.use({ programme: 'empty' });

  test('begins with a person, a rotation and a first code', async ({ page }) => {
    await page.getByRole('button', { name: 'Add people' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Lima, A');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(gridOf(page).getByRole('rowheader', { name: /Lima, A/ })).toBeVisible();
    await gridOf(page).getByRole('gridcell').first().click();
    await page.keyboard.type('NEW');
    await expect(page.getByRole('option', { name: 'New code “NEW”' })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(gridOf(page).getByRole('gridcell', { name: /NEW/ })).toHaveCount(1);
  });

  test('takes names and codes pasted from a spreadsheet', async ({ page }) => {
    await page.getByRole('button', { name: /Paste from Excel/ }).click();
    await pasteText(page, 'Lima, A\tC\tC\nSouza, J\tFMIT\tFMIT\n');
    await expect(gridOf(page).getByRole('rowheader', { name: /Souza, J/ })).toBeVisible();
    await expect(gridOf(page).getByRole('gridcell', { name: /FMIT/ })).toHaveCount(2);
  });
});

for (const scheme of ['light', 'dark', 'forced'] as const)
  test(`has no serious accessibility faults in ${scheme} colours`, async ({ page }) => {
    // Judging every cell on screen takes a slow machine its time.
    test.slow();
    await page.emulateMedia(
      scheme === 'forced' ? { forcedColors: 'active' } : { colorScheme: scheme, forcedColors: 'none', reducedMotion: 'reduce' },
    );
    await expect(gridOf(page)).toBeVisible();
    await gridOf(page).getByRole('gridcell').first().click();
    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    const moving = await page.evaluate(() => document.getAnimations().filter((animation) => animation.playState === 'running').length);
    expect(moving).toBe(0);
  });
