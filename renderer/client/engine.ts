import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { AppClient } from './connect.ts';

/** How the page asks the engine: `call` for verbs, `query` for TanStack Query options of every procedure. */
export interface Engine {
  readonly call: AppClient;
  readonly query: ReturnType<typeof createTanstackQueryUtils<AppClient>>;
}

export function createEngineAccess(client: AppClient): Engine {
  return { call: client, query: createTanstackQueryUtils(client) };
}

/** Answers about a commit never go stale; answers about a branch are refetched when the engine says that it moved (`follow.ts`). */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: Infinity, gcTime: 5 * 60_000, retry: false, refetchOnWindowFocus: false, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

const EngineContext = createContext<Engine | null>(null);
export const EngineProvider = EngineContext.Provider;

/** The engine of this page. */
export function useEngine(): Engine {
  const engine = useContext(EngineContext);
  if (engine === null) throw new Error('useEngine outside of EngineProvider');
  return engine;
}

export { useQueryClient };
