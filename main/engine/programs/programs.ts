import { notFound, RefusedError } from '../../../shared/errors.ts';
import { MAIN_REF } from '../../../shared/versioning/ref-name.ts';
import type { LocalStore } from '../local-store/store.ts';
import { warmRosterFacts } from '../queries/roster-facts.ts';
import { createEmptyProgram } from './create-empty.ts';
import { createSampleProgram, type SampleRequest } from './create-sample.ts';
import type { ProgramDeps } from './engine-deps.ts';
import { openStore } from './open-store.ts';
import { readAhead, rememberDays } from './read-ahead.ts';

export interface OpenProgram {
  readonly program: string;
  readonly file: string;
  readonly store: LocalStore;
}

/** Which programme there is to work with, or why there is none. */
export type ProgramState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'none' }
  | { readonly kind: 'creating' }
  | { readonly kind: 'ready'; readonly open: OpenProgram }
  | { readonly kind: 'refused'; readonly program: string; readonly file: string; readonly problem: RefusedError };

/** The programmes of one data folder: one of them is open at a time. */
export interface Programs {
  state(): ProgramState;
  /** Opens the last programme; where there is none at all and a sample is wanted, begins to make it and returns. */
  start(options: { readonly sample: boolean }): void;
  /** The open programme. Waits while the first one is being opened or made; refuses as the file was refused, or NOT_FOUND when there is none. */
  whenOpen(): Promise<OpenProgram>;
  open(program: string): void;
  create(options: { readonly name: string }): void;
  /** Answers when what is slow to read of the open programme has been read, or another one was opened. */
  whenWarm(): Promise<void>;
  /** Answers when the sample is made and open; meanwhile the programme before stays open. */
  createSample(request: SampleRequest): Promise<void>;
  /** Closes the open programme. No job may be running on it. */
  close(): void;
}

export function createPrograms(deps: ProgramDeps): Programs {
  let state: ProgramState = { kind: 'starting' };
  const waiting = new Set<() => void>();
  let warm: Promise<void> = Promise.resolve();

  function enter(next: ProgramState): void {
    state = next;
    if (next.kind === 'ready') warmUp(next.open);
    if (next.kind === 'starting' || next.kind === 'creating') return;
    for (const resume of waiting) resume();
    waiting.clear();
  }

  function openFile(program: string): OpenProgram {
    const file = deps.files.fileOf(program);
    return { program, file, store: openStore({ file, clock: deps.clock }) };
  }

  function switchTo(next: OpenProgram): void {
    const before = state;
    remember(next);
    enter({ kind: 'ready', open: next });
    // What still runs was about the programme that is closed now.
    deps.jobs.cancelAll(['verify', 'import', 'export', 'restore']);
    if (before.kind === 'ready') before.open.store.close();
    deps.events.publish({ kind: 'program' });
  }

  function warmUp(open: OpenProgram): void {
    const isOpen = (): boolean => state.kind === 'ready' && state.open === open;
    warm = readAhead(deps, open, isOpen).catch((error: unknown) => {
      if (isOpen()) deps.log('error', 'the programme could not be read ahead', { problem: String(error).slice(0, 300) });
    });
  }

  function remember({ program }: OpenProgram): void {
    const openedAt = new Date(deps.clock()).toISOString();
    try {
      deps.settings.change((settings) => ({ ...settings, lastProgram: program, openedAt: { ...settings.openedAt, [program]: openedAt } }));
    } catch (error) {
      // A full disk must not keep anybody from looking at the roster; only the next start will not know what was open.
      if (!(error instanceof RefusedError)) throw error;
      deps.log('error', 'the settings could not be written', { code: error.code });
    }
  }

  async function makeFirstSample(): Promise<void> {
    try {
      await programs.createSample({});
    } catch (error) {
      if (!(error instanceof RefusedError)) deps.log('error', 'the sample could not be made', { problem: String(error).slice(0, 500) });
      // Unless somebody has opened another programme meanwhile.
      if (state.kind === 'creating') enter({ kind: 'none' });
      deps.events.publish({ kind: 'program' });
    }
  }

  const programs: Programs = {
    state: () => state,
    start({ sample }) {
      deps.files.discardUnfinished();
      const last = deps.settings.read().lastProgram;
      const program = last ?? deps.files.list()[0]?.program;
      if (program === undefined) {
        enter({ kind: sample ? 'creating' : 'none' });
        if (sample) void makeFirstSample();
        return;
      }
      try {
        const opened = openFile(program);
        remember(opened);
        enter({ kind: 'ready', open: opened });
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        deps.log('error', 'the last programme could not be opened', { program, code: error.code });
        enter({ kind: 'refused', program, file: deps.files.fileOf(program), problem: error });
      }
    },
    async whenOpen() {
      if (state.kind === 'starting' || state.kind === 'creating') await new Promise<void>((resolve) => waiting.add(resolve));
      switch (state.kind) {
        case 'ready':
          return state.open;
        case 'refused':
          throw state.problem;
        case 'starting':
        case 'creating':
          return programs.whenOpen();
        case 'none':
          throw new RefusedError('NOT_FOUND', 'No programme is open. Open one, or make a new one.', { what: 'programme' });
      }
    },
    whenWarm: () => warm,
    open(program) {
      if (state.kind === 'ready' && state.open.program === program) return;
      if (!deps.files.has(program)) throw notFound('programme', program);
      switchTo(openFile(program));
    },
    create(options) {
      switchTo(openFile(createEmptyProgram(deps, options)));
    },
    async createSample(request) {
      const opened = await deps.jobs.run({ kind: 'sample', label: 'Making the sample programme', total: 1_000 }, async (job) => {
        const made = openFile(await createSampleProgram(deps, job, request));
        await warmRosterFacts(made.store, made.store.placeAt(MAIN_REF), () => new Promise((resolve) => setImmediate(resolve)));
        return made;
      });
      switchTo(opened);
    },
    close() {
      const before = state;
      enter({ kind: 'none' });
      if (before.kind !== 'ready') return;
      rememberDays(deps, before.open);
      before.open.store.close();
    },
  };
  return programs;
}
