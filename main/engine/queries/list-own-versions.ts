import type { OwnVersion } from '../../../shared/contract/app/views.ts';
import { MAIN_REF } from '../../../shared/versioning/ref-name.ts';
import type { Asker, StoreReader } from '../reader.ts';
import { describeFirstVersion, describeOwnVersion } from '../views/describe-own-version.ts';
import { findOwnLink } from '../views/own-record.ts';
import { namesAt } from '../words/names-at.ts';
import { pageOf, type PageAnswer, type PageRequest } from './page-of.ts';

/** The asker's own numbered versions of a record, newest first; with number 1 for who registered it. */
export function listOwnVersions(
  store: StoreReader,
  { whole, userId, users }: Asker,
  request: PageRequest & { readonly type: string; readonly id: string },
): PageAnswer<OwnVersion> {
  const { definition, view, link } = findOwnLink(whole, userId, request);
  const words = { whole, users, names: namesAt(store, store.placeAt(MAIN_REF)) };
  const versions = view.versionsOf(request.type, request.id).toReversed();
  const page = pageOf([...versions, ...(link.first ? [null] : [])], request, (version) => String(version?.number ?? 1));
  return {
    ...page,
    items: page.items.map((version) =>
      version === null ? describeFirstVersion(words, link) : describeOwnVersion(words, definition, { view, version }),
    ),
  };
}
