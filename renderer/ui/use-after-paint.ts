import { startTransition, useEffect, useState } from 'react';

/**
 * A value that follows another one once the next frame was painted: for what stands beside something that somebody types into, so that the
 * frame is not kept waiting for it. A value that was replaced before its frame came is left out.
 */
export function useAfterPaint<T>(value: T): T {
  const [shown, setShown] = useState(value);
  useEffect(() => {
    if (Object.is(shown, value)) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      // The frame is painted after its callbacks; a task of its own comes after it.
      timer = setTimeout(() => startTransition(() => setShown(value)));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [shown, value]);
  return shown;
}
