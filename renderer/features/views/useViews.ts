import { useQuery } from '@tanstack/react-query';
import { useEngine } from '../../client/engine.ts';
import { usePosition } from '../../position/position.ts';

/** Somebody whose view may be taken, or why not. */
export interface Viewable {
  readonly user: string;
  readonly name: string;
  readonly isMine: boolean;
  readonly offered: number;
}

export interface Views {
  readonly me: Viewable;
  /** Those who offered something first, then the rest, by name. */
  readonly others: readonly Viewable[];
  /** Whose view is on screen. */
  readonly shown: Viewable;
}

/** Whose views there are for whoever acts; `null` until it is known who that is. */
export function useViews(): Views | null {
  const { query } = useEngine();
  const shown = usePosition((state) => state.view);
  const session = useQuery(query.session.get.queryOptions()).data;
  const list = useQuery(query.views.list.queryOptions()).data;
  if (!session) return null;
  const me: Viewable = { user: session.userId, name: session.name, isMine: true, offered: 0 };
  const byUser = new Map<string, Viewable>();
  for (const { userId, name } of session.users)
    if (userId !== session.userId) byUser.set(userId, { user: userId, name, isMine: false, offered: 0 });
  // A user who was removed and offered something before still stands in the list.
  for (const { user, name, isMine, offered, canView } of list?.views ?? [])
    if (!isMine && (canView || byUser.has(user))) byUser.set(user, { user, name, isMine, offered });
  const others = [...byUser.values()].toSorted((a, b) => Number(b.offered > 0) - Number(a.offered > 0) || a.name.localeCompare(b.name));
  return { me, others, shown: shown === null ? me : (byUser.get(shown) ?? { user: shown, name: shown, isMine: false, offered: 0 }) };
}
