import { EntityId, VersionHash } from '../../../shared/ids.ts';
import type { Fields } from '../../../shared/json.ts';
import type { EntityRecord, WindowRecords } from '../../../shared/roster/entity-record.ts';
import { readRosterState } from '../../../shared/roster/roster-state.ts';
import { toClash, type Clash, type Rule } from '../../../shared/roster/rules/clash.ts';

/** A record as it stands in a roster. The version follows from the number, so that two records of one entity can be told apart. */
export function makeRecord(type: string, id: string, fields: Fields, version = 1): EntityRecord {
  return { type, id: EntityId.parse(id), version: VersionHash.parse(version.toString(16).padStart(64, '0')), fields };
}

export function person(id: string, fields: Fields = {}): EntityRecord {
  return makeRecord('person', id, { name: id, type: 'resident', pgyLevel: 2, ...fields });
}

export function faculty(id: string, fields: Fields = {}): EntityRecord {
  return makeRecord('person', id, { name: id, type: 'faculty', ...fields });
}

export function rotation(id: string, fields: Fields = {}): EntityRecord {
  return makeRecord('rotation', id, { name: id, ...fields });
}

export function absence(id: string, personId: string, startDate: string, endDate: string, fields: Fields = {}): EntityRecord {
  return makeRecord('absence', id, { personId, startDate, endDate, absenceType: 'vacation', ...fields });
}

/** A cell: `cell('lima', '2026-01-15 AM', 'C')`. Its id says where it stands; `twin` makes another one there. */
export function cell(personId: string, at: string, activity: string | null, fields: Fields = {}, twin = ''): EntityRecord {
  const [date = '', half = ''] = at.split(' ');
  return makeRecord('assignment', `${personId}-${date}-${half}${twin}`, {
    personId,
    date,
    half,
    ...(activity === null ? {} : { activity }),
    ...fields,
  });
}

/** A roster of the Thursday 2026-01-15 and the three weeks after it, holding what is given and nothing else. */
export function roster(parts: Partial<WindowRecords>): WindowRecords {
  return { from: '2026-01-15', to: '2026-02-04', people: [], assignments: [], absences: [], rotations: [], holidays: [], ...parts };
}

/** What a rule finds in a roster. */
export function find(rule: Rule, parts: Partial<WindowRecords>): readonly Clash[] {
  return rule.find(readRosterState(roster(parts))).map(toClash);
}

export function texts(clashes: readonly Clash[]): readonly string[] {
  return clashes.map((clash) => clash.text);
}
