import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

const store = createStore<{ readonly open: 'palette' | 'keys' | null }>(() => ({ open: null }));

/** Opens the palette. */
export function openPalette(): void {
  store.setState({ open: 'palette' });
}
/** Opens the sheet of keys. */
export function openKeys(): void {
  store.setState({ open: 'keys' });
}
/** Closes whichever of the two is open. */
export function closePalette(): void {
  store.setState({ open: null });
}
/** Which of the two is open. */
export function useOpen(): 'palette' | 'keys' | null {
  return useStore(store, (state) => state.open);
}
