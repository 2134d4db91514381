import type { EntityId, VersionHash } from '../ids.ts';
import type { Fields } from '../json.ts';

/** One entity at one moment: its identity, the version that stands there and its fields. */
export interface EntityRecord {
  readonly type: string;
  readonly id: EntityId;
  readonly version: VersionHash;
  readonly fields: Fields;
}

/**
 * The records that a stretch of days is made of, all as of one moment. `people` are all who existed then, so that a missing one is known to
 * be gone; assignments and absences may lie outside `from` to `to`, as neighbours for the rules.
 */
export interface WindowRecords {
  readonly from: string;
  readonly to: string;
  readonly people: readonly EntityRecord[];
  readonly assignments: readonly EntityRecord[];
  readonly absences: readonly EntityRecord[];
  readonly rotations: readonly EntityRecord[];
  readonly holidays: readonly EntityRecord[];
}
