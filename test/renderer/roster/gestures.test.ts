import { expect, test } from 'vitest';
import { makeCodeBook } from '../../../renderer/features/roster/code-book.ts';
import {
  blockToTexts,
  planClear,
  planCode,
  planFill,
  planPaste,
  unknownCodes,
  type PlannedGesture,
} from '../../../renderer/features/roster/gestures.ts';
import type { RosterModel } from '../../../renderer/features/roster/roster-model.ts';
import { applyWindowChanges } from '../../../shared/roster/window-changes.ts';
import { modelOf, recordOf, smallRecords } from './sample.ts';

const book = makeCodeBook(smallRecords().rotations, []);
const block = (fromRow: number, fromColumn: number, toRow = fromRow, toColumn = fromColumn) => ({ fromRow, fromColumn, toRow, toColumn });
const place = (row: number, column: number, index = 0) => ({ row, column, index });

/** The codes of a model after a gesture, as a clipboard would hold them. */
function after(model: RosterModel, gesture: PlannedGesture | null, area: ReturnType<typeof block>) {
  const changes = (gesture?.changes ?? []).flatMap(({ change, after: record }) =>
    change.id === undefined ? [] : [{ op: change.op, type: change.type, id: change.id, before: null, after: record }],
  );
  return blockToTexts(modelOf(applyWindowChanges(model.window.records, changes)), area);
}

const model = modelOf(smallRecords());
// Rows: 0 PGY-1, 1 Lima, 2 PGY-2, 3 Souza, 4 Faculty, 5 Prado.

test('writes a typed code with its rotation, by a message that people understand', () => {
  const gesture = planCode(model, place(5, 0), 'icu', book);
  expect(gesture?.message).toBe('ICU for Prado, M, Mon 3 Aug AM');
  expect(gesture?.changes[0]?.change.fields).toMatchObject({ personId: 'prado', activity: 'ICU', rotationId: 'icu' });
});

test('changes only the chosen one of two that share a half day', () => {
  const gesture = planCode(model, place(3, 2, 1), 'ADM', book);
  expect(gesture?.changes.map(({ change }) => [change.op, change.id])).toEqual([['update', 's2']]);
  expect(planClear(model, block(3, 2), place(3, 2, 0))?.changes.map(({ change }) => change.id)).toEqual(['s1']);
});

test('pastes a block over people of several groups, and clears where the block is empty', () => {
  const gesture = planPaste(
    model,
    [
      ['C', ''],
      ['LEC', 'ADM'],
    ],
    block(1, 0),
    book,
  );
  expect(gesture?.message).toBe('Paste 4 cells');
  expect(after(model, gesture, block(1, 0, 5, 1))).toEqual([
    ['C', ''],
    ['LEC', 'ADM'],
    ['', ''],
  ]);
});

test('fills a whole selection with a single copied cell', () => {
  const gesture = planPaste(model, [['C']], block(1, 0, 3, 1), book);
  expect(gesture?.cells).toBe(4);
  expect(after(model, gesture, block(1, 0, 3, 1))).toEqual([
    ['C', 'C'],
    ['C', 'C'],
  ]);
});

test('keeps two assignments of a half day together when they are copied', () => {
  const texts = blockToTexts(model, block(3, 2));
  expect(texts).toEqual([['C/LEC']]);
  expect(unknownCodes(texts, book)).toEqual([]);
  expect(after(model, planPaste(model, texts, block(5, 2), book), block(5, 2))).toEqual([['C/LEC']]);
});

test('names unknown codes once, and does with them what was decided', () => {
  const texts = [['Q1', 'C', 'Q1', 'Q2']];
  expect(unknownCodes(texts, book)).toEqual(['Q1', 'Q2']);
  const gesture = planPaste(model, texts, block(1, 0), book, {
    decisions: new Map([
      ['Q1', { use: 'map', code: 'ADM' }],
      ['Q2', { use: 'skip' }],
    ]),
  });
  expect(after(model, gesture, block(1, 0, 1, 3))).toEqual([['ADM', 'C', 'ADM', '']]);
});

test('leaves out what an absence covers when asked to', () => {
  const absence = recordOf('absence', 'a', {
    personId: 'lima',
    startDate: '2026-08-03',
    endDate: '2026-08-03',
    absenceType: 'vacation',
    status: 'approved',
  });
  const away = modelOf(smallRecords({ absences: [absence] }));
  const gesture = planPaste(away, [['C', 'C', 'C']], block(1, 0), book, { skipAbsences: true });
  expect([gesture?.cells, gesture?.skipped]).toEqual([1, 2]);
});

test('repeats a filled part over the rest of a selection', () => {
  const gesture = planFill(model, block(1, 0, 1, 0), block(1, 0, 5, 0));
  expect(gesture?.message).toBe('Fill 2 cells');
  expect(after(model, gesture, block(1, 0, 5, 0))).toEqual([['ICU'], ['ICU'], ['ICU']]);
});

test('makes no change where the cells hold it already', () => {
  expect(planPaste(modelOf(smallRecords()), [['C/LEC']], block(3, 2), book)?.changes).toEqual([]);
  expect(planClear(model, block(5, 0, 5, 3), null)).toBeNull();
});
