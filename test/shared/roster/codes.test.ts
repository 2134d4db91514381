import { expect, test } from 'vitest';
import { activityCodes, cellCode, cellText, cellWords, findActivityCode, hoursOf, rotationCode } from '../../../shared/roster/codes.ts';

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

test('knows how long half a day of a code or a rotation is, and lets the rotation have the last word', () => {
  const hours = (code: string, rotation?: Parameters<typeof hoursOf>[1]) => hoursOf(findActivityCode(code), rotation).hours;
  expect([hours('C'), hours('FMIT'), hours('NF'), hours('own code')]).toEqual([5, 6, 12, 5]);
  expect([hours('ICU', { rotationType: 'inpatient' }), hours('C', { rotationType: 'outpatient' })]).toEqual([6, 5]);
  expect([hours('NF', { rotationType: 'inpatient' }), hours('NF', { hoursPerHalfDay: 7.5 })]).toEqual([12, 7.5]);
  expect(hoursOf(findActivityCode('NF'), undefined).isNight).toBe(true);
  expect(hours('LV', { name: 'Labor ward', rotationType: 'inpatient' })).toBe(6);
});
