import { countText } from '../../../shared/roster/entity-type.ts';
import type { Writer } from '../reader.ts';
import { appendToAccess, draftAccess } from '../views/write-access.ts';
import { inPortions } from './in-portions.ts';

/** Records of one type whose personal fields leave the programme in a file. */
export interface ExportedRecords {
  readonly type: string;
  readonly ids: readonly string[];
  readonly reason: string;
}

/** Keeps which records were exported with their personal fields, by whom, when and why. Values are not kept. */
export function recordExport(writer: Writer, { type, ids, reason }: ExportedRecords): void {
  for (const portion of inPortions(ids))
    appendToAccess(writer, {
      message: `Export personal fields of ${countText(type, portion.length)}`,
      kind: 'edit',
      changes: portion.map((id) => draftAccess(writer, { type, id, what: 'export', reason })),
    });
}
