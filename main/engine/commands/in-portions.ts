import { mostChanges } from '../local-store/store.ts';

/** The items in their order, in lists that one commit can hold. Commits on one line follow each other by a millisecond. */
export function inPortions<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / mostChanges) }, (_, portion) =>
    items.slice(portion * mostChanges, (portion + 1) * mostChanges),
  );
}
