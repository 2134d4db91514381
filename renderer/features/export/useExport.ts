import { keepPreviousData, useMutation, useQuery, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { ExportedFile, ExportPreview, ExportRequest } from '../../../shared/contract/app/exchange.ts';
import type { Job } from '../../../shared/contract/app/program.ts';
import { useProgramEvents } from '../../client/follow.ts';
import { useEngine } from '../../client/engine.ts';

export interface Export {
  readonly preview: UseQueryResult<ExportPreview>;
  readonly run: UseMutationResult<ExportedFile, Error, ExportRequest>;
  /** The running export; `null` when none runs. */
  readonly job: Job | null;
  stop(): void;
}

/** What a request would give, the export itself, and how far it is. */
export function useExport(request: ExportRequest | null): Export {
  const { call, query } = useEngine();
  const [job, setJob] = useState<Job | null>(null);
  useProgramEvents((event) => {
    if (event.kind === 'job' && event.job.kind === 'export') setJob(event.job.state === 'running' ? event.job : null);
  });
  const preview = useQuery({
    ...query.exchange.previewExport.queryOptions({ input: request ?? { what: 'roster', format: 'xlsx' } }),
    enabled: request !== null,
    staleTime: 0,
    gcTime: 0,
    placeholderData: keepPreviousData,
  });
  const run = useMutation({ mutationFn: (wanted: ExportRequest) => call.exchange.export(wanted) });
  return {
    preview,
    run,
    job,
    stop: () => {
      if (job !== null) void call.jobs.cancel({ job: job.job });
    },
  };
}
