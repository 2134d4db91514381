import { useMemo, useState } from 'react';
import { offsetsOf } from './model.ts';

/** The rows' offsets, and the same list as long as no height changes: a new one has everything measured again. */
export function useOffsets(rows: readonly { readonly height: number }[]): readonly number[] {
  const [kept, setKept] = useState(() => offsetsOf(rows));
  const offsets = useMemo(() => offsetsOf(rows), [rows]);
  if (kept === offsets) return kept;
  if (kept.length === offsets.length && kept.every((offset, index) => offset === offsets[index])) return kept;
  setKept(offsets);
  return offsets;
}
