import type { ProgramDeps } from '../programs/engine-deps.ts';
import type { Programs } from '../programs/programs.ts';
import type { Asker, StoreReader, Writer } from '../reader.ts';

/** How the handlers of every group reach the engine. */
export interface EngineAccess extends ProgramDeps {
  readonly programs: Programs;
  /**
   * Answers a question about the open programme from one consistent state: the store as the acting user may read it (`sighted-store/sighted-store.ts`),
   * and who asks.
   */
  ask<Answer>(question: (store: StoreReader, asker: Asker) => Answer): Promise<Answer>;
  /** Runs a command on the open programme in the acting user's name. Nothing else runs in between. */
  run<Answer>(command: (writer: Writer) => Answer): Promise<Answer>;
}
