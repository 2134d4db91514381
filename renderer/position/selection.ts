import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Half } from '../../shared/ids.ts';

/** One cell of the grid: a person's half day, and which assignment of it when there are several. */
export interface CellRef {
  readonly personId: string;
  readonly date: string;
  readonly half: Half;
  readonly assignmentId: string | null;
}

export interface SelectionState {
  /** The cell that has the focus, `null` before the first one is chosen. */
  readonly focus: CellRef | null;
  /** The other corner of the selected block; equal to `focus` for a single cell. */
  readonly anchor: CellRef | null;
  select(focus: CellRef | null, anchor?: CellRef | null): void;
}

/** What is selected in the grid. It survives trips into the past and to other screens. */
export function createSelectionStore() {
  return createStore<SelectionState>((set) => ({
    focus: null,
    anchor: null,
    select: (focus, anchor = focus) => set({ focus, anchor }),
  }));
}

/** The selection of this page. */
export const selection = createSelectionStore();

/** Reads a part of the selection and follows it. */
export function useSelection<T>(select: (state: SelectionState) => T): T {
  return useStore(selection, select);
}
