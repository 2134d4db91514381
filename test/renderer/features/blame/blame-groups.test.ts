import { expect, test } from 'vitest';
import { BlamedField } from '../../../../shared/contract/app/versions.ts';
import { groupBlame } from '../../../../renderer/features/blame/blame-groups.ts';

const [setUp, cover, merge] = ['1', '2', '3'].map((digit) => digit.repeat(64));
const at = { [setUp ?? '']: '2026-08-01T08:00:00.000Z', [cover ?? '']: '2026-08-02T08:00:00.000Z' };

function blamed(field: string, commit: string | undefined, decided?: string | null): BlamedField {
  const who = { author: 'ana', authorName: 'Ana', at: at[commit ?? ''] };
  const decision = {
    entity: { type: 'assignment', id: 'a' },
    field: decided,
    label: field,
    title: 'Lima',
    source: 'try',
    target: 'main',
    baseText: '',
    sourceText: '',
    targetText: '',
    valueText: '',
    chose: 'source',
    by: 'person',
    ...who,
    reason: null,
    origin: null,
    text: '',
  };
  const through = decided === undefined ? [] : [{ commit: merge, ...who, side: 'source', source: 'try', decision }];
  return BlamedField.parse({
    field,
    label: field,
    value: 'x',
    text: 'x',
    commit,
    branch: 'main',
    ...who,
    message: '',
    reason: null,
    through,
  });
}

const fieldsOf = (fields: readonly BlamedField[]) => groupBlame(fields).map((group) => group.fields.map(({ field }) => field));

test('fields that were set together are told together, the newest story first', () => {
  expect(fieldsOf([blamed('person', setUp), blamed('activity', cover), blamed('date', setUp), blamed('rotation', cover)])).toEqual([
    ['activity', 'rotation'],
    ['person', 'date'],
  ]);
});

test('a field that was decided by itself in a merge has a story of its own', () => {
  expect(fieldsOf([blamed('activity', setUp, 'activity'), blamed('rotation', setUp, 'rotation'), blamed('date', setUp)])).toEqual([
    ['activity'],
    ['rotation'],
    ['date'],
  ]);
});

test('fields of a record that was decided as a whole stay together', () => {
  expect(fieldsOf([blamed('activity', setUp, null), blamed('rotation', setUp, null)])).toEqual([['activity', 'rotation']]);
});

test('nothing blamed is no story', () => {
  expect(groupBlame([])).toEqual([]);
});
