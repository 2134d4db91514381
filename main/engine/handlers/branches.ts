import { archiveBranch } from '../commands/archive-branch.ts';
import { createBranch } from '../commands/create-branch.ts';
import { deleteBranch } from '../commands/delete-branch.ts';
import { protectBranch } from '../commands/protect-branch.ts';
import { redescribeBranch } from '../commands/redescribe-branch.ts';
import { renameBranch } from '../commands/rename-branch.ts';
import { restoreBranch } from '../commands/restore-branch.ts';
import { compareBranches } from '../queries/compare-branches.ts';
import { comparePeople } from '../queries/compare-people.ts';
import { describeBranchInfo } from '../queries/describe-branch.ts';
import { findActiveBranch } from '../queries/find-branch.ts';
import { listBranches } from '../queries/list-branches.ts';
import type { EngineAccess } from './engine-access.ts';
import type { Implementer } from './implement-contract.ts';

export function branchHandlers(os: Implementer, engine: EngineAccess) {
  return {
    create: os.branches.create.handler(({ input }) => engine.run((writer) => createBranch(writer, input))),
    list: os.branches.list.handler(({ input }) =>
      engine.ask((store) => listBranches(store, input ?? { deleted: false, forecast: true, limit: 100 }, engine.clock())),
    ),
    info: os.branches.info.handler(({ input }) =>
      engine.ask((store) => {
        const record = findActiveBranch(store, input.name);
        return record === null ? null : describeBranchInfo(store, record, { now: engine.clock(), forecast: true });
      }),
    ),
    delete: os.branches.delete.handler(({ input }) => engine.run((writer) => deleteBranch(writer, input))),
    restore: os.branches.restore.handler(({ input }) => engine.run((writer) => restoreBranch(writer, input))),
    rename: os.branches.rename.handler(({ input }) => engine.run((writer) => renameBranch(writer, input))),
    describe: os.branches.describe.handler(({ input }) => engine.run((writer) => redescribeBranch(writer, input))),
    protect: os.branches.protect.handler(({ input }) => engine.run((writer) => protectBranch(writer, input))),
    archive: os.branches.archive.handler(({ input }) => engine.run((writer) => archiveBranch(writer, { ...input, archived: true }))),
    unarchive: os.branches.unarchive.handler(({ input }) => engine.run((writer) => archiveBranch(writer, { ...input, archived: false }))),
    people: os.branches.people.handler(({ input }) => engine.ask((store) => comparePeople(store, input))),
    compare: os.branches.compare.handler(({ input }) => engine.ask((store) => compareBranches(store, input))),
  };
}
