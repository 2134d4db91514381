import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { CommitSummary } from '../../../shared/contract/app/base.ts';
import { faster, nextSpeed, type Speed } from './play-clock.ts';

/** Which steps the slider stops at. Everything that is set must hold. */
export interface StopFilter {
  /** A user's id, or `null` for everybody. */
  readonly author: string | null;
  /** Only steps with a tag. */
  readonly named: boolean;
  /** Only steps that touched what stands in the selected cell. */
  readonly thisCell: boolean;
}

export interface TimelineState {
  readonly expanded: boolean;
  readonly filter: StopFilter;
  readonly playing: -1 | 1 | null;
  readonly speed: Speed;
  /** The pixel under the pointer while the thumb is dragged. */
  readonly dragX: number | null;
  /** The step under the pointer and where it is drawn. */
  readonly hover: { readonly x: number; readonly summary: CommitSummary } | null;
  toggleExpanded(): void;
  setFilter(change: Partial<StopFilter>): void;
  /** Plays in a direction; asked again in the same direction, faster. */
  play(direction: -1 | 1): void;
  pause(): void;
  changeSpeed(): void;
  drag(x: number | null): void;
  showHover(hover: TimelineState['hover']): void;
}

const everything: StopFilter = { author: null, named: false, thisCell: false };

/** What only the page knows of its slider: how it is shown, filtered and played. Where it stands is the position's. */
export function createTimelineStore() {
  return createStore<TimelineState>((set) => ({
    expanded: false,
    filter: everything,
    playing: null,
    speed: 1,
    dragX: null,
    hover: null,
    toggleExpanded: () => set((state) => ({ expanded: !state.expanded })),
    setFilter: (change) => set((state) => ({ filter: { ...state.filter, ...change } })),
    play: (direction) => set((state) => ({ playing: direction, speed: state.playing === direction ? faster(state.speed) : state.speed })),
    pause: () => set({ playing: null }),
    changeSpeed: () => set((state) => ({ speed: nextSpeed(state.speed) })),
    drag: (dragX) => set({ dragX }),
    showHover: (hover) => set({ hover }),
  }));
}

/** The timeline of this page. */
export const timeline = createTimelineStore();

/** Reads a part of the timeline's state and follows it. */
export function useTimelineState<T>(select: (state: TimelineState) => T): T {
  return useStore(timeline, select);
}

/** Whether any filter narrows the steps. */
export function isFiltered(filter: StopFilter): boolean {
  return filter.author !== null || filter.named || filter.thisCell;
}
