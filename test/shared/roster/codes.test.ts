import { expect, test } from 'vitest';
import { activityCodes, cellCode, cellText, cellWords, findActivityCode, rotationCode } from '../../../shared/roster/codes.ts';

test('knows the standard codes in any case, each once', () => {
  expect(findActivityCode('fmit')?.name).toBe('Family medicine inpatient team');
  expect(findActivityCode('aSM')?.category).toBe('educational');
  expect(findActivityCode('constructor')).toBeUndefined();
  expect(new Set(activityCodes.map((each) => each.code)).size).toBe(activityCodes.length);
  expect(activityCodes.filter((each) => each.supervises).map((each) => each.code)).toEqual(['AT', 'PCAT']);
});

test('shows the activity, else the rotation by its shortest name, else nothing', () => {
  const named = { name: 'inpatient ward' };
  expect(rotationCode(named)).toBe('INP');
  expect(rotationCode({ ...named, abbreviation: 'IW' })).toBe('IW');
  expect(rotationCode({ ...named, abbreviation: 'IW', displayAbbreviation: 'Ward' })).toBe('Ward');
  expect([cellCode({ activity: 'LEC' }, named), cellCode({}, named), cellCode({}, undefined)]).toEqual(['LEC', 'INP', '']);
  expect([cellText({ activity: 'LEC' }, named), cellText({}, named), cellText({}, undefined)]).toEqual([
    'LEC',
    'inpatient ward',
    'Unassigned',
  ]);
  expect([
    cellWords({ activity: 'LEC' }, named),
    cellWords({}, named),
    cellWords({}, undefined),
    cellWords({ activity: 'x' }, undefined),
  ]).toEqual(['Lecture (LEC)', 'inpatient ward (INP)', 'Unassigned', 'x']);
});
