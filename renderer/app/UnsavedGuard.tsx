import { useEffect } from 'react';
import { useTyped, useUnsaved } from '../client/unsaved.ts';

/**
 * Keeps the page open while an edit is on its way to the engine or a form holds what nobody has saved: a browser asks whether to leave, a window of its own waits and closes then.
 * A component of its own, so that the window does not render with every edit.
 */
export function UnsavedGuard(): null {
  const { count } = useUnsaved();
  const forms = useTyped();
  const holds = count + forms > 0;
  useEffect(() => {
    if (!holds) return;
    const stay = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', stay);
    return () => window.removeEventListener('beforeunload', stay);
  }, [holds]);
  return null;
}
