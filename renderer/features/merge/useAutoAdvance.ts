import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

const shownMillis = 400;
const key = 'rosterline.mergeAutoAdvance';

/** Going on by itself after a choice: the result is shown for a moment first, and not at all for people who want no motion. */
export function useAutoAdvance() {
  const [on, setOn] = useState(() => {
    try {
      return localStorage.getItem(key) !== 'off';
    } catch {
      return true;
    }
  });
  const waiting = useRef<{ readonly timer: ReturnType<typeof setTimeout>; readonly go: () => void } | null>(null);
  const cancel = (): void => {
    if (waiting.current === null) return;
    clearTimeout(waiting.current.timer);
    waiting.current = null;
  };
  useEffect(() => cancel, []);
  return {
    on,
    turn: (next: boolean): void => {
      setOn(next);
      cancel();
      try {
        localStorage.setItem(key, next ? 'on' : 'off');
      } catch {
        // Without storage it is on again next time.
      }
    },
    /** Goes on in a moment. */
    later: (go: () => void): void => {
      cancel();
      const run = (): void => {
        waiting.current = null;
        // Drawn at once: a key that comes now is meant for what comes up, not for what was just decided.
        flushSync(go);
      };
      if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) go();
      else waiting.current = { timer: setTimeout(run, shownMillis), go };
    },
    /** Goes on at once, where going on is due. */
    now: (): void => {
      const due = waiting.current;
      cancel();
      due?.go();
    },
    cancel,
  };
}
