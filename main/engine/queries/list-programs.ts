import { basename } from 'node:path';
import type { ProgramEntry } from '../../../shared/contract/app/program.ts';
import { RefusedError } from '../../../shared/errors.ts';
import type { ProgramDeps } from '../programs/engine-deps.ts';
import { openStore } from '../programs/open-store.ts';
import type { ProgramState } from '../programs/programs.ts';

/** Every programme in the data folder, the one opened last first. A file that cannot be opened is listed by its file name. */
export function listPrograms(
  deps: ProgramDeps,
  state: ProgramState,
): { readonly items: ProgramEntry[]; readonly total: number; readonly next: null } {
  const { openedAt } = deps.settings.read();
  const items = deps.files.list().map(({ program, file }): ProgramEntry => {
    const open = state.kind === 'ready' && state.open.program === program;
    return { program, file, openedAt: openedAt[program] ?? null, open, ...(open ? nameOpen(state) : nameClosed(deps, file)) };
  });
  items.sort((a, b) => ((a.openedAt ?? '') < (b.openedAt ?? '') ? 1 : (a.openedAt ?? '') > (b.openedAt ?? '') ? -1 : 0));
  return { items, total: items.length, next: null };
}

type Name = Pick<ProgramEntry, 'name' | 'sample'>;

function nameOpen(state: ProgramState & { kind: 'ready' }): Name {
  const { name, sample } = state.open.store.properties();
  return { name, sample };
}

function nameClosed(deps: ProgramDeps, file: string): Name {
  try {
    const store = openStore({ file, clock: deps.clock, readonly: true });
    const { name, sample } = store.properties();
    store.close();
    return { name, sample };
  } catch (error) {
    if (error instanceof RefusedError) return { name: basename(file), sample: false };
    throw error;
  }
}
