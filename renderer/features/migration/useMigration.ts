import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Job } from '../../../shared/contract/app/program.ts';
import { EntityId } from '../../../shared/ids.ts';
import { useEngine, useQueryClient } from '../../client/engine.ts';
import { useProgramEvents } from '../../client/follow.ts';
import { t } from '../../messages/index.ts';
import { useViewed, useViewingReason } from '../../position/viewed.ts';
import type { MasterType } from './opened.ts';
import type { PickedFile } from '../../ui/use-file-pick.tsx';

/** A list as it goes to the engine. */
export type PickedList = PickedFile;

/** Rows to look at that come with a preview; the report of a run holds more. */
const issuesShown = 2_000;

/** Why the acting user may not migrate here; `null` for who may. */
export function useMigratorReason(): string | null {
  const { query } = useEngine();
  const role = useQuery(query.session.get.queryOptions()).data?.role;
  const viewing = useViewingReason();
  return role === undefined || role === 'approver' || role === 'admin' ? viewing : t('migration.needsApprover');
}

/** Why nothing can be changed here, as a sentence; `null` where it can. */
export function useReadOnlyReason(): string | null {
  const { readOnly } = useViewed();
  if (readOnly === null) return null;
  return t(readOnly === 'past' ? 'migration.past' : 'migration.other');
}

/** What taking a list over would do, and the run itself with how far it is. */
export function useMigration({ type, list, branch }: { readonly type: MasterType; readonly list: PickedList; readonly branch: string }) {
  const { call, query } = useEngine();
  const queries = useQueryClient();
  const [job, setJob] = useState<Job | null>(null);
  useProgramEvents((event) => {
    if (event.kind === 'job' && event.job.kind === 'migrate') setJob(event.job.state === 'running' ? event.job : null);
  });
  const input = { type, branch, file: { name: list.name, base64: list.base64 } };
  const preview = useQuery({
    ...query.views.previewMigration.queryOptions({ input: { ...input, limit: issuesShown } }),
    // The whole file would be the key otherwise, hashed at every render.
    queryKey: ['previewMigration', type, branch, list.name, list.picked],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  const run = useMutation({
    mutationFn: () => call.views.migrate(input),
    onSuccess: () => queries.invalidateQueries({ queryKey: query.views.key() }),
    onSettled: () => setJob(null),
  });
  return {
    preview,
    run,
    job,
    stop: () => {
      if (job !== null) void call.jobs.cancel({ job: job.job });
    },
  };
}

/** The migrations there were, newest first. */
export function useMigrations() {
  const { query } = useEngine();
  return useQuery({ ...query.views.migrations.queryOptions({ input: { limit: 200 } }), staleTime: 0 });
}

/** What undoing a migration would remove, and the undoing. */
export function useReversal(migration: string) {
  const { call, query } = useEngine();
  const queries = useQueryClient();
  const id = EntityId.parse(migration);
  const preview = useQuery({ ...query.views.previewReversal.queryOptions({ input: { migration: id } }), staleTime: 0, gcTime: 0 });
  const run = useMutation({
    mutationFn: (reason: string) => call.views.reverseMigration({ migration: id, reason }),
    onSuccess: () => queries.invalidateQueries({ queryKey: query.views.key() }),
  });
  return { preview, run };
}
