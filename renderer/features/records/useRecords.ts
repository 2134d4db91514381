import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { EntityId } from '../../../shared/ids.ts';
import { useEngine } from '../../client/engine.ts';
import { useViewed } from '../../position/viewed.ts';

const pageSize = 200;

/** The records that the view on screen shows, in the order of their names; found by what it shows of the name, or by the identifier. */
export function useRecordList(type: string, text: string) {
  const { query } = useEngine();
  const { input } = useViewed();
  return useInfiniteQuery(
    query.views.search.infiniteOptions({
      input: (cursor: string | undefined) => ({
        type,
        ...input,
        mask: true,
        limit: pageSize,
        ...(text !== '' && { text }),
        ...(cursor !== undefined && { cursor }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (last) => last.next ?? undefined,
      // While a letter is typed the list of before stays on screen.
      placeholderData: keepPreviousData,
    }),
  );
}

/** One record as the view on screen shows it, personal digits masked. */
export function useRecord(type: string, id: string) {
  const { query } = useEngine();
  const { input } = useViewed();
  return useQuery(query.views.get.queryOptions({ input: { type, id: EntityId.parse(id), ...input, mask: true } }));
}

/** Who acts here; `undefined` until the first answer. */
export function useSession() {
  const { query } = useEngine();
  return useQuery(query.session.get.queryOptions()).data;
}

/** The name of whose view is on screen, `null` for one's own. */
export function useViewedName(): string | null {
  const { input } = useViewed();
  const { query } = useEngine();
  const session = useSession();
  const list = useQuery({ ...query.views.list.queryOptions(), enabled: input.view !== undefined }).data;
  if (input.view === undefined) return null;
  return (
    list?.views.find(({ user }) => user === input.view)?.name ??
    session?.users.find(({ userId }) => userId === input.view)?.name ??
    input.view
  );
}
