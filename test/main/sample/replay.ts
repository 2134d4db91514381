import { expect } from 'vitest';
import { sampleCommits, type SampleOptions } from '../../../main/sample/sample-commits.ts';
import { EntityId, VersionHash } from '../../../shared/ids.ts';
import type { Fields } from '../../../shared/json.ts';
import type { EntityRecord } from '../../../shared/roster/entity-record.ts';
import { buildWindow, type WindowModel } from '../../../shared/roster/window.ts';

/** What main holds after some of a generated history: every record by type and id. */
export interface Replayed {
  readonly records: ReadonlyMap<string, ReadonlyMap<string, Fields>>;
  window(from: string, to: string): WindowModel;
}

/** Plays a branch's commits into plain maps, up to and including an instant. Fails on an operation that does not fit what is there. */
export function replay(options: SampleOptions = {}, until = '9999'): Replayed {
  const records = new Map<string, Map<string, Fields>>();
  for (const step of sampleCommits(options)) {
    if (step.kind !== 'commit' || step.branch !== 'main' || step.draft.at > until) continue;
    for (const { type, id, op, fields } of step.draft.changes) {
      const ofType = records.get(type) ?? new Map<string, Fields>();
      records.set(type, ofType);
      expect(ofType.has(id), `${op} of ${type} ${id} in “${step.draft.message}”`).toBe(op !== 'create');
      if (fields === null) ofType.delete(id);
      else ofType.set(id, fields);
    }
  }
  return { records, window: (from, to) => buildWindow({ from, to, ...readAll(records) }) };
}

const version = VersionHash.parse('0'.repeat(64));

function readAll(records: ReadonlyMap<string, ReadonlyMap<string, Fields>>) {
  const ofType = (type: string): EntityRecord[] =>
    [...(records.get(type) ?? [])].map(([id, fields]) => ({ type, id: EntityId.parse(id), version, fields }));
  return {
    people: ofType('person'),
    assignments: ofType('assignment'),
    absences: ofType('absence'),
    rotations: ofType('rotation'),
    holidays: ofType('holiday'),
  };
}
