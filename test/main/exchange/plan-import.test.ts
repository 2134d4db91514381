import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planImport } from '../../../main/exchange/plan-import.ts';
import { readRota } from '../../../main/exchange/read-rota.ts';
import type { BranchEntity, ImportPlan, ImportState, RotaDecisions, RotaReading } from '../../../main/exchange/rota.ts';
import { checkFields, entityTypeOf } from '../../../shared/roster/entity-type.ts';
import { applyPlan, countingIds, emptyState } from './branch-kit.ts';
import { daysFrom } from './make-workbook.ts';

const rota = 'Name,Role,2026-02-12 AM,2026-02-12 PM,2026-02-13 AM,2026-02-13 PM\nAna,PGY 1,C,NF,,LV\nRui,FAC,AT,AT,GME,\n';
const ana = { id: 'ana', fields: { name: ' ana ', type: 'resident', pgyLevel: 1, role: 'PGY 1', email: 'ana@example.org' } };

describe('on an empty programme', () => {
  test('makes the people and the cells that say something, valid as they are', () => {
    const { changes } = plan(rota);
    expect(changes.map(({ op, type, fields }) => [op, type, { ...fields, personId: undefined }])).toEqual([
      ['create', 'person', { name: 'Ana', type: 'resident', pgyLevel: 1, role: 'PGY 1' }],
      ['create', 'person', { name: 'Rui', type: 'faculty', role: 'FAC' }],
      ...['2026-02-12 AM C', '2026-02-12 PM NF', '2026-02-13 PM LV', '2026-02-12 AM AT', '2026-02-12 PM AT', '2026-02-13 AM GME'].map(
        (text) => {
          const [date, half, activity] = text.split(' ');
          return ['create', 'assignment', { date, half, activity, source: 'import' }];
        },
      ),
    ]);
    for (const { type, fields } of changes) expect(checkFields(entityTypeOf(type), fields ?? {})).toEqual([]);
    expect(new Set(changes.slice(2, 5).map(({ fields }) => fields?.['personId']))).toEqual(new Set([changes[0]?.id]));
  });

  test('shows each person with the half days the row covers and fills', () => {
    expect(plan(rota).preview.people.map((person) => ({ ...person, id: '' }))).toEqual([
      { id: '', row: 2, name: 'Ana', group: 'Residents', role: 'PGY 1', template: '', halfDays: 4, filled: 3, match: 'new' },
      { id: '', row: 3, name: 'Rui', group: 'Faculty', role: 'FAC', template: '', halfDays: 4, filled: 3, match: 'new' },
    ]);
  });
});

describe('against what is on the branch', () => {
  test('the file is the truth for its people and half days, and for nothing else', () => {
    const before = stateOf(
      [ana],
      [
        cell('same', 'ana', '2026-02-12', 'AM', { activity: 'C', notes: 'kept' }),
        cell('other', 'ana', '2026-02-12', 'PM', { activity: 'FMIT', location: 'Ward' }),
        cell('gone', 'ana', '2026-02-13', 'AM', { activity: 'C' }),
        cell('outside', 'ana', '2026-02-14', 'AM', { activity: 'C' }),
        cell('somebody', 'zoe', '2026-02-12', 'AM', { activity: 'C' }),
      ],
    );
    const { changes, preview } = plan('Name,Role,2026-02-12 AM,2026-02-12 PM,2026-02-13 AM\nAna,PGY 2,C,NF,\n', before);
    expect(changes).toEqual([
      { op: 'update', type: 'person', id: 'ana', fields: { pgyLevel: 2, role: 'PGY 2' } },
      { op: 'update', type: 'assignment', id: 'other', fields: { activity: 'NF', source: 'import' } },
      { op: 'delete', type: 'assignment', id: 'gone' },
    ]);
    expect({ ...preview.totals, unchanged: preview.unchanged }).toEqual({ added: 0, changed: 2, removed: 1, unchanged: 1 });
  });

  test('a rotation that shows the code of the file is no change', () => {
    const before = {
      ...stateOf([ana], [cell('one', 'ana', '2026-02-12', 'AM', { rotationId: 'r' })]),
      rotations: [{ id: 'r', fields: { name: 'Sports clinic', abbreviation: 'SPC' } }],
    };
    const again = plan('Name,Role,2026-02-12 AM,2026-02-12 PM\nAna,PGY 1,SPC,SPC\n', before);
    expect([again.preview.questions, again.changes.map(({ op, fields }) => [op, fields?.['half'], fields?.['activity']])]).toEqual([
      [],
      [['create', 'PM', 'SPC']],
    ]);
  });

  test('of two assignments in one cell the one that agrees stays', () => {
    const before = stateOf(
      [ana],
      [cell('x', 'ana', '2026-02-12', 'AM', { activity: 'LV' }), cell('y', 'ana', '2026-02-12', 'AM', { activity: 'C' })],
    );
    expect(plan('Name,Role,2026-02-12 AM,2026-02-12 PM\nAna,PGY 1,C,\n', before).changes).toEqual([
      { op: 'delete', type: 'assignment', id: 'x' },
    ]);
  });

  test('a name finds its person by group, also where somebody typed neither type nor role', () => {
    const people = [
      { id: 'f-resident', fields: { name: 'F', type: 'resident' } },
      { id: 'f-faculty', fields: { name: 'f', type: 'faculty' } },
      { id: 'g-typed', fields: { name: 'G' } },
    ];
    const { preview } = plan('Name,Role,2026-02-12,2026-02-13\nF,PGY 2,C,C\nF,FAC,AT,AT\nF,MS3,C,C\nG,FAC,AT,AT\n', stateOf(people, []));
    expect(preview.people.map(({ match, id }) => (match === 'existing' ? id : match))).toEqual([
      'f-resident',
      'f-faculty',
      'new',
      'g-typed',
    ]);
  });

  test('a name of somebody who has left, or comes later, is somebody new', () => {
    const people = [
      { id: 'left', fields: { name: 'Ana', type: 'resident', endDate: '2026-02-11' } },
      { id: 'later', fields: { name: 'Rui', type: 'faculty', startDate: '2026-02-14' } },
      { id: 'leaving', fields: { name: 'Kim', type: 'resident', endDate: '2026-02-12' } },
    ];
    const { preview } = plan(`${rota}Kim,PGY 1,C,C,C,C\n`, stateOf(people, []));
    expect(preview.people.map(({ name, match }) => [name, match])).toEqual([
      ['Ana', 'new'],
      ['Rui', 'new'],
      ['Kim', 'existing'],
    ]);
  });

  test('two of one name and kind keep their own rows when the file comes again', () => {
    const twins = 'Name,Role,2026-02-12,2026-02-13\nKim,PGY 2,C,C\nKim,PGY 2,NF,NF\n';
    const state = applyPlan(emptyState, plan(twins));
    expect(plan(twins, { ...state, people: state.people.toReversed() }).changes).toEqual([]);
  });
});

describe('codes', () => {
  const unknown = 'Name,2026-02-12,2026-02-13\nAna,Optho,Ophtho\nRui,Ophtho,c\n';

  test('that nobody knows are asked about, with the one they may mean', () => {
    const { preview } = plan(unknown);
    expect(preview.codes).toEqual([
      { code: 'Ophtho', count: 4, known: false, decision: 'open', mapsTo: null },
      { code: 'Optho', count: 2, known: false, decision: 'open', mapsTo: null },
      { code: 'c', count: 2, known: true, decision: 'known', mapsTo: null },
    ]);
    expect(preview.questions).toEqual(['Ophtho', 'Optho']);
    expect(
      preview.issues
        .filter(({ kind }) => kind === 'unknown-code')
        .map(({ where, severity, data }) => [where, severity, data?.['suggestion']]),
    ).toEqual([
      ['C2', 'error', null],
      ['B2', 'error', 'Ophtho'],
    ]);
  });

  test('are kept, mapped or left out as decided, each on its own', () => {
    const decisions: RotaDecisions = { codes: { Ophtho: { use: 'keep' }, Optho: { use: 'map', code: 'Ophtho' }, c: { use: 'skip' } } };
    const before = stateOf([{ id: 'rui', fields: { name: 'Rui' } }], [cell('kept', 'rui', '2026-02-13', 'AM', { activity: 'LV' })]);
    const { changes, preview } = plan(unknown, before, decisions);
    expect(preview.questions).toEqual([]);
    expect(changes.filter(({ type }) => type === 'assignment').map(({ fields }) => fields?.['activity'])).toEqual(
      Array.from({ length: 6 }, () => 'Ophtho'),
    );
    expect(plan(unknown, emptyState, { keepAllCodes: true }).preview.codes.map(({ decision }) => decision)).toEqual([
      'keep',
      'keep',
      'known',
    ]);
  });

  test('in use on the branch are known', () => {
    expect(plan(unknown, { ...emptyState, codes: ['Ophtho', 'Optho'] }).preview.questions).toEqual([]);
  });
});

describe('calls', () => {
  const withCalls =
    'Name,Role,2026-02-12 AM,2026-02-12 PM,2026-02-13 AM,2026-02-13 PM\nStaff call,,Rui,Rui,Zoe,\nRui,FAC,AT,AT,GME,GME\nAna,PGY 1,C,C,C,C\n';
  const tagsOf = (state: ImportState) =>
    state.assignments.flatMap(({ fields: { date, half, tags } }) =>
      Array.isArray(tags) && typeof date === 'string' && typeof half === 'string' ? [`${date} ${half} ${tags.join()}`] : [],
    );

  test('are told about, and become tags only when asked', () => {
    const silent = plan(withCalls);
    expect(silent.preview.issues.map(({ kind, where, text }) => [kind, where, text])).toEqual([
      [
        'call-row',
        'row 2',
        '“Staff call” says who is on call on 2 days. They are not imported unless you ask for it: then each becomes a tag on the afternoon of whom it names.',
      ],
    ]);
    expect(tagsOf(applyPlan(emptyState, silent))).toEqual([]);
    const asked = plan(withCalls, emptyState, { callRows: true });
    expect(asked.preview.issues[0]?.text).toContain(
      '1 of them become the tag “Staff call” on the afternoon of whom they name. Not taken: E2 “Zoe” names nobody of this rota.',
    );
    expect(tagsOf(applyPlan(emptyState, asked))).toEqual(['2026-02-12 PM Staff call']);
  });

  test('move with the file and leave other tags alone', () => {
    const first = applyPlan(emptyState, plan(withCalls, emptyState, { callRows: true }));
    const marked = {
      ...first,
      assignments: first.assignments.map(({ id, fields }) => ({
        id,
        fields: { ...fields, tags: ['a mark', ...(Array.isArray(fields['tags']) ? fields['tags'] : [])] },
      })),
    };
    const moved = applyPlan(marked, plan(withCalls.replace('Rui,Rui,Zoe', ',,Rui'), marked, { callRows: true }));
    expect(tagsOf(moved).filter((text) => text.includes('call'))).toEqual(['2026-02-13 PM Staff call,a mark']);
    expect(tagsOf(moved)).toHaveLength(8);
    expect(plan(withCalls, moved).changes).toEqual([]);
  });
});

/**
 * An import must be repeatable without a trace: coordinators import the same file several times a day to be sure. If anything of it were
 * not recognised the second time, every import would make people twice or versions that say nothing.
 */
test('importing any file twice changes nothing the second time, and the branch then says what the file says', () => {
  const name = fc.constantFrom('Ana', 'ANA', 'Rui', 'Kim', 'F', 'Zoe');
  const role = fc.constantFrom('PGY 1', 'PGY 2', 'FAC', 'ADJ', 'MS3', 'BHC', '');
  const code = fc.constantFrom('', '', 'C', 'NF', 'Optho', 'uro', 'Uro');
  const file = fc
    .array(fc.record({ name, role, codes: fc.array(code, { minLength: 4, maxLength: 4 }) }), { minLength: 1, maxLength: 7 })
    .map((people) =>
      [
        ['Name', 'Role', ...daysFrom('2026-02-12', 2).flatMap((date) => [`${date} AM`, `${date} PM`])],
        ['Anchor', 'PGY 3', 'C', 'C', 'C', 'C'],
        ...people.map((person) => [person.name, person.role, ...person.codes]),
      ]
        .map((cells) => cells.join(','))
        .join('\n'),
    );
  fc.assert(
    fc.property(file, file, (first, second) => {
      let state = applyPlan(emptyState, plan(first, emptyState, { keepAllCodes: true }));
      state = applyPlan(state, plan(second, state, { keepAllCodes: true }, 1_000));
      const again = plan(second, state, {}, 2_000);
      expect([again.changes, again.preview.questions]).toEqual([[], []]);
      const reading = read(second);
      for (const [index, { id }] of again.preview.people.entries())
        for (const each of reading.people[index]?.cells ?? []) {
          const standing = state.assignments.filter(
            ({ fields }) => fields['personId'] === id && fields['date'] === each.date && fields['half'] === each.half,
          );
          expect(standing.map(({ fields }) => fields['activity'])).toEqual(each.kind === 'code' ? [each.code] : []);
        }
    }),
    { numRuns: 200 },
  );
});

function read(text: string): RotaReading {
  return readRota({ name: 'rota.csv', bytes: Buffer.from(text) });
}

function plan(text: string, state: ImportState = emptyState, decisions: RotaDecisions = {}, start = 0): ImportPlan {
  return planImport(read(text), state, decisions, countingIds(start));
}

function stateOf(people: readonly BranchEntity[], assignments: readonly BranchEntity[]): ImportState {
  return { ...emptyState, people, assignments };
}

function cell(id: string, personId: string, date: string, half: 'AM' | 'PM', fields: BranchEntity['fields']): BranchEntity {
  return { id, fields: { personId, date, half, ...fields } };
}
