import type { z } from 'zod';
import { ChangeTotals } from '../../../shared/contract/app/base.ts';
import { RefusedError, quote } from '../../../shared/errors.ts';
import type { CommitHash } from '../../../shared/ids.ts';
import { blockOf } from '../../../shared/roster/academic-calendar.ts';
import type { RotaReading } from '../../exchange/rota.ts';
import { makeUuidV7 } from '../ids.ts';
import { planFileImport, type ImportRequest } from '../queries/plan-file-import.ts';
import type { Writer } from '../reader.ts';
import { appendGesture } from './append-gesture.ts';
import { prepareChanges } from './prepare-changes.ts';
import { refuseProtected } from './refuse-protected.ts';

export type ImportAnswer =
  | {
      readonly kind: 'committed';
      readonly commit: CommitHash;
      readonly position: number;
      readonly totals: z.infer<typeof ChangeTotals>;
      readonly unchanged: number;
      readonly people: number;
      readonly halfDays: number;
      readonly from: string;
      readonly to: string;
    }
  | { readonly kind: 'unchanged'; readonly tip: CommitHash | null; readonly unchanged: number }
  | { readonly kind: 'stale'; readonly tip: CommitHash | null };

/**
 * Imports a rota file as one commit. Refuses CONFLICT_OPEN while codes wait for a decision; answers `unchanged` when everything the file says
 * is there already.
 */
export function importRota(
  writer: Writer,
  request: ImportRequest & { readonly expectedTip?: CommitHash | null | undefined; readonly message?: string | undefined },
): ImportAnswer {
  const today = new Date(writer.clock()).toISOString().slice(0, 10);
  const newId = (): string => makeUuidV7(writer.clock(), writer.random);
  const { branch, place, reading, plan } = planFileImport(writer.store, request, { today, newId });
  refuseProtected(writer, branch.ref);
  if (request.expectedTip !== undefined && request.expectedTip !== branch.tip) return { kind: 'stale', tip: branch.tip };
  const { questions, totals, unchanged } = plan.preview;
  if (questions.length > 0)
    throw new RefusedError(
      'CONFLICT_OPEN',
      `${questions.length === 1 ? 'One code in' : `${questions.length} codes in`} “${quote(request.file.name)}” must be decided first: ${questions.slice(0, 20).map(quote).join(', ')}.`,
      { what: 'code', id: quote(questions[0] ?? ''), questions: questions.slice(0, 1_000) },
    );
  const changes = plan.changes.length === 0 ? [] : prepareChanges(writer, place, plan.changes);
  if (changes.length === 0) return { kind: 'unchanged', tip: branch.tip, unchanged };
  const message = request.message === undefined || request.message === '' ? importMessage(reading) : request.message;
  const answer = appendGesture(writer, branch.ref, { message, kind: 'import', changes }, { expectedTip: request.expectedTip });
  if (answer.kind === 'stale') return answer;
  const { commit, position } = answer;
  const { people, halfDays } = plan;
  return { kind: 'committed', commit, position, totals, unchanged, people, halfDays, from: reading.from, to: reading.to };
}

/** `Import Block 9 from rota.xlsx`, or with the days where they are not those of one block. */
function importMessage({ file, from, to }: RotaReading): string {
  const [first, last] = [blockOf(from), blockOf(to)];
  const isOneBlock = first.number === last.number && first.academicYear === last.academicYear;
  return `Import ${isOneBlock ? `Block ${first.number}` : `${from} to ${to}`} from ${quote(file)}`;
}
