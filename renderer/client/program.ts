import { hashKey, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { ProgramInfo } from '../../shared/contract/app/program.ts';
import { useEngine } from './engine.ts';
import { useProgramEvents } from './follow.ts';

/** What the open programme is, kept fresh. `undefined` until the first answer. */
export function useProgramInfo(): ProgramInfo | undefined {
  const engine = useEngine();
  return useQuery(engine.query.program.info.queryOptions()).data;
}

/** Shows what is open now. When that is another programme, every answer about the one before is forgotten. */
export function useShowProgram(): (info: ProgramInfo) => void {
  const engine = useEngine();
  const client = useQueryClient();
  return useCallback(
    (info) => {
      const key = engine.query.program.info.queryKey();
      const before = client.getQueryData(key);
      client.setQueryData(key, info);
      if (before?.program !== info.program || before.state !== info.state)
        client.removeQueries({ predicate: (query) => hashKey(query.queryKey) !== hashKey(key) });
      void client.invalidateQueries({ queryKey: engine.query.program.list.key() });
    },
    [engine, client],
  );
}

/**
 * Keeps answers about branches fresh: when the engine says that something moved, everything that depends on a tip is asked again.
 * Answers about a commit are left alone, they cannot change. Mounted once.
 */
export function useFreshAnswers(): void {
  const engine = useEngine();
  const client = useQueryClient();
  const showProgram = useShowProgram();
  useProgramEvents((event) => {
    const stale = (queryKey: readonly unknown[]): void => void client.invalidateQueries({ queryKey });
    switch (event.kind) {
      case 'moved':
        for (const key of [
          engine.query.branches.key(),
          engine.query.changes.undoable.key(),
          engine.query.commits.line.key(),
          engine.query.commits.density.key(),
          engine.query.commits.at.key(),
          engine.query.versions.history.key(),
          engine.query.versions.lineage.key(),
          engine.query.roster.cell.key(),
          engine.query.notes.key(),
          // What is seen of a record is the shared one under one's own version.
          engine.query.views.key(),
        ])
          stale(key);
        if (event.branch === 'notes') stale(engine.query.commits.get.key());
        else stale(engine.query.roster.codes.key());
        return;
      case 'branches':
        stale(engine.query.branches.key());
        return;
      case 'program':
        void engine.call.program.info().then(showProgram, (error: unknown) => console.debug('the programme could not be asked for', error));
        return;
      case 'views':
        stale(engine.query.views.key());
        stale(engine.query.versions.key());
        return;
      case 'session':
        stale(engine.query.session.key());
        // Who acts decides what is seen: nothing that the one before was told stays on screen while it is asked again, also of commits,
        // whose answers change for nobody else. What stands in cells is everybody's.
        for (const queryKey of [
          engine.query.views.key(),
          engine.query.versions.key(),
          engine.query.commits.get.key(),
          engine.query.commits.line.key(),
          engine.query.notes.key(),
          engine.query.diff.key(),
          engine.query.branches.compare.key(),
          engine.query.changes.previewRestore.key(),
          engine.query.merges.key(),
          engine.query.exchange.key(),
        ])
          void client.resetQueries({ queryKey });
        for (const queryKey of [engine.query.branches.key(), engine.query.commits.key(), engine.query.changes.key()]) stale(queryKey);
        stale(engine.query.program.info.key());
        return;
      case 'job':
        // The information of the programme carries the running job; a count that moved is shown, a job that ended changes what is open.
        client.setQueryData(engine.query.program.info.queryKey(), (info: ProgramInfo | undefined) =>
          info?.job?.job === event.job.job ? { ...info, job: event.job } : info,
        );
        if (event.job.state !== 'running') stale(engine.query.program.key());
        return;
    }
  });
}
