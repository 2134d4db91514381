import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** How many edits are on their way to the engine, and whether they are stuck there (the engine cannot be reached). */
export interface Unsaved {
  readonly count: number;
  readonly stuck: boolean;
}

const store = createStore<Unsaved>(() => ({ count: 0, stuck: false }));
const typed = createStore<{ readonly forms: number }>(() => ({ forms: 0 }));

/** Tells the window how many edits are not saved yet. */
export function reportUnsaved(unsaved: Unsaved): void {
  const { count, stuck } = store.getState();
  if (count !== unsaved.count || stuck !== unsaved.stuck) store.setState(unsaved);
}

/** What is not saved yet, for the status and for questions before the page closes. */
export function useUnsaved(): Unsaved {
  return useStore(store);
}

/** Tells the window in how many forms something was typed that nobody has saved. */
export function reportTyped(forms: number): void {
  typed.setState({ forms });
}

/** In how many forms something was typed that nobody has saved: leaving the page would lose it. */
export function useTyped(): number {
  return useStore(typed, (state) => state.forms);
}
