import { abortMerge } from '../commands/abort-merge.ts';
import { concludeMerge } from '../commands/conclude-merge.ts';
import { repairClash } from '../commands/repair-clash.ts';
import { resolveConflicts } from '../commands/resolve-conflicts.ts';
import { setHouseRules } from '../commands/set-house-rules.ts';
import { pickEntities, startMerge } from '../commands/start-merge.ts';
import { unresolveConflicts } from '../commands/unresolve-conflicts.ts';
import { readHouseRules } from '../merging/house-rules.ts';
import { dateOfMillis } from '../merging/judge-merge.ts';
import { listMerges, previewMerge, readMerge, readMergeResult } from '../queries/read-merge.ts';
import type { StoreReader, Writer } from '../reader.ts';
import { mergingStore } from '../sighted-store/merging-store.ts';
import type { EngineAccess } from './engine-access.ts';
import type { Implementer } from './implement-contract.ts';

const openOnes = { state: 'open' as const, limit: 100 };

export function mergeHandlers(os: Implementer, engine: EngineAccess) {
  const today = (): string => dateOfMillis(engine.clock());
  // A merge brings everything together, also records that the asker may not see: left out they would be lost in the target.
  const ask = <Answer>(question: (whole: StoreReader) => Answer): Promise<Answer> =>
    engine.ask((_, { whole, userId }) => question(mergingStore(whole, userId)));
  const run = <Answer>(command: (writer: Writer) => Answer): Promise<Answer> =>
    engine.run((writer) => command({ ...writer, store: mergingStore(writer.whole, writer.actor.userId) }));
  return {
    preview: os.merges.preview.handler(({ input }) => ask((store) => previewMerge(store, input, today()))),
    start: os.merges.start.handler(({ input }) => run((writer) => startMerge(writer, input))),
    get: os.merges.get.handler(({ input }) => ask((store) => readMerge(store, input, today()))),
    list: os.merges.list.handler(({ input }) => ask((store) => listMerges(store, input ?? openOnes))),
    resolve: os.merges.resolve.handler(({ input }) => run((writer) => resolveConflicts(writer, input))),
    unresolve: os.merges.unresolve.handler(({ input }) => run((writer) => unresolveConflicts(writer, input))),
    repair: os.merges.repair.handler(({ input }) => run((writer) => repairClash(writer, input))),
    result: os.merges.result.handler(({ input }) => ask((store) => readMergeResult(store, input))),
    conclude: os.merges.conclude.handler(({ input }) => run((writer) => concludeMerge(writer, input))),
    abort: os.merges.abort.handler(({ input }) => run((writer) => abortMerge(writer, input))),
    rules: os.merges.rules.handler(() => ask((store) => ({ rules: readHouseRules(store) }))),
    setRules: os.merges.setRules.handler(({ input }) => run((writer) => setHouseRules(writer, input))),
    pick: os.merges.pick.handler(({ input }) => run((writer) => pickEntities(writer, input))),
  };
}
