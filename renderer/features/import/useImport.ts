import { useMutation, useQuery, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportDecisions, ImportPreview } from '../../../shared/contract/app/exchange.ts';
import { useEngine } from '../../client/engine.ts';
import { t } from '../../messages/index.ts';

/** A file as it goes to the engine. `picked` tells the same file picked twice apart. */
export interface PickedFile {
  readonly name: string;
  readonly base64: string;
  readonly picked: number;
}

const largest = 40 * 1024 * 1024;

/** Reads a file that was picked or dropped. Rejects with a sentence when it is too large. */
export async function readPicked(file: File): Promise<PickedFile> {
  if (file.size > largest) throw new Error(t('importRota.tooLarge'));
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return { name: file.name, base64: btoa(binary), picked: Date.now() };
}

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
