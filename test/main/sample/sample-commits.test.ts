import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { describeSample, sampleCommits, type SampleOptions } from '../../../main/sample/sample-commits.ts';
import { textOf } from '../../../shared/roster/field.ts';
import { replay } from './replay.ts';

const steps = [...sampleCommits()];
const commits = steps.filter((step) => step.kind === 'commit');

describe('the sample programme', () => {
  test('is the same to the byte whenever it is made with the same seed', () => {
    expect(fingerprint({ seed: 7, years: 1 })).toBe(fingerprint({ seed: 7, years: 1 }));
    expect(fingerprint({ seed: 8, years: 1 })).not.toBe(fingerprint({ seed: 7, years: 1 }));
  });

  test('has a history of at least 138,000 assignment versions that ends at a fixed moment', () => {
    const totals = describeSample();
    expect(totals.assignmentVersions).toBeGreaterThanOrEqual(138_000);
    expect(totals.commits).toBeGreaterThan(4_000);
    const times = commits.map(({ draft }) => draft.at);
    expect(times[0]?.slice(0, 10)).toBe('2024-03-18');
    expect(times.at(-1)?.slice(0, 13)).toBe('2026-11-20T16');
  });

  test('says beforehand exactly what it will give', () => {
    const changes = commits.flatMap((step) => step.draft.changes);
    expect(describeSample()).toEqual({
      commits: commits.length,
      changes: changes.length,
      branches: steps.filter((step) => step.kind === 'branch').length,
      notes: steps.filter((step) => step.kind === 'note').length,
      assignmentVersions: changes.filter((change) => change.type === 'assignment' && change.op !== 'delete').length,
    });
  });

  test('is kept by three coordinators at their own desks, on working days, with reasons', () => {
    expect(new Set(commits.map(({ draft }) => `${draft.author} ${draft.authorName} ${draft.device}`))).toEqual(
      new Set(['ana Ana Lima ana-desk', 'bruno Bruno Costa bruno-laptop', 'carla Carla Nunes carla-desk']),
    );
    const atWeekends = commits.filter(({ draft }) => new Date(draft.at).getUTCDay() % 6 === 0).length;
    expect(atWeekends / commits.length).toBeLessThan(0.02);
    expect(commits.filter(({ draft }) => draft.reason !== undefined).length / commits.length).toBeGreaterThan(0.7);
    const hours = commits.map(({ draft }) => Number(draft.at.slice(11, 13)));
    expect(Math.min(...hours)).toBeGreaterThanOrEqual(13);
    expect(Math.max(...hours)).toBeLessThanOrEqual(22);
    const months = new Set(commits.map(({ draft }) => draft.at.slice(0, 7)));
    expect(months.size).toBe(33);
  });

  test('fills each block in one commit of a schedule run, and publishes it with a tag', () => {
    const runs = commits.filter(({ draft }) => draft.kind === 'generate' && draft.message === 'Block 8 2025: draft 1');
    expect(runs).toHaveLength(1);
    const changes = runs[0]?.draft.changes ?? [];
    expect(changes.filter((change) => change.type === 'assignment' && change.op === 'create')).toHaveLength(27 * 56);
    expect(changes.filter((change) => change.type === 'schedule_run')).toHaveLength(1);
    const tags = steps.flatMap((step) => (step.kind === 'note' && step.note === 'tag' ? [step.text] : []));
    expect(tags).toContain('Published Block 8 2025');
    expect(new Set(tags).size).toBe(tags.length);
  });

  test('swaps inpatient weeks with both people and the record in one commit', () => {
    const swaps = commits.filter(({ draft }) => draft.message.startsWith('Swap: '));
    expect(swaps.length).toBeGreaterThan(50);
    for (const { draft } of swaps) {
      const record = draft.changes.find((change) => change.type === 'swap_record');
      const people = new Set(draft.changes.flatMap((change) => (change.type === 'assignment' ? [change.fields?.['personId']] : [])));
      expect(people).toEqual(new Set([record?.fields?.['sourceFacultyId'], record?.fields?.['targetFacultyId']]));
    }
  });

  test('has branches with work of their own', () => {
    expect(steps.flatMap((step) => (step.kind === 'branch' ? [step.name] : []))).toEqual(['aug-surge', 'try-4-week', 'holiday-weeks']);
    for (const name of ['aug-surge', 'try-4-week', 'holiday-weeks']) {
      expect(commits.filter((step) => step.branch === name).length).toBeGreaterThanOrEqual(3);
    }
  });
});

describe('the roster of now', () => {
  const now = replay();

  test('holds 27 people, six residents a class and nine faculty', () => {
    const { people } = now.window('2026-11-19', '2026-12-16');
    const sizes = Map.groupBy(people, (person) => person.level);
    expect(Object.fromEntries([...sizes].map(([level, each]) => [level, each.length]))).toEqual({
      'PGY-1': 6,
      'PGY-2': 6,
      'PGY-3': 6,
      Faculty: 9,
    });
    expect(new Set(people.map((person) => person.name)).size).toBe(27);
    for (const person of people) expect(person.name).toMatch(/^\p{Lu}[\p{L} -]+, \p{Lu}$/u);
  });

  test('keeps those who left with the days they were there', () => {
    const { people, otherPeople } = now.window('2026-11-19', '2026-12-16');
    expect(otherPeople.length).toBeGreaterThanOrEqual(12);
    const then = now.window('2025-01-16', '2025-02-12');
    expect(then.people).toHaveLength(27);
    expect(then.clashes).toEqual([]);
    expect(then.people.filter((person) => people.every((each) => each.id !== person.id)).length).toBeGreaterThan(6);
  });

  test('has a cell for everybody in every half day of three academic years', () => {
    const { cells } = now.window('2024-07-01', '2027-06-30');
    // Two cells more than half days: the double bookings that wait to be seen.
    expect(cells).toHaveLength(27 * 1_095 * 2 + 2);
  });

  test('has a few open problems ahead and none besides', () => {
    const { clashes } = now.window('2026-07-01', '2027-06-30');
    const rules = Map.groupBy(clashes, (clash) => clash.rule);
    expect(Object.fromEntries([...rules].map(([rule, each]) => [rule, each.length]))).toEqual({
      'double-booking': 2,
      'absence-overlap': 2,
      'coverage-minimum': 4,
    });
    expect(clashes.every((clash) => clash.halfDays.every((half) => half.date > '2026-11-20' && half.date < '2026-12-01'))).toBe(true);
  });

  test('can show every ward and clinic by its code and colour', () => {
    const { rotations, coverage } = now.window('2026-11-19', '2026-11-25');
    const codes = rotations.map((rotation) => textOf(rotation.fields, 'displayAbbreviation'));
    for (const code of ['FMIT', 'NF', 'ICU', 'PW', 'C', 'AT', 'LV', 'W', 'LEC']) expect(codes).toContain(code);
    for (const { fields } of rotations) {
      expect(fields['backgroundColor']).toMatch(/^#[0-9a-f]{6}$/);
      expect(contrast(textOf(fields, 'backgroundColor') ?? '', textOf(fields, 'fontColor') ?? '')).toBeGreaterThan(7);
    }
    expect(new Set(coverage.filter((count) => count.minimum !== null).map((count) => count.code))).toEqual(new Set(['FMIT', 'ICU', 'PW']));
  });
});

test('the past shows the residents’ levels and names of then', () => {
  const spring = replay({}, '2026-06-30T23:59:59.999Z').window('2026-06-04', '2026-06-30');
  const autumn = replay({}, '2026-07-02T23:59:59.999Z').window('2026-07-02', '2026-07-29');
  const levelsInSpring = new Map(spring.people.map((person) => [person.id, person.level]));
  const senior = autumn.people.filter((person) => person.level === 'PGY-3');
  expect(senior).toHaveLength(6);
  for (const person of senior) expect(levelsInSpring.get(person.id)).toBe('PGY-2');
});

function fingerprint(options: SampleOptions): string {
  const hash = createHash('sha256');
  for (const step of sampleCommits(options)) hash.update(JSON.stringify(step));
  return hash.digest('hex');
}

function contrast(left: string, right: string): number {
  const [dark, light] = [luminance(left), luminance(right)].toSorted((a, b) => a - b);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}
