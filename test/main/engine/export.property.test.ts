import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Change } from '../../../shared/contract/app/changes.ts';
import { EntityId } from '../../../shared/ids.ts';
import { openEngine, type OpenedEngine } from '../../kit/open-engine.ts';

let desk: OpenedEngine;
beforeEach(async () => {
  desk = await openEngine();
});
afterEach(() => desk.close());

const odd = fc
  .oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        'C',
        'LEC',
        'FMIT',
        'W',
        'AM',
        'Mon',
        '1/2',
        '3/4',
        '30',
        'TRUE',
        '=1+1',
        '@x',
        '-2',
        "'=x",
        '"C"',
        ' C ',
        '_x0041_',
        'Date',
        'call',
        'Residents',
        'Learners',
        'Total',
        'PGY 2',
        '2026-08-03',
      ),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).map((text) => text.toWellFormed()) },
  )
  .filter((text) => text !== '' && !text.includes('\0'));

const person = fc.record(
  {
    // A name of blanks alone is refused before anything can be exported.
    name: odd.filter((text) => text.trim() !== ''),
    type: fc.constantFrom('resident', 'faculty', 'med_student', 'rotating_intern'),
    pgyLevel: fc.integer({ min: 1, max: 3 }),
    role: odd.map((text) => text.slice(0, 50).toWellFormed()),
    template: odd.map((text) => text.slice(0, 50).toWellFormed()),
  },
  { requiredKeys: ['name'] },
);
const half = fc.constantFrom('AM' as const, 'PM' as const);
const cell = fc.record({ who: fc.nat({ max: 7 }), day: fc.nat({ max: 5 }), half, activity: fc.option(odd, { nil: null, freq: 8 }) });
const roster = fc.record({
  people: fc.array(person, { minLength: 1, maxLength: 8 }),
  cells: fc.array(cell, { maxLength: 40 }),
  format: fc.constantFrom('xlsx' as const, 'csv' as const),
  separator: fc.constantFrom(',' as const, ';' as const),
  days: fc.integer({ min: 1, max: 6 }),
});

/**
 * What is exported and imported again must change nothing, whatever the roster holds: a coordinator who only looked at the file would otherwise
 * change the roster by closing the circle, and nobody would see which cell it was.
 */
test('any roster that is exported and imported again has 0 changes and no questions', async () => {
  await fc.assert(
    fc.asyncProperty(roster, async ({ people, cells, format, separator, days }) => {
      await desk.api.program.create({ name: 'Another' });
      const changes: Change[] = [
        ...people.map((fields, index): Change => ({ op: 'create', type: 'person', id: EntityId.parse(`p${index}`), fields })),
        ...cells
          .filter(({ who }) => who < people.length)
          .map(({ who, day, half: of, activity }): Change => ({
            op: 'create',
            type: 'assignment',
            fields: { personId: `p${who}`, date: `2026-08-0${3 + day}`, half: of, ...(activity === null ? {} : { activity }) },
          })),
      ];
      await desk.api.changes.commit({ message: 'Fill', changes });
      const { name, base64, rows } = await desk.api.exchange.export({
        what: 'roster',
        format,
        separator,
        from: '2026-08-03',
        to: `2026-08-0${2 + days}`,
      });
      expect(rows).toBe(people.length);
      const named = people.some(({ name: each }) => each.replaceAll(/[\s\p{Cc}\p{Cf}\p{Z}]/gu, '') !== '');
      if (!named) return;
      const preview = await desk.api.exchange.previewImport({ file: { name, base64 } });
      expect([preview.items.map(({ title, text }) => `${title}: ${text}`), preview.questions]).toEqual([[], []]);
    }),
    { numRuns: 100 },
  );
}, 60_000);
