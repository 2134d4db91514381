import { expect, test } from 'vitest';
import { SeenRecord } from '../../../shared/contract/app/views.ts';
import { nameByClinics } from '../../../renderer/position/clinic-names.ts';

function seenClinic(id: string, identifier: string, shared: string, mine: string | null): SeenRecord {
  return SeenRecord.parse({
    type: 'clinic',
    id,
    identifier,
    masked: false,
    title: mine ?? shared,
    fields: { name: mine ?? shared, cns: identifier },
    origins: { name: mine === null ? 'shared' : 'own', cns: 'shared' },
    source: mine === null ? 'shared' : 'own',
    version: null,
    shared: { version: '0'.repeat(64), fields: { name: shared, cns: identifier } },
    drifted: false,
  });
}

const nameOf = nameByClinics([
  seenClinic('norte', '0012345', 'Clínica Norte', 'Posto da Ana'),
  seenClinic('sul', '7654321', 'Clínica Sul', null),
  seenClinic('twin-1', '1111111', 'Posto', null),
  seenClinic('twin-2', '2222222', 'posto', null),
]);

test('a place names a clinic by its id, its digits or its shared name, and is called as the view calls it', () => {
  const own = { name: 'Posto da Ana', isOwn: true };
  expect(['clinica  NORTE', '0012345', '001.2345', 'norte'].map(nameOf)).toEqual([own, own, own, own]);
  expect(nameOf('Clínica Sul')).toEqual({ name: 'Clínica Sul', isOwn: false });
});

test('an own name, a name that two clinics share, and no place at all name nothing', () => {
  expect(['Posto da Ana', 'Posto', '', null, undefined, 7].map(nameOf)).toEqual([null, null, null, null, null, null]);
  expect(nameOf('2222222')).toEqual({ name: 'posto', isOwn: false });
});
