import type { ProgramInfo } from '../../../shared/contract/app/program.ts';
import { isBranchRef, MAIN_REF } from '../../../shared/versioning/ref-name.ts';
import type { Job } from '../../../shared/contract/app/program.ts';
import type { Settings } from '../programs/settings.ts';
import type { OpenProgram, ProgramState } from '../programs/programs.ts';
import type { StoreReader } from '../reader.ts';
import { sightedStore } from '../sighted-store/sighted-store.ts';
import { entityCountsAt } from './entity-counts.ts';
import { knowsRosterFacts, rosterFactsAt } from './roster-facts.ts';

const nothing = {
  program: null,
  name: '',
  sample: false,
  file: null,
  size: 0,
  readOnly: false,
  createdAt: null,
  counts: { commits: 0, versions: 0, entities: 0, branches: 0, byType: {} },
  days: null,
  problem: null,
} as const;

/** Which programme is open and what it holds for the asker, or why there is none. Always answers, also while one is being made. */
export function describeProgram(
  state: ProgramState,
  { job, days, asker }: { readonly job: Job | null; readonly days: Settings['days']; readonly asker: string },
): ProgramInfo {
  const surroundings = { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, job };
  switch (state.kind) {
    case 'ready':
      return { ...describeOpen({ ...state.open, store: sightedStore(state.open.store, asker) }, days ?? null), ...surroundings };
    case 'starting':
    case 'creating':
      return { ...nothing, ...surroundings, state: 'creating' };
    case 'none':
      return { ...nothing, ...surroundings, state: 'none' };
    case 'refused': {
      const { problem, program, file } = state;
      return {
        ...nothing,
        ...surroundings,
        state: 'refused',
        program,
        file,
        problem: { code: problem.code, message: problem.message, file },
      };
    }
  }
}

function describeOpen(
  { program, file, store }: Omit<OpenProgram, 'store'> & { readonly store: StoreReader },
  remembered: NonNullable<Settings['days']> | null,
): Omit<ProgramInfo, 'timeZone' | 'job'> {
  return store.read(() => {
    const main = store.placeAt(MAIN_REF);
    const properties = store.properties();
    const counts = store.counts();
    const byType = Object.fromEntries(entityCountsAt(store, main));
    const isRemembered =
      remembered !== null && remembered.program === program && remembered.commit === main.commit && !knowsRosterFacts(store);
    return {
      state: 'ready',
      program,
      name: properties.name,
      sample: properties.sample,
      file,
      size: properties.size,
      readOnly: store.readonly,
      createdAt: properties.createdAt,
      counts: {
        commits: counts.commits,
        versions: counts.versions,
        entities: counts.entities,
        branches: store.refs().filter((record) => isBranchRef(record.ref)).length,
        byType,
      },
      days: isRemembered ? { from: remembered.from, to: remembered.to } : rosterFactsAt(store, main).days,
      problem: null,
    };
  });
}
