import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { CommitHash } from '../../shared/ids.ts';
import type { Side } from '../../shared/contract/app/diff.ts';

/** Which moment of the branch is shown: now (and it follows the tip), or one commit of its line. */
export type ShownMoment =
  | { readonly kind: 'now' }
  | { readonly kind: 'commit'; readonly commit: CommitHash; readonly position: number; readonly at: string };

export type RecordPart = 'form' | 'views' | 'versions' | 'history';
export type InboxPart = 'received' | 'given' | 'drift';

/** Which screen is open, with exactly what it needs. */
export type Place =
  | { readonly screen: 'roster' }
  /** Records that users keep views of; one of them may be open, at one of its parts. */
  | { readonly screen: 'clinics' | 'patients'; readonly record: string | null; readonly part: RecordPart }
  | { readonly screen: 'inbox'; readonly part: InboxPart }
  | { readonly screen: 'compare'; readonly from: Side; readonly to: Side }
  | { readonly screen: 'commit'; readonly commit: CommitHash }
  | { readonly screen: 'branches' }
  | { readonly screen: 'houseRules' }
  | { readonly screen: 'mergePreview'; readonly source: string; readonly target: string }
  | { readonly screen: 'merge'; readonly merge: string }
  | { readonly screen: 'import' }
  | { readonly screen: 'programs' }
  | { readonly screen: 'verify' };

export type DaySpan = 'week' | 'twoWeeks' | 'block' | 'year';

/** One entry of the page's navigation: Alt+Left goes to the one before. Data is never part of it. */
export interface NavigationEntry {
  readonly branch: string;
  readonly moment: ShownMoment;
  /** Whose view is shown: a user who offered something, `null` for one's own. */
  readonly view: string | null;
  readonly place: Place;
  /** First day on screen (`YYYY-MM-DD`) and how many. `null` until the roster has chosen its first days. */
  readonly days: { readonly from: string; readonly span: DaySpan } | null;
  /** The stretch of time that the slider shows (ISO instants), `null` for the whole history. */
  readonly timeline: { readonly from: string; readonly to: string } | null;
}

/** A moment marked with I or O for comparing. */
export interface Pin {
  readonly branch: string;
  readonly commit: CommitHash;
  readonly position: number;
  readonly at: string;
}

export interface PositionState extends NavigationEntry {
  readonly back: readonly NavigationEntry[];
  readonly forward: readonly NavigationEntry[];
  readonly pins: { readonly from: Pin | null; readonly to: Pin | null };
  /** Goes somewhere; what is not named stays. `replace` leaves no entry behind, as while scrubbing. */
  go(to: Partial<NavigationEntry>, mode?: 'push' | 'replace'): void;
  goBack(): void;
  goForward(): void;
  /** Back to the living roster of the branch; screen and days stay. */
  returnToNow(): void;
  pin(side: 'from' | 'to', pin: Pin | null): void;
  /** Another programme was opened: nothing of the old one means anything here. */
  reset(): void;
}

const start: NavigationEntry = {
  branch: 'main',
  moment: { kind: 'now' },
  view: null,
  place: { screen: 'roster' },
  days: null,
  timeline: null,
};
const kept = 100;

function entryOf({ branch, moment, view, place, days, timeline }: NavigationEntry): NavigationEntry {
  return { branch, moment, view, place, days, timeline };
}

/** The page's position: which branch, which moment, whose view, which screen and days. Made by a function so that a test can have its own. */
export function createPositionStore() {
  return createStore<PositionState>((set, get) => ({
    ...start,
    back: [],
    forward: [],
    pins: { from: null, to: null },
    go: (to, mode = 'push') =>
      set((state) => {
        const next = { ...entryOf(state), ...to };
        if (JSON.stringify(next) === JSON.stringify(entryOf(state))) return state;
        return mode === 'replace' ? next : { ...next, back: [...state.back, entryOf(state)].slice(-kept), forward: [] };
      }),
    goBack: () =>
      set((state) => {
        const entry = state.back.at(-1);
        return entry ? { ...entry, back: state.back.slice(0, -1), forward: [entryOf(state), ...state.forward] } : state;
      }),
    goForward: () =>
      set((state) => {
        const [entry, ...rest] = state.forward;
        return entry ? { ...entry, back: [...state.back, entryOf(state)], forward: rest } : state;
      }),
    returnToNow: () => get().go({ moment: { kind: 'now' } }),
    pin: (side, pin) => set((state) => ({ pins: { ...state.pins, [side]: pin } })),
    reset: () => set({ ...start, back: [], forward: [], pins: { from: null, to: null } }),
  }));
}

/** The position of this page. */
export const position = createPositionStore();

/** Reads a part of the position and follows it. */
export function usePosition<T>(select: (state: PositionState) => T): T {
  return useStore(position, select);
}

/** The commit to ask the engine for, `undefined` for now. */
export function momentParameter(moment: ShownMoment): CommitHash | undefined {
  return moment.kind === 'commit' ? moment.commit : undefined;
}
