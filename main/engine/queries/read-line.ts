import type { CommitSummary } from '../../../shared/contract/app/base.ts';
import type { Moment } from '../../../shared/ids.ts';
import { publicTypeOf } from '../../../shared/roster/entity-type.ts';
import type { StoreReader } from '../reader.ts';
import { commitTeller } from '../words/commit-summary.ts';
import { placeOnBranch } from './find-branch.ts';
import type { PageAnswer, PageRequest } from './page-of.ts';

export interface LineRequest extends PageRequest {
  readonly branch: string;
  readonly from?: Moment | undefined;
  readonly to?: Moment | undefined;
  readonly author?: string | undefined;
  readonly type?: string | undefined;
  readonly entity?: { readonly type: string; readonly id: string } | undefined;
}

/** The commits of a branch's line, newest first, the inherited ones included. `from` and `to` are both included. */
export function readLine(store: StoreReader, { branch, ...filter }: LineRequest): PageAnswer<CommitSummary> {
  if (filter.type !== undefined) publicTypeOf(filter.type);
  if (filter.entity !== undefined) publicTypeOf(filter.entity.type);
  const page = store.line(placeOnBranch(store, branch), withoutUndefined(filter));
  return { items: page.items.map(commitTeller(store)), total: page.total, next: page.next };
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(given: T): Defined<T>;
function withoutUndefined(given: object): object {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
