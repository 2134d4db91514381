import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useMemo, useRef } from 'react';
import type { CommitSummary } from '../../../shared/contract/app/base.ts';
import type { DensityBucket, TimelineMark } from '../../../shared/contract/app/commits.ts';
import { EntityId } from '../../../shared/ids.ts';
import { useEngine, useQueryClient } from '../../client/engine.ts';
import { useProgramEvents } from '../../client/follow.ts';
import { useProgramInfo } from '../../client/program.ts';
import { problemOf } from '../../client/refusal.ts';
import { position, usePosition } from '../../position/position.ts';
import { selection } from '../../position/selection.ts';
import { announce } from '../../ui/announcer.tsx';
import { currentZone } from '../../ui/format.ts';
import { t } from '../../messages/index.ts';
import { createNavigator, type Navigator } from './navigator.ts';
import { findNextStop } from './next-stop.ts';
import { createSummaryCache } from './summary-cache.ts';
import { clampRange, isWhole, revealIn, type TimeRange, wholeRange } from './time-scale.ts';
import { timeline } from './timeline-store.ts';

/** Everything the slider draws and does, once the history is known. */
export interface TimelineModel {
  readonly branch: string;
  readonly zone: string;
  readonly total: number;
  readonly first: CommitSummary;
  readonly last: CommitSummary;
  readonly whole: TimeRange;
  readonly range: TimeRange;
  readonly buckets: readonly DensityBucket[];
  readonly marks: readonly TimelineMark[];
  readonly isNow: boolean;
  /** The step that is shown; `undefined` for the blink until it is known. */
  readonly shown: CommitSummary | undefined;
  /** Where it is in the line, and the time to show for it: the asked one where a time was typed. */
  readonly shownPosition: number;
  readonly shownAt: string;
  readonly navigator: Navigator;
  /** What the branch showed at an instant, for hovering. */
  readonly atInstant: (iso: string) => Promise<CommitSummary | null>;
  /** Shows this stretch. Zooms that follow one another at once are one entry of the navigation. */
  setRange(range: TimeRange): void;
}

export type TimelineAnswer =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly problem: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'one'; readonly only: CommitSummary }
  | { readonly kind: 'ready'; readonly model: TimelineModel };

/** How many bars fit without melting into each other; in coarse steps, so that resizing the window does not ask again and again. */
function bucketsFor(width: number): number {
  return Math.min(1_000, Math.max(60, Math.round(width / 4 / 30) * 30));
}

/** Follows the branch's history for the slider. `width` is the track's, in pixels. */
export function useTimeline(width: number): TimelineAnswer {
  const engine = useEngine();
  const queries = useQueryClient();
  const program = useProgramInfo()?.program ?? '';
  const branch = usePosition((state) => state.branch);
  const moment = usePosition((state) => state.moment);
  const zoom = usePosition((state) => state.timeline);
  const buckets = bucketsFor(width);

  const cache = useMemo(
    () => createSummaryCache((at) => engine.call.commits.at({ branch, position: at })),
    // Another programme has other steps under the same branch name.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [engine, branch, program],
  );
  useProgramEvents((event) => {
    // Tags are part of a summary; a branch that came back may be another one.
    if (event.kind === 'branches' || (event.kind === 'moved' && event.branch === 'notes')) cache.clear();
  });

  const overall = useQuery(engine.query.commits.density.queryOptions({ input: { branch, buckets }, placeholderData: keepPreviousData }));
  const [asked] = useDebouncedValue(zoom, 60);
  const zoomed = useQuery({
    ...engine.query.commits.density.queryOptions({ input: { branch, buckets, ...asked }, placeholderData: keepPreviousData }),
    enabled: asked !== null,
  });
  const shownQuery = useQuery({
    ...engine.query.commits.at.queryOptions({
      input: { branch, ...(moment.kind === 'commit' && { at: moment.commit }) },
      placeholderData: keepPreviousData,
    }),
    enabled: moment.kind === 'commit',
  });

  // The navigator lives as long as the line; what changes with every render it reads from here.
  const latest = useRef({ total: 0, tagged: [] as readonly number[], whole: null as TimeRange | null });
  latest.current = {
    total: overall.data?.total ?? 0,
    tagged: (overall.data?.marks ?? []).filter(({ kind }) => kind === 'tag').map((mark) => mark.position),
    whole: latest.current.whole,
  };

  const parts = useMemo(() => {
    const atInstant = (iso: string): Promise<CommitSummary | null> => engine.call.commits.at({ branch, at: iso });
    const navigator = createNavigator({
      position,
      cache,
      atInstant,
      total: () => latest.current.total,
      clock: () => performance.now(),
      nextStop: (from, direction) =>
        findNextStop(
          {
            call: engine.call,
            cache,
            branch,
            total: latest.current.total,
            filter: timeline.getState().filter,
            tagged: latest.current.tagged,
            assignmentId: EntityId.safeParse(selection.getState().focus?.assignmentId).data ?? null,
          },
          from,
          direction,
        ),
      arrived: (summary) => {
        queries.setQueryData(engine.query.commits.at.queryKey({ input: { branch, at: summary.commit } }), summary);
        const { timeline: range, go } = position.getState();
        const { whole } = latest.current;
        if (range === null || whole === null) return;
        const now = { from: Date.parse(range.from), to: Date.parse(range.to) };
        const moved = revealIn(now, whole, Date.parse(summary.at));
        if (moved !== now) go({ timeline: rangeToEntry(moved) }, 'replace');
      },
      nothingThere: (direction) => {
        const filtered = timeline.getState().filter;
        timeline.getState().pause();
        if (filtered.author !== null || filtered.named || filtered.thisCell)
          announce(t(direction === -1 ? 'timeline.noStopBefore' : 'timeline.noStopAfter'));
        else announce(t(direction === -1 ? 'timeline.reachedStart' : 'timeline.reachedNow'));
      },
      fail: (error) => {
        timeline.getState().pause();
        announce(t('timeline.loadFailed', { problem: problemOf(error).message }));
      },
    });
    return { atInstant, navigator };
  }, [engine, branch, cache, queries]);

  const zoomedAt = useRef(-Infinity);
  const data = overall.data;
  const first = data?.first ?? null;
  const last = data?.last ?? null;
  const whole = useMemo(() => (first && last ? wholeRange(Date.parse(first.at), Date.parse(last.at)) : null), [first, last]);
  useEffect(() => {
    latest.current = { ...latest.current, whole };
  }, [whole]);
  useEffect(() => {
    // The newest step is on screen most of the time; its neighbours are the likely next ones.
    if (last) {
      cache.put(last);
      cache.prefetch(last.position, last.position);
    }
  }, [cache, last]);

  if (overall.error) return { kind: 'failed', problem: problemOf(overall.error).message };
  if (!data) return { kind: 'loading' };
  if (!first || !last || !whole) return { kind: 'empty' };
  if (data.total === 1) return { kind: 'one', only: last };
  const range = zoom ? clampRange({ from: Date.parse(zoom.from), to: Date.parse(zoom.to) }, whole) : whole;
  const density = (zoom && zoomed.data) || data;
  const isNow = moment.kind === 'now';
  return {
    kind: 'ready',
    model: {
      branch,
      zone: currentZone(),
      total: data.total,
      first,
      last,
      whole,
      range,
      buckets: density.buckets,
      marks: data.marks,
      isNow,
      shown: isNow ? last : (shownQuery.data ?? undefined),
      shownPosition: isNow ? data.total : moment.position,
      shownAt: isNow ? last.at : moment.at,
      ...parts,
      setRange: (next) => {
        const now = performance.now();
        const goesOn = now - zoomedAt.current < 600;
        zoomedAt.current = now;
        position.getState().go({ timeline: isWhole(next, whole) ? null : rangeToEntry(next) }, goesOn ? 'replace' : 'push');
      },
    },
  };
}

function rangeToEntry(range: TimeRange): { readonly from: string; readonly to: string } {
  return { from: new Date(range.from).toISOString(), to: new Date(range.to).toISOString() };
}
