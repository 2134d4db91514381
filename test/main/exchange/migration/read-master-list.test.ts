import { expect, test } from 'vitest';
import { planMigration, type MigrationState } from '../../../../main/exchange/migration/plan-migration.ts';
import { readMasterList } from '../../../../main/exchange/migration/read-master-list.ts';
import { RefusedError } from '../../../../shared/errors.ts';
import { makeWorkbook, type TestSheet } from '../make-workbook.ts';

const csv = (text: string, name = 'list.csv') => ({ name, bytes: new TextEncoder().encode(text) });
const xlsx = (...sheets: TestSheet[]) => ({ name: 'list.xlsx', bytes: makeWorkbook(sheets) });

const nothingThere: MigrationState = {
  users: [
    { userId: 'ana', name: 'Ana Lima' },
    { userId: 'bruno', name: 'Bruno São João' },
  ],
  masterOf: () => null,
  linkOf: () => 'none',
  versionsOf: () => 0,
  hasView: () => false,
};

const problemsOf = (text: string, type = 'clinic') =>
  planMigration(readMasterList(csv(text), { type }), type, nothingThere).report.issues.map(({ row, problem }) => `${row} ${problem}`);

test('columns are known by the field, its label and what the programs before called it, whatever the case, accents and blanks', () => {
  const list = readMasterList(
    csv(
      ' NOME_CLINICA ;Clinic  Id;Logradouro;logradouro_num;CIDADE;Bairro;CEP;Telefone Clínica;Usuário;criado_em\nA;0012345;R;1;S;B;11010-000;1333334444;ana;2020',
    ),
    { type: 'clinic' },
  );
  expect(list.columns.map(({ reads }) => reads)).toEqual([
    'Name',
    'Clinic id',
    'Street',
    'Number',
    'City',
    'District',
    'Postcode',
    'Telephone',
    'User',
  ]);
  expect(list.unread).toEqual(['criado_em']);
  expect(list.rows).toMatchObject([{ row: 2, identifier: '0012345', fields: { name: 'A', streetNumber: '1' }, users: ['ana'] }]);
});

test('a patient is read with all the fields of the programs before', () => {
  const names =
    'nome_paciente,cpf_paciente,idade,sexo,nome_mae,incapaz,nome_responsavel,rg,peso,altura,escolha_etnia,cns_paciente,email_paciente,cidade_paciente,end_paciente,cep_paciente,telefone1_paciente,telefone2_paciente,etnia,user_email';
  const [row] = readMasterList(
    csv(
      `${names}\nRosa,529.982.247-25,43,F,Iara,Sim,NULL,1-2,70.5,170,x,898,r@x.org,Santos,Rua A,11010-000,(13) 3333-4444,\\N,y,ana@x.org`,
    ),
    { type: 'patient' },
  ).rows;
  expect(row?.fields).toEqual({
    name: 'Rosa',
    age: '43',
    sex: 'F',
    motherName: 'Iara',
    isIncapable: true,
    stateId: '1-2',
    weight: '70.5',
    height: '170',
    ethnicityChoice: 'x',
    healthCard: '898',
    email: 'r@x.org',
    city: 'Santos',
    address: 'Rua A',
    postcode: '11010-000',
    phone1: '(13) 3333-4444',
    ethnicity: 'y',
  });
  expect(row?.users).toEqual(['ana@x.org']);
});

test('a number cell gets its leading zeros back, and a text with too few digits does not', () => {
  const list = readMasterList(
    xlsx({
      rows: [
        ['cns', 'name', 'cep', 'user'],
        [12345, 'A', 1310100, 'ana'],
        ['12345', 'B', null, 'ana'],
      ],
    }),
    {
      type: 'clinic',
    },
  );
  expect(list.rows.map(({ identifier }) => identifier)).toEqual(['0012345', '12345']);
  expect([list.padded, list.rows[0]?.fields['postcode']]).toEqual([1, '01310100']);
  const script = readMasterList(csv('cpf,name,user\n1234567890.0,A,ana\n'), { type: 'patient' });
  expect([script.rows[0]?.identifier, script.padded]).toEqual(['01234567890', 1]);
});

test('records and links may stand on two sheets, one below the other, or be joined by the numbers of another system', () => {
  const masters = [
    ['id', 'nome_clinica', 'cns_clinica'],
    [7, 'Norte', '0012345'],
    [8, 'Sul', '7654321'],
  ];
  const links = [
    ['id', 'clinica_id', 'usuario_id'],
    [1, 7, 'ana'],
    [2, 8, 'bruno'],
    [3, 9, 'ana'],
    [4, 7, null],
  ];
  const byKey = readMasterList(xlsx({ name: 'clinicas', rows: masters }, { name: 'usuarios', rows: links.map((row) => row.slice(1)) }), {
    type: 'clinic',
  });
  const plan = planMigration(byKey, 'clinic', nothingThere);
  expect(plan.links.map(({ user, identifier }) => `${user} ${identifier}`)).toEqual(['ana 0012345', 'bruno 7654321']);
  expect(plan.report).toMatchObject({ sheet: null, masters: { created: 2 }, links: { created: 2 }, skipped: 2 });
  expect(plan.report.issues).toMatchObject([
    { sheet: 'usuarios', row: 4, problem: 'no-master' },
    { sheet: 'usuarios', row: 5, problem: 'no-user' },
  ]);
  const below = planMigration(
    readMasterList(csv('cns,name\n0012345,Norte\n7654321,Sul\n\ncns,user\n0012345,ana\n7654321,ana\n0000001,ana\n'), { type: 'clinic' }),
    'clinic',
    nothingThere,
  );
  expect(below.report).toMatchObject({ masters: { created: 2 }, links: { created: 2 }, issues: [{ row: 8, problem: 'no-master' }] });
});

test('every row that is not taken is named with its row and why', () => {
  const list = [
    'cns,name,phone,user',
    '0012345,Norte,(13) 3333-4444,ana',
    '0012345,Norte,(13) 3333-4444,ana',
    '0012345,Nord,(13) 3333-4444,bruno',
    '12-345,Norte,,ana',
    ',Norte,,ana',
    '7654321,Sul,,',
    '7654321,Sul,,zoe',
    '7654321,Sul,call me,ana',
    '7654322,,,ana',
    '7654323,Leste,,BRUNO SAO JOAO',
    ',,,',
  ].join('\n');
  expect(problemsOf(list)).toEqual([
    '3 doubled',
    '4 differs',
    '5 bad-identifier',
    '6 no-identifier',
    '7 no-user',
    '8 unknown-user',
    '9 bad-field',
    '10 no-master',
  ]);
  const { report, masters, links } = planMigration(readMasterList(csv(list), { type: 'clinic' }), 'clinic', nothingThere);
  expect([masters.length, links.length, report.rows, report.skipped]).toEqual([2, 3, 10, 7]);
  expect(masters.map(({ fields }) => fields['name'])).toEqual(['Norte', 'Leste']);
  expect(report.issues[1]?.text).toBe('Name: another value than in row 2. The record keeps what was registered first.');
  expect(JSON.stringify(report.issues)).not.toContain('Nord');
});

test('a row without the required fields is a link where another row describes the record, and is reported where none does', () => {
  expect(problemsOf('cns,name,city,user\n0012345,,Santos,ana\n0012345,Norte,,bruno\n7654321,,Santos,ana')).toEqual(['4 missing-field']);
});

test('a user is found by id before name, and a name that two have is nobody’s', () => {
  const users = [
    { userId: 'a1', name: 'Ana' },
    { userId: 'a2', name: 'ANÁ' },
    { userId: 'Ana', name: 'Other' },
  ];
  const list = readMasterList(csv('cns,name,user\n0012345,N,Ana\n0012345,N,ana\n0012345,N,aná\n0012345,N,A2'), { type: 'clinic' });
  const { report, links } = planMigration(list, 'clinic', { ...nothingThere, users });
  expect(links.map(({ user }) => user)).toEqual(['Ana', 'a2']);
  expect(report.issues.map(({ row, problem }) => `${row} ${problem}`)).toEqual(['3 doubled', '4 unknown-user']);
});

test('a file without the identifier, with nothing in it, or with more than is read is refused in words', () => {
  const refusal = (work: () => unknown): RefusedError => {
    try {
      work();
    } catch (error) {
      if (error instanceof RefusedError) return error;
      throw error;
    }
    throw new Error('it was not refused');
  };
  const noIdentifier = refusal(() => readMasterList(csv('nome,usuario\nA,ana'), { type: 'clinic' }));
  expect([noIdentifier.code, noIdentifier.data['reason']]).toEqual(['INVALID', 'no-identifier']);
  expect(noIdentifier.message).toContain('cns_clinica');
  expect(refusal(() => readMasterList(csv('cns,user\n0012345,ana'), { type: 'patient' })).data['reason']).toBe('no-identifier');
  expect(refusal(() => readMasterList(csv(''), { type: 'clinic' })).data['reason']).toBe('empty');
  expect(refusal(() => readMasterList(csv('%PDF-1.7'), { type: 'clinic' })).message).toBe(
    '“list.csv” is a PDF, not a workbook. Ask for the list as .xlsx or .csv.',
  );
  expect(refusal(() => readMasterList(csv('cns\n1'), { type: 'clinic', sheet: 'nowhere' })).code).toBe('NOT_FOUND');
  const endless = `cns,name\n${'0012345,A\n'.repeat(200_001)}`;
  expect(refusal(() => readMasterList(csv(endless), { type: 'clinic' })).data['reason']).toBe('too-large');
});
