import { useEffect, useEffectEvent } from 'react';
import type { ProgramEvent } from '../../shared/contract/app/program.ts';
import type { AppClient } from './connect.ts';

export type FollowListener = (event: ProgramEvent) => void;

const listeners = new Set<FollowListener>();

/**
 * Follows what happens in the programme (`program/watch`) until aborted, and tells every listener of this page. Asks again
 * when the stream ends early, since a programme that was switched ends its streams.
 */
export async function followProgram(client: AppClient, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const event of await client.program.watch({}, { signal })) for (const listener of listeners) listener(event);
    } catch (error) {
      if (signal.aborted) return;
      console.debug('program watch ended', error);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Calls `listener` for every event of the programme while the component is mounted. */
export function useProgramEvents(listener: FollowListener): void {
  const latest = useEffectEvent(listener);
  useEffect(() => {
    const tell: FollowListener = (event) => latest(event);
    listeners.add(tell);
    return () => void listeners.delete(tell);
  }, []);
}
