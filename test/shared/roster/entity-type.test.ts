import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RefusedError } from '../../../shared/errors.ts';
import { Fields } from '../../../shared/json.ts';
import {
  checkFields,
  checkImmutable,
  entityTypeOf,
  entityTypes,
  publicTypeOf,
  typeCountsText,
  type Names,
} from '../../../shared/roster/entity-type.ts';
import { isCpf } from '../../../shared/roster/entity-types/patient.ts';

const names: Names = {
  person: (id) => (id === 'lima' ? { name: 'Lima, A', type: 'resident', pgyLevel: 2 } : id === 'souza' ? { name: 'Souza, B' } : undefined),
  rotation: (id) => (id === 'clinic' ? { name: 'Clinic', abbreviation: 'C', clinicLocation: 'Main Clinic' } : undefined),
};

const valid: Readonly<Record<string, Fields>> = {
  assignment: { personId: 'lima', date: '2026-01-15', half: 'AM', rotationId: 'clinic', role: 'primary', tags: ['late', 'moved'] },
  absence: { personId: 'lima', startDate: '2026-01-12', endDate: '2026-01-16', absenceType: 'vacation', status: 'approved' },
  person: { name: 'Lima, A', type: 'resident', pgyLevel: 2, specialties: ['family'], role: 'PGY 2', template: 'R2' },
  rotation: { name: 'Clinic', rotationType: 'outpatient', abbreviation: 'C', coverageMinimum: 2, capacity: 6, backgroundColor: '#dbeafe' },
  schedule_run: { startDate: '2026-01-15', endDate: '2026-02-11', algorithm: 'cp_sat', status: 'success', config: { seed: 7 } },
  swap_record: { sourceFacultyId: 'lima', sourceWeek: '2026-01-16', targetFacultyId: 'souza', swapType: 'absorb', status: 'pending' },
  holiday: { date: '2026-01-19', name: 'Martin Luther King Day', dayType: 'FEDERAL_HOLIDAY' },
  clinic: { name: 'Clínica Norte', cns: '0012345', phone: '(11) 3333-4444', postcode: '01310-100' },
  patient: { name: 'João', cpf: '52998224725', isIncapable: false },
};

function problemsOf(type: string, changes: Record<string, unknown>): readonly string[] {
  const definition = entityTypeOf(type);
  const fields = Fields.parse({ ...valid[type], ...changes });
  return checkFields(definition, definition.normalise(fields)).map((problem) => `${problem.field}: ${problem.problem}`);
}

test('knows nine types that people write, and keeps its own notes apart', () => {
  expect(entityTypes.map((definition) => definition.type).toSorted()).toEqual(Object.keys(valid).toSorted());
  expect(entityTypeOf('note').internal).toBe(true);
  expect(() => publicTypeOf('note')).toThrow(/^Unsupported entity type/);
});

test.each(['ghost', '', '__proto__', 'constructor', 'Person'])('refuses the type “%s”', (type) => {
  expect(() => entityTypeOf(type)).toThrow(RefusedError);
  expect(() => entityTypeOf(type)).toThrow(/^Unsupported entity type/);
});

test('marks what is personal and over which types users may keep views', () => {
  expect(entityTypes.filter((definition) => definition.personal).map((definition) => definition.type)).toEqual(['absence', 'patient']);
  expect(entityTypes.filter((definition) => definition.views).map((definition) => definition.type)).toEqual(['clinic', 'patient']);
  const patient = entityTypeOf('patient');
  expect(Object.values(patient.fields).every((field) => field.personal)).toBe(true);
});

describe.each(Object.keys(valid))('%s', (type) => {
  test('accepts a whole record and finds nothing wrong with it', () => {
    expect(problemsOf(type, {})).toEqual([]);
  });

  test('names every required field that is missing or null', () => {
    const definition = entityTypeOf(type);
    const required = Object.keys(definition.fields).filter((name) => definition.fields[name]?.required);
    expect(checkFields(definition, {}).map((problem) => problem.field)).toEqual(required);
    expect(checkFields(definition, Object.fromEntries(required.map((name) => [name, null]))).map((problem) => problem.field)).toEqual(
      required,
    );
  });

  test('refuses fields that do not exist, also those every object seems to have', () => {
    for (const name of ['ghost', '__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const fields = Fields.parse(JSON.parse(`{"${name}": 1}`));
      expect(checkFields(entityTypeOf(type), fields).map((problem) => problem.field)).toContain(name);
    }
  });

  test('has a label and words for every field, whatever the value', () => {
    const definition = entityTypeOf(type);
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(definition.fields)), fc.jsonValue(), (name, value) => {
        const field = definition.fields[name];
        expect(field?.label).toMatch(/^[A-Z]/);
        expect(typeof field?.text(Fields.parse({ value })['value'] ?? null, names)).toBe('string');
        const problem = field?.check(Fields.parse({ value })['value'] ?? null);
        expect(problem ?? 'It fits.').toMatch(/\.$/);
      }),
      { numRuns: 300 },
    );
  });

  test('is the same after normalising twice as after once, and keeps a record that is already in form', () => {
    const definition = entityTypeOf(type);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(definition.fields)), fc.jsonValue()), (given) => {
        const once = definition.normalise(Fields.parse(given));
        expect(definition.normalise(once)).toEqual(once);
      }),
      { numRuns: 100 },
    );
    const record = valid[type] ?? {};
    expect(definition.normalise(record)).toEqual(record);
  });
});

test('says what does not fit, in short sentences', () => {
  expect(problemsOf('person', { name: 5 })).toEqual(['name: Name must be text.']);
  expect(problemsOf('person', { name: '' })).toEqual(['name: Name must not be empty.']);
  expect(problemsOf('person', { name: ' \t\u00a0' })).toEqual(['name: Name must not be empty.']);
  expect(problemsOf('person', { name: 'x'.repeat(201) })).toEqual(['name: Name can be at most 200 characters long; this has 201.']);
  expect(problemsOf('person', { pgyLevel: 9 })).toEqual(['pgyLevel: PGY level must be between 1 and 8.']);
  expect(problemsOf('person', { pgyLevel: 1.5 })).toEqual(['pgyLevel: PGY level must be a whole number.']);
  expect(problemsOf('person', { type: 'nurse' })).toEqual([
    'type: Type must be one of resident, faculty, med_student, rotating_intern, not “nurse”.',
  ]);
  expect(problemsOf('person', { specialties: ['a', 'a'] })).toEqual(['specialties: Specialties must not hold “a” twice.']);
  expect(problemsOf('person', { name: '\ud800' })).toEqual(['name: Name holds half a character, which cannot be stored.']);
  expect(problemsOf('assignment', { date: '2026-02-30' })).toEqual(['date: Date: there is no day 2026-02-30.']);
  expect(problemsOf('assignment', { date: '0206-02-03' })).toEqual(['date: Date must lie between 1900-01-01 and 2199-12-31.']);
  expect(problemsOf('assignment', { half: 'noon' })).toEqual(['half: Half day must be one of AM, PM, not “noon”.']);
  expect(problemsOf('assignment', { overrideReason: 'x'.repeat(501) })).toHaveLength(1);
  expect(problemsOf('assignment', { tags: 'late' })).toEqual(['tags: Tags must be a list of texts.']);
  expect(problemsOf('person', { startDate: '2026-07-01', endDate: '2026-06-30' })).toEqual([
    'endDate: Last day 2026-06-30 lies before the first day 2026-07-01.',
  ]);
  expect(problemsOf('absence', { endDate: '2026-01-11' })).toEqual(['endDate: Last day 2026-01-11 lies before the first day 2026-01-12.']);
  expect(problemsOf('schedule_run', { config: [] })).toEqual(['config: Configuration must be an object.']);
  expect(problemsOf('schedule_run', { config: JSON.parse('{"a": {"__proto__": 1}}') })).toEqual([
    'config: Configuration must not hold a key named __proto__.',
  ]);
  expect(problemsOf('schedule_run', { runtimeSeconds: 1.234 })).toEqual([
    'runtimeSeconds: Runtime in seconds can have at most 2 decimal places.',
  ]);
  expect(problemsOf('swap_record', { swapType: 'one_to_one' })).toEqual(['targetWeek: A one-to-one swap needs the week that is taken.']);
  expect(problemsOf('swap_record', { rollbackReason: 'too short' })).toHaveLength(1);
  expect(problemsOf('holiday', { dayType: 'PARTY' })).toHaveLength(1);
});

test('takes an emptied form field where nothing is required, and never an empty identifier', () => {
  expect(problemsOf('clinic', { phone: '', postcode: '' })).toEqual([]);
  expect(problemsOf('person', { email: '', notAnEmail: null })).toEqual(['notAnEmail: People have no field “notAnEmail”.']);
  expect(problemsOf('clinic', { cns: '' })).toHaveLength(1);
  expect(problemsOf('patient', { cpf: '' })).toHaveLength(1);
});

test('names at most a hundred problems of a record that has thousands', () => {
  const fields = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`field${index}`, 1]));
  expect(checkFields(entityTypeOf('person'), fields)).toHaveLength(100);
});

test('stores sets in order and instants in UTC', () => {
  expect(entityTypeOf('assignment').normalise({ tags: ['b', 'a'], overrideAcknowledgedAt: '2026-01-15T10:00:00+02:00' })).toEqual({
    tags: ['a', 'b'],
    overrideAcknowledgedAt: '2026-01-15T08:00:00.000Z',
  });
});

test('keeps identifiers as digits, leading zeros included, and refuses those that are nobody’s', () => {
  expect(entityTypeOf('clinic').normalise({ cns: '001.2345' })).toEqual({ cns: '0012345' });
  expect(problemsOf('clinic', { cns: '12345' })).toEqual(['cns: Clinic id must be exactly 7 digits, leading zeros included.']);
  expect(problemsOf('clinic', { cns: 12_345 })).toEqual(['cns: Clinic id must be text.']);
  expect(entityTypeOf('patient').normalise({ cpf: '529.982.247-25' })).toEqual({ cpf: '52998224725' });
  expect(problemsOf('patient', { cpf: '529.982.247-25' })).toEqual([]);
  expect(problemsOf('patient', { cpf: '11111111111' })).toEqual(['cpf: CPF must not be eleven equal digits.']);
  expect(problemsOf('patient', { cpf: '52998224724' })).toEqual(['cpf: CPF is mistyped: its check digits do not agree.']);
  expect(problemsOf('patient', { cpf: 'abc52998224725' })).toEqual(['cpf: CPF must be 11 digits, with or without punctuation.']);
});

// A wrong check digit that goes through silently makes a second person, so any other last digit must be refused.
test('accepts the right check digits of a CPF and no others', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999 }), fc.integer({ min: 0, max: 99 }), (root, end) => {
      const cpf = withCheckDigits(String(root).padStart(9, '0'));
      fc.pre(!/^(\d)\1{10}$/.test(cpf));
      expect(isCpf(cpf)).toBe(true);
      const other = cpf.slice(0, 9) + String(end).padStart(2, '0');
      expect(isCpf(other)).toBe(other === cpf);
    }),
  );
});

test('lets identifiers be set once', () => {
  const clinic = entityTypeOf('clinic');
  expect(checkImmutable(clinic, { name: 'A', cns: '0012345' }, { name: 'B', cns: '0012345' })).toEqual([]);
  expect(checkImmutable(clinic, { cns: '0012345' }, { cns: '0012346' })).toEqual([
    { field: 'cns', problem: 'Clinic id was set once and cannot change.' },
  ]);
  expect(checkImmutable(clinic, { cns: '0012345' }, {})).toHaveLength(1);
  expect(checkImmutable(clinic, {}, { cns: '0012345' })).toEqual([]);
});

test('says things with names and codes instead of ids', () => {
  const lines = Object.keys(valid).map((type) => {
    const definition = entityTypeOf(type);
    const fields = valid[type] ?? {};
    return `${definition.title(fields, names)} | ${definition.text(fields, names)}`;
  });
  expect(lines).toEqual([
    'Lima, A, Thu 2026-01-15 AM | Clinic (C), Main Clinic, primary',
    'Lima, A, vacation Mon 2026-01-12 to Fri 2026-01-16 | vacation Mon 2026-01-12 to Fri 2026-01-16, approved',
    'Lima, A | Lima, A, PGY-2',
    'Clinic | Clinic (C)',
    'Schedule run 2026-01-15 to 2026-02-11 | Schedule run 2026-01-15 to 2026-02-11, CP-SAT, success',
    'Swap of Lima, A and Souza, B | Lima, A gives the week of Fri 2026-01-16 to Souza, B, pending',
    'Martin Luther King Day, Mon 2026-01-19 | Martin Luther King Day',
    'Clínica Norte | Clínica Norte, (11) 3333-4444',
    'João | João',
  ]);
});

test('says what a cell shows: the activity, its rotation where that is something else, or that it is unassigned', () => {
  const { text } = entityTypeOf('assignment');
  expect(text({ activity: 'LEC', rotationId: 'clinic' }, names)).toBe('Lecture (LEC), Clinic, Main Clinic');
  expect(text({ activity: 'C', rotationId: 'clinic' }, names)).toBe('Clinic (C), Main Clinic');
  expect(text({ activity: 'own code', location: 'North' }, names)).toBe('own code, North');
  expect(text({ rotationId: 'gone' }, names)).toBe('unknown rotation');
  expect(text({}, names)).toBe('Unassigned');
});

test('puts single values into words', () => {
  const { fields } = entityTypeOf('assignment');
  const texts = [
    fields['personId']?.text('lima', names),
    fields['personId']?.text('ghost', names),
    fields['rotationId']?.text('clinic', names),
    fields['date']?.text('2026-01-15', names),
    fields['source']?.text('solver', names),
    fields['tags']?.text(['a', 'b'], names),
    fields['explain']?.text({ b: 1, a: [true] }, names),
    entityTypeOf('absence').fields['isBlocking']?.text(true, names),
    fields['notes']?.text(null, names),
  ];
  expect(texts).toEqual(['Lima, A', 'unknown person', 'Clinic', 'Thu 2026-01-15', 'generated', 'a, b', 'a: yes; b: 1', 'yes', '']);
});

test('knows where assignments and absences stand in the grid', () => {
  expect(entityTypeOf('assignment').axes({ personId: 'lima', date: '1970-01-02', half: 'PM' })).toEqual({
    subject: 'lima',
    from: 3,
    to: 3,
  });
  expect(entityTypeOf('absence').axes({ personId: 'lima', startDate: '1970-01-02', endDate: '1970-01-03' })).toEqual({
    subject: 'lima',
    from: 2,
    to: 5,
  });
  expect(entityTypeOf('assignment').axes({ personId: 'lima', date: '2026-02-30', half: 'PM' })).toBeNull();
  expect(entityTypeOf('person').axes({ name: 'Lima' })).toBeNull();
});

test('counts records in words, assignments first', () => {
  expect(
    typeCountsText([
      { type: 'absence', create: 0, update: 1, delete: 0 },
      { type: 'assignment', create: 1, update: 1, delete: 1 },
    ]),
  ).toBe('3 assignments, 1 absence');
  expect(typeCountsText({ person: 2, rotation: 0 })).toBe('2 people');
  expect(typeCountsText([])).toBe('no changes');
});

function withCheckDigits(root: string): string {
  const first = checkDigit(root, 10);
  return root + first + checkDigit(root + first, 11);
}

function checkDigit(digits: string, weight: number): string {
  const sum = Array.from(digits).reduce((total, digit, index) => total + Number(digit) * (weight - index), 0);
  const rest = sum % 11;
  return String(rest < 2 ? 0 : 11 - rest);
}
