import type { Conflict } from '../../../shared/contract/app/merges.ts';

/**
 * The conflict to go to from another: the next (`1`) or the one before (`-1`), round the end; with `open`, only those that are still to be
 * decided and are not in `without`. `null` where there is no other.
 */
export function nextConflict(
  conflicts: readonly Conflict[],
  from: string | null,
  step: 1 | -1,
  { open, without = new Set() }: { readonly open: boolean; readonly without?: ReadonlySet<string> },
): string | null {
  const count = conflicts.length;
  const start = conflicts.findIndex(({ id }) => id === from);
  for (let distance = 1; distance <= count; distance++) {
    const index = start < 0 && step === -1 ? count - distance : (start + step * distance + count * 2) % count;
    const conflict = conflicts[index];
    if (!conflict || conflict.id === from) continue;
    if (!open || (conflict.decision === null && !without.has(conflict.id))) return conflict.id;
  }
  return null;
}
