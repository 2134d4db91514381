import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** A code that somebody looks for in the roster. A new object for every time it is asked for. */
export interface CodeSearch {
  readonly code: string;
}

const store = createStore<{ readonly search: CodeSearch | null }>(() => ({ search: null }));

/** Looks for the next cell with this code; the roster answers when it is on screen. */
export function findCode(code: string): void {
  store.setState({ search: { code } });
}

/** Takes up what was asked for; `null` once it was answered. */
export function useCodeSearch(): CodeSearch | null {
  return useStore(store, (state) => state.search);
}

/** Says that the search was answered. */
export function endCodeSearch(): void {
  store.setState({ search: null });
}
