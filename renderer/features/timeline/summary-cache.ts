import type { CommitSummary } from '../../../shared/contract/app/base.ts';

/** The summaries of one branch's line by position, kept while there is room. A line only grows, so what is known stays true. */
export interface SummaryCache {
  /** What is known without asking. */
  peek(position: number): CommitSummary | undefined;
  /** Asks once, however many want it; `null` when the line has no such position. */
  get(position: number): Promise<CommitSummary | null>;
  put(summary: CommitSummary): void;
  /** Gets the neighbours in the background; failures are left to whoever really asks. */
  prefetch(position: number, total: number): void;
  clear(): void;
}

/** A cache in front of `load`, with at most `capacity` summaries; the least recently used ones go first. */
export function createSummaryCache(load: (position: number) => Promise<CommitSummary | null>, capacity = 2_000): SummaryCache {
  const known = new Map<number, CommitSummary>();
  const underWay = new Map<number, Promise<CommitSummary | null>>();
  const put = (summary: CommitSummary): void => {
    known.delete(summary.position);
    known.set(summary.position, summary);
    for (const oldest of known.keys()) {
      if (known.size <= capacity) break;
      known.delete(oldest);
    }
  };
  const peek = (position: number): CommitSummary | undefined => {
    const found = known.get(position);
    if (found) put(found);
    return found;
  };
  const ask = async (position: number): Promise<CommitSummary | null> => {
    try {
      const summary = await load(position);
      if (summary) put(summary);
      return summary;
    } finally {
      underWay.delete(position);
    }
  };
  const get = (position: number): Promise<CommitSummary | null> => {
    const found = peek(position);
    if (found) return Promise.resolve(found);
    let asked = underWay.get(position);
    if (!asked) underWay.set(position, (asked = ask(position)));
    return asked;
  };
  return {
    peek,
    get,
    put,
    prefetch: (position, total) => {
      for (const near of [position - 1, position + 1, position - 2, position + 2])
        if (near >= 1 && near <= total && !known.has(near)) get(near).catch(() => undefined);
    },
    clear: () => known.clear(),
  };
}
