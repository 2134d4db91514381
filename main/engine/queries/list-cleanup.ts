import type { OwnVersion } from '../../../shared/contract/app/views.ts';
import { MAIN_REF } from '../../../shared/versioning/ref-name.ts';
import type { Asker, StoreReader } from '../reader.ts';
import { describeOwnVersion } from '../views/describe-own-version.ts';
import { viewTypeOf } from '../views/own-record.ts';
import { findUnused, type CleanupScope } from '../views/unused-versions.ts';
import { namesAt } from '../words/names-at.ts';
import { pageOf, type PageAnswer, type PageRequest } from './page-of.ts';

/** The unused drafts and archived versions of the asker that `cleanUpViews` with the same scope would remove. */
export function listCleanup(
  store: StoreReader,
  { whole, users, userId }: Asker,
  request: CleanupScope & PageRequest,
): PageAnswer<OwnVersion> {
  const { view, versions } = findUnused({ whole, users, user: userId }, request);
  const page = pageOf(versions, request, ({ own }) => own);
  const words = { whole, users, names: namesAt(store, store.placeAt(MAIN_REF)) };
  const items = view === null ? [] : page.items.map((version) => describeOwnVersion(words, viewTypeOf(version.type), { view, version }));
  return { ...page, items };
}
