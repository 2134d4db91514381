import { useEffect } from 'react';
import { announce } from '../../ui/announcer.tsx';
import { t } from '../../messages/index.ts';
import type { Navigator } from './navigator.ts';
import { stepsDue } from './play-clock.ts';
import { isFiltered, timeline, useTimelineState } from './timeline-store.ts';

/** Plays the history while the timeline says so: in whole versions, as fast as asked, and stops at the ends. */
export function usePlay(navigator: Navigator, total: number): void {
  const playing = useTimelineState((state) => state.playing);
  useEffect(() => {
    if (playing === null) return;
    let carry = 0;
    let before = performance.now();
    let frame = 0;
    const turn = (now: number): void => {
      const { speed, filter, pause } = timeline.getState();
      const due = stepsDue(now - before, speed, carry);
      before = now;
      carry = due.carry;
      if (due.steps > 0) {
        // Under a filter every stop has to be found first, so one at a time.
        if (isFiltered(filter)) navigator.step(playing, 'playing');
        else navigator.toPosition(navigator.here() + playing * due.steps, 'playing');
        const here = navigator.here();
        if (here <= 1 || (playing === 1 && here >= total)) {
          pause();
          announce(t(playing === 1 ? 'timeline.reachedNow' : 'timeline.reachedStart'));
          return;
        }
      }
      frame = requestAnimationFrame(turn);
    };
    frame = requestAnimationFrame(turn);
    return () => cancelAnimationFrame(frame);
  }, [playing, navigator, total]);
}
