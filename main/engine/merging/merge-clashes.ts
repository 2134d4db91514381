import type { RecordReader } from '../../../shared/roster/record-reader.ts';
import { analyseMerge, type MergeAnalysis } from '../../../shared/roster/rules/repairs.ts';
import type { Place } from '../local-store/store.ts';
import { toRecord } from '../queries/read-window.ts';
import type { StoreReader } from '../reader.ts';
import type { MergedEntity } from './resolve-merge.ts';

/** The clashes that a merge adds to its target, and on demand what would clear each. Reads the neighbourhood of what changes, and no more. */
export function findClashesOf(
  store: StoreReader,
  {
    target,
    entities,
    today,
    sideNames,
  }: {
    readonly target: Place;
    readonly entities: readonly MergedEntity[];
    readonly today: string;
    readonly sideNames: { readonly source: string; readonly target: string };
  },
): MergeAnalysis {
  return analyseMerge({ target: readerAt(store, target), merges: entities, today, sideNames });
}

/** The records of a place, asked for piece by piece. */
export function readerAt(store: StoreReader, place: Place): RecordReader {
  return {
    record(type, id) {
      const version = store.versionAt(type, id, place);
      return version === null ? null : toRecord(version);
    },
    touching: (type, { from, to, subjects }) =>
      store.windowAt(type, place, { from, to, ...(subjects === undefined ? {} : { subjects }) }).map(toRecord),
    all: (type) => [...store.entitiesAt(type, place)].map(toRecord),
  };
}
