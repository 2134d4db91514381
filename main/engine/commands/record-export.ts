import { countText } from '../../../shared/roster/entity-type.ts';
import { ACCESS_REF } from '../../../shared/versioning/ref-name.ts';
import { makeSalt, makeUuidV7 } from '../ids.ts';
import type { Writer } from '../reader.ts';

/** Records of one type whose personal fields leave the programme in a file. */
export interface ExportedRecords {
  readonly type: string;
  readonly ids: readonly string[];
  readonly reason: string;
}

const perCommit = 50_000;

/** Keeps which records were exported with their personal fields, by whom, when and why. Values are not kept. */
export function recordExport(writer: Writer, { type, ids, reason }: ExportedRecords): void {
  for (let first = 0; first < ids.length; first += perCommit) {
    const portion = ids.slice(first, first + perCommit);
    const outcome = writer.append(ACCESS_REF, {
      message: `Export personal fields of ${countText(type, portion.length)}`,
      kind: 'edit',
      changes: portion.map((entityId) => ({
        type: 'view_access',
        id: makeUuidV7(writer.clock(), writer.random),
        op: 'create',
        fields: { entityType: type, entityId, what: 'export', ...(reason === '' ? {} : { reason }) },
        salt: makeSalt(writer.random),
      })),
    });
    if (outcome.kind === 'stale') throw new Error('the line of accesses moved within one command');
  }
}
