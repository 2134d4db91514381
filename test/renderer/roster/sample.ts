import { EntityId, VersionHash } from '../../../shared/ids.ts';
import type { Fields } from '../../../shared/json.ts';
import type { EntityRecord, WindowRecords } from '../../../shared/roster/window.ts';
import { buildModel, type RosterModel } from '../../../renderer/features/roster/roster-model.ts';
import { buildChunkedWindow } from '../../../renderer/features/roster/window-chunks.ts';

let versions = 0;

/** A record as the engine would answer it; every one has a version of its own. */
export function recordOf(type: string, id: string, fields: Fields): EntityRecord {
  versions += 1;
  return { type, id: EntityId.parse(id), version: VersionHash.parse(versions.toString(16).padStart(64, '0')), fields };
}

export function assignmentOf(id: string, personId: string, date: string, half: 'AM' | 'PM', activity: string): EntityRecord {
  return recordOf('assignment', id, { personId, date, half, activity, role: 'primary' });
}

/** Three people in the first week of August 2026; Lima has ICU on Monday, Souza twice something on Tuesday morning. */
export function smallRecords(more: Partial<WindowRecords> = {}): WindowRecords {
  return {
    from: '2026-08-03',
    to: '2026-08-09',
    people: [
      recordOf('person', 'lima', { name: 'Lima, A', type: 'resident', pgyLevel: 1 }),
      recordOf('person', 'souza', { name: 'Souza, J', type: 'resident', pgyLevel: 2 }),
      recordOf('person', 'prado', { name: 'Prado, M', type: 'faculty' }),
    ],
    rotations: [recordOf('rotation', 'icu', { name: 'Intensive Care', displayAbbreviation: 'ICU', coverageMinimum: 1 })],
    holidays: [],
    absences: [],
    assignments: [
      assignmentOf('l1', 'lima', '2026-08-03', 'AM', 'ICU'),
      assignmentOf('l2', 'lima', '2026-08-03', 'PM', 'ICU'),
      assignmentOf('s1', 'souza', '2026-08-04', 'AM', 'C'),
      assignmentOf('s2', 'souza', '2026-08-04', 'AM', 'LEC'),
    ],
    ...more,
  };
}

export function modelOf(records: WindowRecords, previous: RosterModel | null = null): RosterModel {
  return buildModel(buildChunkedWindow(records, previous?.window ?? null), previous);
}
