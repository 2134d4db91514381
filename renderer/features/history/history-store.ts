import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export type HistoryTab = 'cell' | 'person' | 'versions';

export interface HistoryState {
  readonly tab: HistoryTab;
  /** The dialog with the selected cell's history. */
  readonly dialog: boolean;
  /** Whether the panel is on screen. */
  readonly mounted: boolean;
  show(tab: HistoryTab): void;
  openDialog(): void;
  closeDialog(): void;
  setMounted(mounted: boolean): void;
}

/** Which history the panel shows. */
function createHistoryStore() {
  return createStore<HistoryState>((set) => ({
    tab: 'cell',
    dialog: false,
    mounted: false,
    show: (tab) => set({ tab }),
    openDialog: () => set({ dialog: true }),
    closeDialog: () => set({ dialog: false }),
    setMounted: (mounted) => set({ mounted }),
  }));
}

/** The history panel of this page. */
export const historyPanel = createHistoryStore();

/** Reads a part of the panel's state and follows it. */
export function useHistoryPanel<T>(select: (state: HistoryState) => T): T {
  return useStore(historyPanel, select);
}
