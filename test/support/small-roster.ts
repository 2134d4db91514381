import type { Page } from '@playwright/test';
import type { App } from './app-host.ts';

/** A small roster with known names: two weeks from Monday 3 August 2026, three residents and one faculty member. */
export const smallRoster = {
  people: [
    { id: 'alves', name: 'Alves, R', type: 'resident', pgyLevel: 1 },
    { id: 'lima', name: 'Lima, A', type: 'resident', pgyLevel: 1 },
    { id: 'souza', name: 'Souza, J', type: 'resident', pgyLevel: 2 },
    { id: 'prado', name: 'Prado, M', type: 'faculty' },
  ],
  rotations: [
    { id: 'icu', name: 'Intensive Care', displayAbbreviation: 'ICU', coverageMinimum: 3, backgroundColor: '#b3261e' },
    { id: 'ward', name: 'Ward', displayAbbreviation: 'WARD', backgroundColor: '#2f5fd0' },
    { id: 'cla', name: 'Clinic A', displayAbbreviation: 'CL-A', backgroundColor: '#1a7f42' },
  ],
} as const;

/** Fills an empty programme with the small roster: Alves and Lima on the ward, Souza on ICU, every weekday of two weeks. */
export async function fillSmallRoster(app: App): Promise<void> {
  const codes = { alves: ['WARD', 'ward'], lima: ['CL-A', 'cla'], souza: ['ICU', 'icu'], prado: ['ICU', 'icu'] } as const;
  const assignments = Object.entries(codes).flatMap(([personId, [activity, rotationId]]) =>
    Array.from({ length: 14 }, (_, day) => `2026-08-${String(3 + day).padStart(2, '0')}`)
      .filter((_, day) => day % 7 < 5)
      .flatMap((date) =>
        ['AM', 'PM'].map((half) => ({
          op: 'create',
          type: 'assignment',
          fields: { personId, date, half, activity, rotationId, role: 'primary' },
        })),
      ),
  );
  const create = (type: string) => (record: { readonly id: string }) => {
    const { id, ...fields } = record;
    return { op: 'create', type, id, fields };
  };
  const { status, body } = await app.call('changes/commit', {
    message: 'Set up',
    changes: [...smallRoster.people.map(create('person')), ...smallRoster.rotations.map(create('rotation')), ...assignments],
  });
  if (status !== 200) throw new Error(JSON.stringify(body));
}

/** The cell of a person and a half day, by its accessible name. */
export function cellOf(page: Page, person: string, halfDay: string) {
  return page.getByRole('grid', { name: 'Roster' }).getByRole('gridcell', { name: `${person}, ${halfDay}` });
}

/** The codes on screen, row by row, as the grid shows them. */
export function gridSnapshot(page: Page): Promise<readonly string[]> {
  return page
    .getByRole('grid', { name: 'Roster' })
    .getByRole('gridcell')
    .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('aria-label') ?? ''));
}

/** Shows the first days of the small roster, as somebody who types a date does. */
export async function showFirstDays(page: Page): Promise<void> {
  await page.getByRole('grid', { name: 'Roster' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /Find people/ }).fill('5 Aug 2026');
  await page.getByRole('option', { name: /Show Wed 5 Aug 2026/ }).click();
}
