import { RefusedError } from '../../../shared/errors.ts';
import { MAIN_REF } from '../../../shared/versioning/ref-name.ts';
import { knowsRosterFacts, rosterFactsAt, warmRosterFacts } from '../queries/roster-facts.ts';
import type { ProgramDeps } from './engine-deps.ts';
import type { OpenProgram } from './programs.ts';

/** Reads what the first screens will ask for, in slices. Throws as soon as the programme is not the open one any more. */
export async function readAhead(deps: ProgramDeps, open: OpenProgram, isOpen: () => boolean): Promise<void> {
  const breathe = async (): Promise<void> => {
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (!isOpen()) throw new Error('another programme was opened');
  };
  await breathe();
  await warmRosterFacts(open.store, open.store.placeAt(MAIN_REF), breathe);
  rememberDays(deps, open);
}

/** Writes down which days hold assignments now, so that the next start can say it at once. */
export function rememberDays(deps: ProgramDeps, { program, store }: OpenProgram): void {
  const place = store.placeAt(MAIN_REF);
  if (place.commit === null || !knowsRosterFacts(store)) return;
  const known = deps.settings.read().days;
  if (known?.program === program && known.commit === place.commit) return;
  const { days } = rosterFactsAt(store, place);
  const remembered = days === null ? null : { program, commit: place.commit, ...days };
  try {
    deps.settings.change((settings) => ({ ...settings, days: remembered }));
  } catch (error) {
    // It is only a help for the next start.
    if (!(error instanceof RefusedError)) throw error;
    deps.log('error', 'the settings could not be written', { code: error.code });
  }
}
