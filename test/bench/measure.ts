/** Times of one side, in milliseconds, sorted. */
export interface Sample {
  readonly times: readonly number[];
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
  readonly p10: number;
}

export interface Pair {
  readonly ours: Sample;
  readonly raw: Sample;
  /** Median of ours over median of raw: both were measured in turn, so the machine's mood falls on both. */
  readonly ratio: number;
  /** The same of the fastest tenth of the rounds: what is left of it when other programs keep the machine busy. */
  readonly quietRatio: number;
}

/** One round of a comparison: the same question, once to us and once to the reference. Each answers how many rows it gave. */
export interface Round {
  ours(): number;
  raw(): number;
}

/**
 * Measures two sides in turn, the order changing every round. `draw` makes each round's question outside the time. The first rounds warm up
 * and do not count. Fails when one side gives nothing at all over all rounds: then something else was measured.
 */
export function compare(draw: (round: number) => Round, { rounds, warmup }: { readonly rounds: number; readonly warmup: number }): Pair {
  const times: Record<Side, number[]> = { ours: [], raw: [] };
  const rows: Record<Side, number> = { ours: 0, raw: 0 };
  for (let round = -warmup; round < rounds; round++) {
    const question = draw(round);
    const sides = round % 2 === 0 ? (['ours', 'raw'] as const) : (['raw', 'ours'] as const);
    for (const side of sides) {
      const begin = performance.now();
      rows[side] += question[side]();
      const time = performance.now() - begin;
      if (round >= 0) times[side].push(time);
    }
  }
  if (rows.ours === 0 || rows.raw === 0) throw new Error(`nothing was measured: ${rows.ours} rows here, ${rows.raw} in the reference`);
  return toPair(times);
}

type Side = 'ours' | 'raw';

/** Two sides whose times belong together, with the ratios of their medians. */
export function toPair(times: Readonly<Record<Side, readonly number[]>>): Pair {
  const [ours, raw] = [toSample(times.ours), toSample(times.raw)];
  return { ours, raw, ratio: ours.median / raw.median, quietRatio: ours.p10 / raw.p10 };
}

/** Sorts times and reads what a table shows. */
export function toSample(times: readonly number[]): Sample {
  const sorted = times.toSorted((left, right) => left - right);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { times: sorted, median: at(0.5), p95: at(0.95), p99: at(0.99), p10: at(0.1) };
}

/** What some long work takes: in milliseconds by the clock, and of processors. */
export interface Cost {
  readonly millis: number;
  readonly processor: number;
}

export function costOf(work: () => void): Cost {
  const used = process.cpuUsage();
  const begin = performance.now();
  work();
  const millis = performance.now() - begin;
  const { user, system } = process.cpuUsage(used);
  return { millis, processor: (user + system) / 1_000 };
}

/** Work that takes seconds is measured a few times: the ratio is the median of the pairs' own ratios, beside that of processor time alone. */
export function pairCosts(ours: readonly Cost[], raw: readonly Cost[]): Pair {
  const ratioOf = (figure: keyof Cost): number =>
    toSample(ours.map((cost, index) => cost[figure] / (raw[index]?.[figure] ?? Number.NaN))).median;
  const times = toPair({ ours: ours.map((cost) => cost.millis), raw: raw.map((cost) => cost.millis) });
  return { ...times, ratio: ratioOf('millis'), quietRatio: ratioOf('processor') };
}
