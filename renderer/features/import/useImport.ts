import { useMutation, useQuery, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportDecisions, ImportPreview } from '../../../shared/contract/app/exchange.ts';
import { useEngine } from '../../client/engine.ts';
import type { PickedFile } from '../../ui/use-file-pick.tsx';

type Outcome = Awaited<ReturnType<ReturnType<typeof useEngine>['call']['exchange']['import']>>;

export interface Import {
  readonly preview: UseQueryResult<ImportPreview>;
  readonly decisions: ImportDecisions;
  readonly decide: (more: ImportDecisions) => void;
  readonly run: UseMutationResult<Outcome, Error, void>;
}

/** The preview of importing a file with the decisions made so far, and the import itself. Every decision asks for the preview again. */
export function useImport(file: PickedFile, branch: string): Import {
  const { call, query } = useEngine();
  const [decisions, setDecisions] = useState<ImportDecisions>({});
  const input = { branch, file: { name: file.name, base64: file.base64 }, decisions };
  const preview = useQuery({
    ...query.exchange.previewImport.queryOptions({ input }),
    // The whole file would be the key otherwise, hashed at every render.
    queryKey: ['previewImport', branch, file.name, file.picked, decisions],
    placeholderData: (previous) => previous,
    gcTime: 0,
  });
  const run = useMutation({
    mutationFn: () => call.exchange.import({ ...input, ...(preview.data ? { expectedTip: preview.data.tip } : {}) }),
  });
  return {
    preview,
    decisions,
    decide: (more) => setDecisions((known) => ({ ...known, ...more, codes: { ...known.codes, ...more.codes } })),
    run,
  };
}
