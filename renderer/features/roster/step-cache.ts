import type { Basis } from '../../../shared/contract/app/base.ts';
import type { WindowChange } from '../../../shared/contract/app/roster.ts';
import type { CommitHash } from '../../../shared/ids.ts';
import { invertWindowChanges } from '../../../shared/roster/window-changes.ts';

export interface Step {
  readonly basis: Pick<Basis, 'position' | 'at'>;
  readonly changes: readonly WindowChange[];
}
interface Window {
  readonly branch: string;
  readonly from: string;
  readonly to: string;
}

export interface StepCache {
  get(window: Window, from: CommitHash, to: CommitHash): Step | undefined;
  put(window: Window, from: CommitHash, to: CommitHash, step: Step): void;
}

const keptChanges = 200_000;

/** Remembers the steps between commits: they can never change, and each is also the way back once its start is known. */
export function createStepCache(): StepCache {
  const steps = new Map<string, Step>();
  const places = new Map<string, Step['basis']>();
  let size = 0;
  const keyOf = (window: Window, from: CommitHash, to: CommitHash): string =>
    `${window.branch}\n${window.from}\n${window.to}\n${from}\n${to}`;
  return {
    get(window, from, to) {
      const key = keyOf(window, from, to);
      const found = steps.get(key);
      if (found) {
        // The one used last is the last to be forgotten.
        steps.delete(key);
        steps.set(key, found);
        return found;
      }
      const back = steps.get(keyOf(window, to, from));
      const place = places.get(`${window.branch}\n${to}`);
      return back && place ? { basis: place, changes: invertWindowChanges(back.changes) } : undefined;
    },
    put(window, from, to, step) {
      steps.set(keyOf(window, from, to), step);
      places.set(`${window.branch}\n${to}`, step.basis);
      size += step.changes.length + 1;
      for (const [key, oldest] of steps) {
        if (size <= keptChanges) break;
        steps.delete(key);
        size -= oldest.changes.length + 1;
      }
    },
  };
}
