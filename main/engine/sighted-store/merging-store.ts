import type { StoreReader } from '../reader.ts';
import { linkToUser, sightedStore, userOf, wholeOf } from './sighted-store.ts';
import { maySee } from '../views/sight.ts';

const kept = new WeakMap<StoreReader, Map<string, StoreReader>>();

/**
 * The store as a merge needs it: everything there is, since a record that was left out would be lost in the target. What is told of records
 * that the user is not linked to is masked by `hidesFrom`. What a commit changed is as the user may know it, so that nobody takes back what
 * is not there for them; and merges in which somebody else publishes values of their own are not there.
 */
export function mergingStore(whole: StoreReader, user: string): StoreReader {
  const byUser = kept.get(whole) ?? new Map<string, StoreReader>();
  kept.set(whole, byUser);
  const known = byUser.get(user);
  if (known !== undefined) return known;
  const { changesOf, merges } = sightedStore(whole, user);
  const merging: StoreReader = { ...whole, changesOf, merges };
  byUser.set(user, merging);
  linkToUser(merging, { whole, user });
  return merging;
}

/** Whether a store holds a record that must not be told to the user it was made for. */
export function hidesFrom(store: StoreReader, { type, id }: { readonly type: string; readonly id: string }): boolean {
  const user = userOf(store);
  return user !== null && !maySee(wholeOf(store), user, type, id);
}
