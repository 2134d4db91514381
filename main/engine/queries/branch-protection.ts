import type { StoreReader } from '../reader.ts';

/** Whether a branch (by the full name of its ref) takes direct changes only from those whose role allows it. */
export function isProtected(store: StoreReader, ref: string): boolean {
  return store.ref(ref)?.isProtected ?? false;
}
