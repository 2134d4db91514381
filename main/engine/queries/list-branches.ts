import type { BranchInfo } from '../../../shared/contract/app/branches.ts';
import { isBranchRef } from '../../../shared/versioning/ref-name.ts';
import type { StoreReader } from '../reader.ts';
import { describeBranchInfo } from './describe-branch.ts';
import { pageOf, type PageAnswer, type PageRequest } from './page-of.ts';

/** The branches in the order they were made, `main` first; with `deleted`, those that can be brought back as well. */
export function listBranches(
  store: StoreReader,
  { deleted, forecast, ...page }: PageRequest & { readonly deleted: boolean; readonly forecast: boolean },
  now: number,
): PageAnswer<BranchInfo> {
  const records = store.refs({ deleted }).filter((record) => isBranchRef(record.ref));
  const { items, total, next } = pageOf(records, page, (record) => record.name);
  return { items: items.map((record) => describeBranchInfo(store, record, { now, forecast })), total, next };
}
