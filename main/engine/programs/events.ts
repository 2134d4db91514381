import { EventPublisher } from '@orpc/server';
import type { ProgramEvent } from '../../../shared/contract/app/program.ts';

export interface ProgramEvents {
  publish(event: ProgramEvent): void;
  /** Everything that happens from now on, until the signal aborts. */
  watch(signal?: AbortSignal): AsyncIterable<ProgramEvent>;
  /** Hands every event to the listener at once, in order; answers how to stop. */
  listen(listener: (event: ProgramEvent) => void): () => void;
}

/** What happens in the programme, told to every watcher in this process. A listener that throws is told to `onFault` and harms nobody else. */
export function createProgramEvents(onFault: (fault: unknown) => void): ProgramEvents {
  // A watcher that does not read for a while must not lose a move: it would show an old tip until the next one.
  const publisher = new EventPublisher<{ event: ProgramEvent }>({ maxBufferedEvents: 10_000 });
  return {
    publish: (event) => publisher.publish('event', event),
    watch: (signal) => publisher.subscribe('event', signal === undefined ? {} : { signal }),
    listen: (listener) =>
      publisher.subscribe('event', (event) => {
        try {
          listener(event);
        } catch (fault) {
          onFault(fault);
        }
      }),
  };
}
