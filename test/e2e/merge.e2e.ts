import type { Page } from '@playwright/test';
import type { App } from '../support/app-host.ts';
import { expect, test } from '../support/page-fixture.ts';
import { fillSmallRoster } from '../support/small-roster.ts';

test.use({ programme: 'empty' });

async function ask(app: App, path: string, body: unknown): Promise<any> {
  const answer = await app.call(path, body);
  if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function beSomebody(app: App, userId: string, name: string): Promise<void> {
  await ask(app, 'session/use', { userId, name });
}

type Cell = readonly [person: string, date: string, half: 'AM' | 'PM'];

/** The small roster with its assignments known by their place. */
async function openRoster(app: App) {
  await fillSmallRoster(app);
  const { items } = await ask(app, 'versions/allAt', { type: 'assignment', limit: 1_000 });
  const idOf = ([person, date, half]: Cell): string =>
    items.find(({ fields }: any) => fields.personId === person && fields.date === date && fields.half === half).id;
  const update = (cell: Cell, fields: object) => ({ op: 'update', type: 'assignment', id: idOf(cell), fields });
  const remove = (cell: Cell) => ({ op: 'delete', type: 'assignment', id: idOf(cell) });
  const commit = (branch: string, message: string, changes: object[], reason?: string) =>
    ask(app, 'changes/commit', { branch, message, changes, ...(reason === undefined ? {} : { reason }) });
  const tipOf = async (branch: string): Promise<string> => (await ask(app, 'branches/info', { name: branch })).tip;
  const contentOf = async (branch: string): Promise<unknown> => {
    const all = await ask(app, 'versions/allAt', { type: 'assignment', branch, limit: 1_000 });
    return Object.fromEntries(all.items.map(({ id, fields }: any) => [id, fields]));
  };
  return { update, remove, commit, tipOf, contentOf };
}

const lima: Cell = ['lima', '2026-08-05', 'AM'];

/** Ana tries four weeks, Bruno covers on main: four cells that both changed, and one record that Ana deleted and Bruno edited. */
async function makeConflicts(app: App) {
  const roster = await openRoster(app);
  const { update, remove, commit } = roster;
  await beSomebody(app, 'ana', 'Ana');
  await ask(app, 'branches/create', { name: 'try-4-week' });
  const cells: readonly Cell[] = [lima, ['lima', '2026-08-06', 'PM'], ['alves', '2026-08-05', 'AM'], ['alves', '2026-08-07', 'PM']];
  const meeting: Cell = ['prado', '2026-08-04', 'PM'];
  await commit('try-4-week', '4-week pattern', [...cells.map((cell) => update(cell, { activity: 'OFF' })), remove(meeting)]);
  await beSomebody(app, 'bruno', 'Bruno');
  await commit(
    'main',
    'Cover',
    [...cells.map((cell) => update(cell, { activity: 'LEC' })), update(meeting, { notes: 'Programme meeting' })],
    'cover for Souza',
  );
  return roster;
}

async function previewMerge(page: Page, branch: string): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Branches/ })
    .click();
  await page
    .getByRole('list', { name: 'Branches' })
    .getByRole('button', { name: new RegExp(branch) })
    .click();
  await page.getByRole('button', { name: 'Preview merge' }).click();
}

async function startDeciding(page: Page): Promise<void> {
  await previewMerge(page, 'try-4-week');
  await page.getByRole('button', { name: 'Start deciding' }).click();
  await expect(page.getByText('5 of 5 left')).toBeVisible();
}

function conflictsOf(page: Page) {
  return page.getByRole('list', { name: 'Conflicts' });
}

test('what merging would find is promised before, and is what the resolver shows', async ({ page, app }) => {
  await makeConflicts(app);
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Branches/ })
    .click();
  await page
    .getByRole('list', { name: 'Branches' })
    .getByRole('button', { name: /try-4-week/ })
    .click();
  await expect(page.getByRole('complementary', { name: 'Branch try-4-week' })).toContainText(
    /If merged into main now\s*5 conflicts · 0 clean/,
  );
  await page.getByRole('button', { name: 'Preview merge' }).click();
  await expect(page.getByRole('list', { name: 'Conflicts' }).getByRole('listitem')).toHaveCount(5);
  await page.getByRole('button', { name: 'Start deciding' }).click();
  await expect(page.getByText('5 of 5 left')).toBeVisible();
  await expect(conflictsOf(page).getByRole('listitem')).toHaveCount(5);
});

test('sides are named by branch and person, and never by a word that depends on where one stands', async ({ page, app }) => {
  await makeConflicts(app);
  await startDeciding(page);
  await expect(page.getByRole('button', { name: 'Use main (Bruno)' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Use try-4-week (Ana)' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'main', exact: true })).toContainText('cover for Souza');
  await page.getByRole('button', { name: 'All that each side changed' }).click();
  await page.getByRole('button', { name: 'History of both sides' }).click();
  await expect(page.getByRole('region', { name: 'On try-4-week' })).toContainText('4-week pattern');
  const words = await page.evaluate(() => [
    document.body.innerText,
    ...[...document.querySelectorAll('[aria-label], [title], [placeholder]')].flatMap((element) =>
      ['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? ''),
    ),
  ]);
  expect(words.join('\n')).not.toMatch(/\b(ours|theirs|incoming|current)\b/i);
});

test('different fields of one record merge alone, and each can be overridden', async ({ page, app }) => {
  const { update, commit, contentOf } = await openRoster(app);
  await ask(app, 'branches/create', { name: 'notes-only' });
  await commit('notes-only', 'Note', [update(lima, { notes: 'teaches' })]);
  await commit('main', 'Place', [update(lima, { location: 'Main Clinic' })]);
  await previewMerge(page, 'notes-only');
  await expect(page.getByRole('heading', { name: /AUTO 2/ })).toBeVisible();
  await expect(page.getByText('0 conflicts')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Override Lima/ })).toHaveCount(2);
  await page.getByRole('button', { name: /^Override Lima.*Notes/ }).click();
  await expect(page.getByRole('list', { name: 'Merged by themselves' }).getByRole('listitem')).toHaveCount(2);
  await page.getByRole('list', { name: 'Merged by themselves' }).getByRole('button', { name: /Notes/ }).click();
  await page.getByRole('textbox', { name: 'Another value for Notes' }).fill('teaches interns');
  await page.getByRole('button', { name: 'Use this value' }).click();
  await expect(page.getByText('own value: teaches interns').first()).toBeVisible();
  await page.getByRole('button', { name: 'Finish merge' }).click();
  await expect(page.getByText('Merged notes-only into main.').first()).toBeVisible();
  expect(Object.values((await contentOf('main')) as object)).toContainEqual(
    expect.objectContaining({ notes: 'teaches interns', location: 'Main Clinic' }),
  );
});

test('a clean merge is finished at once, says so, and can be undone', async ({ page, app }) => {
  const { update, commit, contentOf } = await openRoster(app);
  await ask(app, 'branches/create', { name: 'notes-only' });
  await commit('notes-only', 'Note', [update(lima, { notes: 'teaches' })]);
  const before = await contentOf('main');
  await previewMerge(page, 'notes-only');
  await page.getByRole('button', { name: 'Finish merge' }).click();
  await expect(page.getByText('Merged notes-only into main.').first()).toBeVisible();
  expect(await contentOf('main')).not.toEqual(before);
  const merged = (await ask(app, 'branches/info', { name: 'main' })).position;
  await page.getByRole('button', { name: 'Undo merge' }).click();
  await expect.poll(() => contentOf('main')).toEqual(before);
  expect((await ask(app, 'branches/info', { name: 'main' })).position).toBe(merged + 1);
});

test('a record that one deleted and one edited is asked in words that name who did it', async ({ page, app }) => {
  const { contentOf } = await makeConflicts(app);
  await startDeciding(page);
  await conflictsOf(page).getByRole('button', { name: /Prado/ }).click();
  await expect(page.getByText('Ana deleted this on try-4-week; Bruno changed it on main.')).toBeVisible();
  await expect(page.getByText('Deleted by Ana on try-4-week')).toBeVisible();
  for (const name of ['Keep edited', 'Delete', 'Edit']) await expect(page.getByRole('button', { name, exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Notes' }).fill('Moved to Thursday');
  await page.getByRole('button', { name: 'Use this record' }).click();
  await expect(page.getByText('4 of 5 left')).toBeVisible();
  for (let left = 4; left > 0; left--) {
    await page.keyboard.press('b');
    await expect(page.getByText(`${left - 1} of 5 left`)).toBeVisible();
  }
  const reason = page.getByRole('textbox', { name: /^Why/ }).last();
  await reason.fill('agreed with everybody');
  await page.getByRole('button', { name: 'Finish merge' }).click();
  await expect(page.getByText('Merged try-4-week into main.').first()).toBeVisible();
  expect(Object.values((await contentOf('main')) as object)).toContainEqual(
    expect.objectContaining({ personId: 'prado', date: '2026-08-04', half: 'PM', notes: 'Moved to Thursday' }),
  );
});

test('keys decide, go on and take back, and every count is exact', async ({ page, app }) => {
  await makeConflicts(app);
  await startDeciding(page);
  const chosen = conflictsOf(page).locator('[aria-current]');
  const first = await chosen.textContent();
  await page.keyboard.press('a');
  await expect(page.getByText('4 of 5 left')).toBeVisible();
  await expect(chosen).toBeFocused();
  await expect(chosen).not.toHaveText(first ?? '');
  await page.keyboard.press('u');
  await expect(page.getByText('5 of 5 left')).toBeVisible();
  await expect(chosen).toHaveText(first ?? '');
  const second = conflictsOf(page).getByRole('button').nth(1);
  await page.keyboard.press('n');
  await expect(second).toBeFocused();
  await page.keyboard.press('p');
  await expect(chosen).toHaveText(first ?? '');
  // Pressed quickly, each key is for the conflict that comes up next.
  await page.keyboard.press('o');
  await page.keyboard.press('b');
  await page.keyboard.press('a');
  await expect(page.getByText('2 of 5 left')).toBeVisible();
  await expect(page.getByRole('tab', { name: 'BY ME 3' })).toBeVisible();
  // Letters belong to what is being typed.
  await page.getByRole('textbox', { name: 'Why (optional)' }).click();
  await page.keyboard.type('abandon');
  await expect(page.getByRole('textbox', { name: 'Why (optional)' })).toHaveValue('abandon');
  await expect(page.getByText('2 of 5 left')).toBeVisible();
});

test('many are decided at once after a preview with their count, and one undo takes all of them back', async ({ page, app }) => {
  await makeConflicts(app);
  await startDeciding(page);
  await conflictsOf(page)
    .getByRole('button', { name: /Lima, A, Wed/ })
    .click();
  await page.getByRole('radio', { name: 'all 2 of Lima, A' }).click();
  await expect(page.getByText('Would decide 2 conflicts at once')).toBeVisible();
  await page.getByRole('button', { name: 'Use main for all 2' }).click();
  await expect(page.getByText('3 of 5 left')).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(page.getByText('5 of 5 left')).toBeVisible();
});

test('finishing is blocked with its reason, and afterwards the branch is what the result showed', async ({ page, app }) => {
  await makeConflicts(app);
  await startDeciding(page);
  const finish = page.getByRole('button', { name: 'Finish merge' });
  await expect(finish).toBeDisabled();
  await expect(finish).toHaveAccessibleDescription('5 conflicts still open');
  const result = page.getByRole('grid', { name: 'Result' });
  await expect(result.getByRole('gridcell', { name: /^Lima, A, Wed 5 Aug AM, LEC, not decided yet/ })).toBeVisible();
  await conflictsOf(page)
    .getByRole('button', { name: /Lima, A, Wed/ })
    .click();
  await page
    .getByRole('combobox', { name: 'Another value for Activity' })
    .or(page.getByRole('textbox', { name: 'Another value for Activity' }))
    .fill('ICU');
  await page.keyboard.press('Enter');
  await expect(result.getByRole('gridcell', { name: /^Lima, A, Wed 5 Aug AM, ICU, changed from LEC/ })).toBeVisible();
  await expect(page.getByText('4 of 5 left')).toBeVisible();
  await expect(conflictsOf(page).getByRole('button', { name: /Lima, A, Wed/ })).toHaveCount(0);
  for (let left = 4; left > 0; left--) {
    await page.keyboard.press('b');
    await expect(page.getByText(`${left - 1} of 5 left`)).toBeVisible();
  }
  await expect(page.getByRole('region', { name: 'Result' })).toHaveAttribute('aria-busy', 'false');
  const shown = await result
    .getByRole('gridcell', { name: /^(Lima|Alves)/ })
    .evaluateAll((cells) => cells.map((cell) => (cell.getAttribute('aria-label') ?? '').replace(/, (changed|clash).*/, '')));
  await page.getByRole('textbox', { name: /^Why/ }).last().fill('agreed');
  await finish.click();
  await expect(page.getByText('Merged try-4-week into main.').first()).toBeVisible();
  const window = await ask(app, 'roster/window', { from: '2026-08-04', to: '2026-08-07' });
  const codes = new Map(window.cells.map((cell: any) => [`${cell.personId} ${cell.date} ${cell.half}`, cell.code]));
  const months: Record<string, string> = { Aug: '08' };
  expect(shown.length).toBeGreaterThan(4);
  for (const name of shown) {
    const [, person, , day, month, half, code] = /^(\w+), (\w), \w+ (\d+) (\w+) (AM|PM), (.*)$/.exec(name) ?? [];
    const key = `${person?.toLowerCase()} 2026-${months[month ?? '']}-${day?.padStart(2, '0')} ${half}`;
    expect([key, codes.get(key) ?? 'empty']).toEqual([key, code]);
  }
});

test('one leaves, comes back after a restart of the page, and goes on where one was', async ({ page, app }) => {
  const { tipOf } = await makeConflicts(app);
  const tip = await tipOf('main');
  await startDeciding(page);
  await page.keyboard.press('a');
  await expect(page.getByText('4 of 5 left')).toBeVisible();
  await expect(page.getByRole('tab', { name: 'LEFT 4' })).toBeVisible();
  await page.keyboard.press('Escape');
  const banner = page.getByRole('region', { name: 'Merge in progress' });
  await expect(banner).toContainText('try-4-week → main, 4 of 5 left');
  await page.goto('about:blank');
  await page.goto(app.url);
  await expect(page.getByRole('grid', { name: 'Roster' })).toBeVisible();
  expect(await tipOf('main')).toBe(tip);
  await expect(page.getByRole('button', { name: 'Branches 1 merge in progress' })).toBeVisible();
  await banner.getByRole('button', { name: /Resume/ }).click();
  await expect(page.getByText('4 of 5 left')).toBeVisible();
  await page.getByRole('tab', { name: 'BY ME 1' }).click();
  await expect(conflictsOf(page).getByRole('listitem')).toContainText(['took main']);
});

test('a clean merge that breaks a rule says so before it is finished', async ({ page, app }) => {
  const { update, commit } = await openRoster(app);
  const third: Cell = ['alves', '2026-08-05', 'AM'];
  const souza: Cell = ['souza', '2026-08-05', 'AM'];
  // Three stand on ICU where three are wanted; then one leaves on each branch.
  await commit('main', 'Full', [update(third, { activity: 'ICU', rotationId: 'icu' })]);
  await ask(app, 'branches/create', { name: 'leave' });
  await commit('leave', 'Souza leaves', [update(souza, { activity: 'OFF' })]);
  await previewMerge(page, 'leave');
  await expect(page.getByText('0 conflicts')).toBeVisible();
  await expect(page.getByRole('list', { name: 'New clashes' }).getByRole('listitem')).toHaveCount(1);
  await page.getByRole('button', { name: 'Start deciding' }).click();
  await expect(page.getByRole('list', { name: 'New clashes' }).getByRole('listitem')).toHaveCount(1);
  const repair = page.getByRole('button', { name: /^Apply: / }).first();
  await repair.click();
  await expect(page.getByText('No new clashes.')).toBeVisible();
  await page.getByRole('button', { name: /^Take back: / }).click();
  await expect(page.getByRole('list', { name: 'New clashes' }).getByRole('listitem')).toHaveCount(1);
});

test('an aborted merge leaves no trace', async ({ page, app }) => {
  const { tipOf, contentOf } = await makeConflicts(app);
  const [tip, content] = [await tipOf('main'), await contentOf('main')];
  await startDeciding(page);
  await page.keyboard.press('b');
  await expect(page.getByText('4 of 5 left')).toBeVisible();
  await page.getByRole('button', { name: 'Abort', exact: true }).click();
  await page.getByRole('button', { name: 'Abort merge' }).click();
  await expect(page.getByRole('list', { name: 'Branches' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Merge in progress' })).toHaveCount(0);
  expect([await tipOf('main'), await contentOf('main')]).toEqual([tip, content]);
  expect((await ask(app, 'merges/list', {})).total).toBe(0);
});

test('a finished merge is undone as a whole, by a new version', async ({ page, app }) => {
  const { contentOf } = await makeConflicts(app);
  const before = await contentOf('main');
  await startDeciding(page);
  await page.getByRole('radio', { name: 'all 5 that are left' }).click();
  await page.getByRole('button', { name: 'Use try-4-week for all 5' }).click();
  await expect(page.getByText('0 of 5 left')).toBeVisible();
  await page.getByRole('textbox', { name: /^Why/ }).last().fill('tried');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Merged try-4-week into main.').first()).toBeVisible();
  expect(await contentOf('main')).not.toEqual(before);
  await page.getByRole('button', { name: 'Undo merge' }).click();
  await expect.poll(() => contentOf('main')).toEqual(before);
});

test('a branch is made from a moment in the past, and switching between branches never asks', async ({ page, app }) => {
  const { update, commit, tipOf, contentOf } = await openRoster(app);
  const past = await contentOf('main');
  await commit('main', 'Later', [update(lima, { activity: 'ICU', rotationId: 'icu' })]);
  const tip = await tipOf('main');
  await page.getByRole('slider', { name: 'History position' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('banner', { name: 'Viewing the past' })).toBeVisible();
  await page
    .getByRole('banner', { name: 'Viewing the past' })
    .getByRole('button', { name: /Branch from here/ })
    .click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('as-it-was');
  await page.getByRole('button', { name: 'Create and switch to it' }).click();
  await expect(page.getByRole('button', { name: 'Branch: as-it-was' })).toBeVisible();
  expect(await contentOf('as-it-was')).toEqual(past);
  expect(await tipOf('main')).toBe(tip);
  await page.getByRole('button', { name: 'Branch: as-it-was' }).click();
  await page.getByRole('option', { name: /main/ }).click();
  await expect(page.getByRole('button', { name: 'Branch: main' })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('two branches are compared by what they mean for people', async ({ page, app }) => {
  await makeConflicts(app);
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Branches/ })
    .click();
  await page
    .getByRole('list', { name: 'Branches' })
    .getByRole('button', { name: /try-4-week/ })
    .click();
  await page.getByRole('button', { name: 'Compare with main' }).click();
  await page.getByRole('radiogroup', { name: 'Show as' }).getByText('People').click();
  const table = page.getByRole('table', { name: 'What it means for people' });
  await expect(table.getByRole('row', { name: /Lima, A/ })).toContainText('must be told');
});
