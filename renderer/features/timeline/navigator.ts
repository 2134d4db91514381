import type { StoreApi } from 'zustand/vanilla';
import type { CommitSummary } from '../../../shared/contract/app/base.ts';
import type { PositionState, ShownMoment } from '../../position/position.ts';
import { createLatest } from './latest.ts';
import type { SummaryCache } from './summary-cache.ts';

export interface NavigatorDeps {
  readonly position: StoreApi<PositionState>;
  readonly cache: SummaryCache;
  /** What the branch showed at an instant; `null` before its first step. */
  readonly atInstant: (iso: string) => Promise<CommitSummary | null>;
  /** How many steps the line has now. */
  readonly total: () => number;
  /** The next step that passes the filter; `null` when there is none that way. */
  readonly nextStop: (from: number, direction: -1 | 1) => Promise<number | null>;
  readonly arrived: (summary: CommitSummary) => void;
  readonly nothingThere: (direction: -1 | 1) => void;
  readonly fail: (error: unknown) => void;
  readonly clock: () => number;
}

/** Moves the page along the line. Never blocks; of many wishes the last one wins. */
export interface Navigator {
  /** Where the page is, or is about to be. */
  here(): number;
  toPosition(position: number, gesture?: string): void;
  /** To what the branch showed then. `typed` keeps the asked time on screen, otherwise the time of the step found is shown. */
  toInstant(iso: string, how?: { readonly typed?: boolean; readonly gesture?: string }): void;
  step(direction: -1 | 1, gesture?: string): void;
  /** To what stood a day earlier or later; later by at least one step, so that a quiet day does not hold it up. */
  day(direction: -1 | 1): void;
  toNow(): void;
}

type Aim =
  | { readonly kind: 'position'; readonly position: number; readonly gesture: string }
  | { readonly kind: 'instant'; readonly at: string; readonly typed: boolean; readonly gesture: string }
  | { readonly kind: 'stop' | 'day'; readonly from: number; readonly direction: -1 | 1; readonly gesture: string };

/** Steps within this time are one trip: Alt+Left goes back to where the trip began. */
const tripMillis = 1_500;

export function createNavigator(deps: NavigatorDeps): Navigator {
  let target: number | null = null;
  let lastGesture = '';
  let lastMoment: ShownMoment | null = null;
  let lastStepAt = -Infinity;
  let trip = 0;

  const show = (summary: CommitSummary, gesture: string, at: string): void => {
    // A view moves without the roster: between the newest step and now there is a past of its own, where a time was typed for it.
    const isNow =
      summary.position >= deps.total() && !(at > summary.at && showsViews(deps.position.getState()) && Date.parse(at) < Date.now());
    const moment: ShownMoment = isNow ? { kind: 'now' } : { kind: 'commit', commit: summary.commit, position: summary.position, at };
    // Alt+Left in the middle of a trip begins a new one, so that it does not overwrite what it went back to.
    const goesOn = gesture === lastGesture && deps.position.getState().moment === lastMoment;
    deps.position.getState().go({ moment }, goesOn ? 'replace' : 'push');
    lastGesture = gesture;
    lastMoment = deps.position.getState().moment;
    target = null;
    deps.cache.prefetch(summary.position, deps.total());
    deps.arrived(summary);
  };

  const latest = createLatest<Aim, CommitSummary | null>({
    send: async (aim) => {
      if (aim.kind === 'instant') return (await deps.atInstant(aim.at)) ?? deps.cache.get(1);
      if (aim.kind === 'position') return deps.cache.get(aim.position);
      if (aim.kind === 'day') return oneDay(deps, aim.from, aim.direction);
      const stop = await deps.nextStop(aim.from, aim.direction);
      if (stop === null) {
        deps.nothingThere(aim.direction);
        return null;
      }
      return deps.cache.get(stop);
    },
    take: (summary, aim) => {
      if (summary === null) target = null;
      else {
        deps.cache.put(summary);
        // Before the first step there is nothing to see: the page stays on the first one, and says its true time.
        const typedAt = aim.kind === 'instant' && aim.typed && aim.at >= summary.at ? aim.at : summary.at;
        show(summary, aim.gesture, typedAt);
      }
    },
    fail: (error) => {
      target = null;
      deps.fail(error);
    },
  });

  const here = (): number => {
    if (target !== null) return target;
    const { moment } = deps.position.getState();
    return moment.kind === 'now' ? deps.total() : moment.position;
  };
  const gestureOfStep = (): string => {
    const now = deps.clock();
    if (now - lastStepAt > tripMillis) trip++;
    lastStepAt = now;
    return `steps ${trip}`;
  };
  const toPosition = (wanted: number, gesture = gestureOfStep()): void => {
    const aimed = Math.min(Math.max(1, wanted), Math.max(1, deps.total()));
    const known = deps.cache.peek(aimed);
    if (known) {
      latest.drop();
      show(known, gesture, known.at);
    } else {
      target = aimed;
      latest.ask({ kind: 'position', position: aimed, gesture });
    }
  };
  return {
    here,
    toPosition,
    toInstant: (at, { typed = false, gesture = `jump ${++trip}` } = {}) => latest.ask({ kind: 'instant', at, typed, gesture }),
    step: (direction, gesture = gestureOfStep()) => latest.ask({ kind: 'stop', from: here(), direction, gesture }),
    day: (direction) => latest.ask({ kind: 'day', from: here(), direction, gesture: gestureOfStep() }),
    toNow: () => {
      latest.drop();
      target = null;
      deps.position.getState().returnToNow();
    },
  };
}

function showsViews({ place }: PositionState): boolean {
  return place.screen === 'clinics' || place.screen === 'patients';
}

async function oneDay(deps: NavigatorDeps, from: number, direction: -1 | 1): Promise<CommitSummary | null> {
  const start = await deps.cache.get(from);
  if (start === null) return null;
  const found = await deps.atInstant(new Date(Date.parse(start.at) + direction * 86_400_000).toISOString());
  const ahead = Math.min(from + 1, deps.total());
  if (direction === 1 && (found === null || found.position < ahead)) return deps.cache.get(ahead);
  return found ?? deps.cache.get(1);
}
