import { randomUUID } from 'node:crypto';
import type { Job } from '../../../shared/contract/app/program.ts';
import { RefusedError } from '../../../shared/errors.ts';

export interface RunningJob {
  readonly job: string;
  readonly signal: AbortSignal;
  /** Tells how far the work is. Throws the refusal CANCELLED when somebody stopped the job. */
  progress(done: number, total?: number): void;
  /** Lets other calls, watchers and a cancel through. Long work calls it between slices; throws CANCELLED like `progress`. */
  breathe(): Promise<void>;
}

export interface JobOptions {
  readonly kind: Job['kind'];
  readonly label: string;
  readonly total?: number;
}

export interface Jobs {
  /** Runs the work as a job that people can watch and stop; the job ends as the work ends. */
  run<Result>(options: JobOptions, work: (job: RunningJob) => Promise<Result>): Promise<Result>;
  /** The running jobs and the most recent ended ones, newest first. */
  list(): readonly Job[];
  current(): Job | null;
  /** False when there is no such job or it has ended. */
  cancel(job: string): boolean;
  /** Stops every running job, or those of some kinds. */
  cancelAll(kinds?: readonly Job['kind'][]): void;
  /** Answers when no job runs any more. */
  whenIdle(): Promise<void>;
}

const keptEnded = 20;
const millisBetweenReports = 60;

/** The long work of one engine. Progress is told at most every 60 ms, begin and end always. */
export function createJobs(tell: (job: Job) => void): Jobs {
  const running = new Set<Promise<void>>();
  const jobs = new Map<string, { state: Job; readonly stop: AbortController }>();

  function set(id: string, change: Partial<Job>): Job | undefined {
    const entry = jobs.get(id);
    if (entry === undefined) return undefined;
    entry.state = { ...entry.state, ...change };
    return entry.state;
  }

  function forgetOld(): void {
    const ended = [...jobs].filter(([, entry]) => entry.state.state !== 'running');
    for (const [id] of ended.slice(0, Math.max(0, ended.length - keptEnded))) jobs.delete(id);
  }

  async function runJob<Result>({ kind, label, total = 0 }: JobOptions, work: (job: RunningJob) => Promise<Result>): Promise<Result> {
    const id = randomUUID();
    const stop = new AbortController();
    jobs.set(id, { state: { job: id, kind, label, done: 0, total, state: 'running', error: null }, stop });
    let toldAt = Date.now();
    const report = (change: Partial<Job>): void => {
      const state = set(id, change);
      toldAt = Date.now();
      if (state !== undefined) tell(state);
    };
    const refuseIfStopped = (): void => {
      if (stop.signal.aborted)
        throw new RefusedError('CANCELLED', `${label} was cancelled. Everything is as it was before.`, { what: 'job', id });
    };
    report({});
    try {
      const result = await work({
        job: id,
        signal: stop.signal,
        progress(done, newTotal) {
          refuseIfStopped();
          const change = { done: Math.floor(done), ...(newTotal === undefined ? {} : { total: Math.floor(newTotal) }) };
          if (Date.now() - toldAt >= millisBetweenReports) report(change);
          else set(id, change);
        },
        async breathe() {
          await new Promise<void>((resolve) => setImmediate(resolve));
          refuseIfStopped();
        },
      });
      const reached = jobs.get(id)?.state;
      report({ state: 'done', done: reached === undefined ? total : Math.max(reached.done, reached.total) });
      return result;
    } catch (error) {
      const cancelled = error instanceof RefusedError && error.code === 'CANCELLED';
      const words = error instanceof RefusedError ? error.message : `${label} failed.`;
      report({ state: cancelled ? 'cancelled' : 'failed', error: words });
      throw error;
    } finally {
      forgetOld();
    }
  }

  return {
    run(options, work) {
      const result = runJob(options, work);
      const ended = result.then(
        () => undefined,
        () => undefined,
      );
      running.add(ended);
      void ended.then(() => running.delete(ended));
      return result;
    },
    async whenIdle() {
      while (running.size > 0) await Promise.all(running);
    },
    list: () => [...jobs.values()].map((entry) => entry.state).toReversed(),
    current: () => [...jobs.values()].map((entry) => entry.state).findLast((job) => job.state === 'running') ?? null,
    cancel(job) {
      const entry = jobs.get(job);
      if (entry === undefined || entry.state.state !== 'running' || entry.stop.signal.aborted) return false;
      entry.stop.abort();
      return true;
    },
    cancelAll(kinds) {
      for (const entry of jobs.values()) if (kinds === undefined || kinds.includes(entry.state.kind)) entry.stop.abort();
    },
  };
}
