import { expect, test } from 'vitest';
import { HouseRule } from '../../../../shared/contract/app/merges.ts';
import { entityTypes } from '../../../../shared/roster/entity-type.ts';
import { fieldChoices, moveRule, preferencesFor, ruleText } from '../../../../renderer/features/house-rules/rule-words.ts';

const rule = (type: string, field: string | null, prefer: string): HouseRule => HouseRule.parse({ type, field, prefer });

test('a rule reads as a sentence with the names of the screen', () => {
  expect(ruleText(rule('swap_record', 'status', 'furthest-status'))).toBe(
    'When both branches changed Status of swaps, the status that is further along is taken.',
  );
  expect(ruleText(rule('absence', null, 'target'))).toBe(
    'When both branches changed anything of absences, what the branch that is merged into has stays.',
  );
});

test('only what can decide something is offered: joining for lists, the furthest status for a status', () => {
  expect(preferencesFor('assignment', 'notes')).toEqual(['target', 'source', 'newest']);
  expect(preferencesFor('assignment', 'alternatives')).toContain('union');
  expect(preferencesFor('swap_record', 'status')).toContain('furthest-status');
  expect(preferencesFor('swap_record', 'reason')).not.toContain('furthest-status');
  expect(preferencesFor('swap_record', null)).toEqual(['target', 'source', 'newest', 'union', 'furthest-status']);
});

test('every field that is offered is a field of its type, and none is computed', () => {
  for (const { type, fields } of entityTypes)
    for (const { value } of fieldChoices(type)) expect(fields[value]?.kind, `${type}.${value}`).toMatch(/scalar|set|object/);
});

test('a rule moves by one place and stops at both ends', () => {
  const [a, b, c] = [rule('swap_record', 'status', 'newest'), rule('absence', null, 'target'), rule('person', null, 'source')];
  expect(moveRule([a, b, c], 1, -1)).toEqual([b, a, c]);
  expect(moveRule([a, b, c], 1, 1)).toEqual([a, c, b]);
  expect(moveRule([a, b, c], 0, -1)).toEqual([a, b, c]);
  expect(moveRule([a, b, c], 2, 1)).toEqual([a, b, c]);
});
