/** Sends one request at a time and, of those asked meanwhile, only the newest. */
export interface Latest<A> {
  ask(argument: A): void;
  /** Forgets what waits; an answer still under way is dropped. */
  drop(): void;
}

/**
 * For scrubbing: `ask` never blocks, at most one request is under way, and when it ends the newest argument asked for meanwhile is sent.
 * Every answer that is still wanted goes to `take`, in the order asked; so the last `ask` always has the last word.
 */
export function createLatest<A, R>(deps: {
  readonly send: (argument: A) => Promise<R>;
  readonly take: (answer: R, argument: A) => void;
  readonly fail: (error: unknown) => void;
}): Latest<A> {
  let busy = false;
  let generation = 0;
  let waiting: { readonly argument: A } | null = null;
  const run = async (argument: A): Promise<void> => {
    busy = true;
    const mine = generation;
    try {
      const answer = await deps.send(argument);
      if (mine === generation) deps.take(answer, argument);
    } catch (error) {
      if (mine === generation) deps.fail(error);
    }
    busy = false;
    const next = waiting;
    waiting = null;
    if (next) void run(next.argument);
  };
  return {
    ask: (argument) => {
      if (busy) waiting = { argument };
      else void run(argument);
    },
    drop: () => {
      generation++;
      waiting = null;
    },
  };
}
