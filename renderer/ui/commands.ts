import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** Something the user can do from anywhere: it stands in the menu, in the palette, and on its keys. */
export interface Command {
  readonly id: string;
  /** What it does, in words: `Undo paste 14 cells`. */
  readonly title: string;
  readonly section: 'edit' | 'view' | 'go' | 'branch' | 'review' | 'programme' | 'help';
  /** `Mod+K`, `Shift+F8`; `Mod` is Ctrl, on a Mac Cmd. The first is shown. */
  readonly keys?: readonly string[];
  /** Other words to find it by. */
  readonly words?: string;
  /** Why it cannot be done now; `null` when it can. */
  readonly disabledReason?: string | null;
  readonly run: () => void;
}

interface CommandState {
  readonly bySource: ReadonlyMap<symbol, readonly Command[]>;
  put(source: symbol, commands: readonly Command[]): void;
  drop(source: symbol): void;
}

const store = createStore<CommandState>((set) => ({
  bySource: new Map(),
  put: (source, commands) => set((state) => ({ bySource: new Map(state.bySource).set(source, commands) })),
  drop: (source) =>
    set((state) => {
      const bySource = new Map(state.bySource);
      bySource.delete(source);
      return { bySource };
    }),
}));

/** Offers commands while the component is mounted. The list may change at every render; memoize it so that it does not. */
export function useCommands(commands: readonly Command[]): void {
  const source = useMemo(() => Symbol('commands'), []);
  useEffect(() => {
    store.getState().put(source, commands);
  }, [source, commands]);
  useEffect(() => () => store.getState().drop(source), [source]);
}

/** Every command offered right now. */
export function useAllCommands(): readonly Command[] {
  const bySource = useStore(store, (state) => state.bySource);
  return useMemo(() => [...bySource.values()].flat(), [bySource]);
}

/** Every command offered right now, for code outside of components. */
export function allCommands(): readonly Command[] {
  return [...store.getState().bySource.values()].flat();
}
