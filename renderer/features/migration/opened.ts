import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export type MasterType = 'clinic' | 'patient';

interface OpenedState {
  /** The type the dialog begins with; `null` while it is closed. */
  readonly type: MasterType | null;
  open(type: MasterType): void;
  close(): void;
}

/** Whether the migration dialog is open: the palette and the screens of clinics and patients both open it. */
export const opened = createStore<OpenedState>((set) => ({
  type: null,
  open: (type) => set({ type }),
  close: () => set({ type: null }),
}));

/** The type the dialog is open for; `null` while it is closed. */
export function useOpened(): MasterType | null {
  return useStore(opened, (state) => state.type);
}
