import { RefusedError, quote } from '../../../shared/errors.ts';

export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface PageAnswer<Item> {
  readonly items: Item[];
  readonly total: number;
  readonly next: string | null;
}

/**
 * One page of a list whose items have stable keys in the order of the list. The cursor is the key of the last item of the page before, so
 * that a page follows the one before it also when the list has grown at its other end since.
 */
export function pageOf<Item>(list: readonly Item[], { limit, cursor }: PageRequest, keyOf: (item: Item) => string): PageAnswer<Item> {
  const start = cursor === undefined ? 0 : list.findIndex((item) => keyOf(item) === cursor) + 1;
  if (cursor !== undefined && start === 0)
    throw new RefusedError('NOT_FOUND', `The list has no page after “${quote(cursor)}”: begin again without a cursor.`, {
      what: 'cursor',
      id: quote(cursor),
    });
  const items = list.slice(start, start + limit);
  const last = items.at(-1);
  return { items, total: list.length, next: last !== undefined && start + limit < list.length ? keyOf(last) : null };
}
