import type { EngineLog } from '../engine-log.ts';
import type { ProgramEvents } from './events.ts';
import type { Jobs } from './jobs.ts';
import type { ProgramFiles } from './program-files.ts';
import type { SettingsStore } from './settings.ts';

/** What the programmes of one data folder are opened, made and told about with. */
export interface ProgramDeps {
  readonly settings: SettingsStore;
  readonly files: ProgramFiles;
  readonly events: ProgramEvents;
  readonly jobs: Jobs;
  readonly log: EngineLog;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly random: (bytes: number) => Uint8Array;
}
