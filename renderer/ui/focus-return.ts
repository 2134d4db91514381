import { useEffect, useState } from 'react';

/**
 * For a dialog that is mounted open and leaves the page when it closes: gives the focus back to what had it before, unless it went
 * elsewhere meanwhile, so that the keyboard is never left with nothing.
 */
export function useFocusReturn(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // The dialog is still in the document here; its going takes the focus away.
      setTimeout(() => {
        const lost = document.activeElement === null || document.activeElement === document.body;
        if (lost && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
      }, 0);
    },
    [before],
  );
}
