import type { HistoryEntry } from '../../../shared/contract/app/base.ts';
import { EntityId, type Instant } from '../../../shared/ids.ts';
import { publicTypeOf } from '../../../shared/roster/entity-type.ts';
import type { Asker, StoreReader } from '../reader.ts';
import { linksOf } from '../views/links-index.ts';
import { readUserView } from '../views/user-view.ts';
import { describeHistory } from '../words/history-entry.ts';
import { userName } from '../words/user-name.ts';

export interface Lineage {
  readonly type: string;
  readonly id: string;
  readonly totalVersions: number;
  readonly createdAt: Instant | null;
  readonly lastModified: Instant | null;
  readonly versions: HistoryEntry[];
  readonly branches: string[];
  /** Only for types with views. */
  readonly views?: LineageView[];
}

/** A view that a record may show through to the asker. */
export interface LineageView {
  readonly user: string;
  readonly name: string;
  readonly isMine: boolean;
  /** The number of what shows; `null` for the shared record. */
  readonly number: number | null;
  readonly offer: EntityId | null;
}

/**
 * Everything that ever became of an entity on all branches, newest first, deleted branches included, and the views it may show through to the
 * asker. Nothing at all for an id nobody has used.
 */
export function readLineage(store: StoreReader, { type, id }: { readonly type: string; readonly id: string }, asker: Asker): Lineage {
  const { views: hasViews } = publicTypeOf(type);
  const views = hasViews ? readViews(asker, type, id) : [];
  const byTime = store
    .versionsOf(type, id)
    .toSorted((a, b) => (a.commit.at < b.commit.at ? -1 : a.commit.at > b.commit.at ? 1 : a.row - b.row));
  const occurrences = byTime.map((occurrence, index) => ({ occurrence, number: index + 1 })).toReversed();
  const versions = describeHistory(store, { type, id, occurrences });
  return {
    type,
    id,
    totalVersions: versions.length,
    createdAt: byTime[0]?.commit.at ?? null,
    lastModified: byTime.at(-1)?.commit.at ?? null,
    versions,
    branches: [...new Set(versions.map((entry) => entry.branch)), ...views.map(nameView)],
    ...(hasViews ? { views } : {}),
  };
}

/** One's own view of a record one is linked to, then what others offer of it, in the order of the offers. */
function readViews({ userId, users, whole }: Asker, type: string, id: string): LineageView[] {
  const own = readUserView(whole, userId);
  const link = own?.link(type, id) ?? null;
  const using = link === null || link.using === null ? null : (own?.version(link.using)?.number ?? null);
  const mine: LineageView[] =
    link === null || !link.linked
      ? []
      : [{ user: userId, name: users.nameOf(userId) ?? userId, isMine: true, number: using ?? (link.first ? 1 : null), offer: null }];
  const offered = linksOf(whole).views.flatMap((view) =>
    view.offers
      .filter((offer) => offer.to === userId && offer.type === type && offer.id === id)
      .map((offer): LineageView => ({
        user: view.user,
        name: userName(users, view.user),
        isMine: false,
        number: view.version(offer.own)?.number ?? null,
        offer: EntityId.parse(offer.offer),
      })),
  );
  return [...mine, ...offered];
}

function nameView({ isMine, name }: LineageView): string {
  return isMine ? 'your view' : `${name}’s offer`;
}
