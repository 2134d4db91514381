import { createRouterClient, type RouterClient } from '@orpc/server';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type Engine } from '../../main/engine/engine.ts';
import type { EngineLog } from '../../main/engine/engine-log.ts';
import type { EngineRouter } from '../../main/engine/handlers/router.ts';
import type { ProgramEvent } from '../../shared/contract/app/program.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createSeededRandom } from './seeded-random.ts';

export type EngineClient = RouterClient<EngineRouter>;

/** A real engine on a real data folder, spoken to through the contract. Every answer is checked against it. */
export interface OpenedEngine {
  /** The typed client; it stays the same over restarts. */
  readonly api: EngineClient;
  readonly engine: () => Engine;
  readonly clock: FakeClock;
  readonly dataDir: string;
  /** Everything that was told to watchers since the last start. */
  readonly events: () => readonly ProgramEvent[];
  /** What was logged as an error. A test that expects none can say so. */
  readonly errors: () => readonly string[];
  /** Closes the engine and opens another one on the same folder. */
  restart(options?: { readonly sample?: boolean }): Promise<void>;
  close(): Promise<void>;
}

export interface EngineSetup {
  readonly dataDir?: string;
  readonly clock?: FakeClock;
  readonly seed?: number;
  readonly random?: (bytes: number) => Uint8Array;
  readonly sample?: boolean;
  /** Name of an empty programme to begin with; `null` for none. */
  readonly program?: string | null;
  /** Otherwise `close` fails when the engine logged an error. */
  readonly expectErrors?: boolean;
  /** Is told every line of the log. */
  readonly log?: EngineLog;
  readonly user?: { readonly userId: string; readonly name: string };
}

/** Opens an engine with an empty programme, in which Ana acts, on a temporary folder that goes away with it. */
export async function openEngine(setup: EngineSetup = {}): Promise<OpenedEngine> {
  const {
    clock = createFakeClock(),
    seed = 1,
    sample = false,
    program = 'Family Medicine',
    user = { userId: 'ana', name: 'Ana Lima' },
  } = setup;
  const dataDir = setup.dataDir ?? mkdtempSync(join(tmpdir(), 'rosterline-engine-'));
  const random = setup.random ?? createSeededRandom(seed);
  let errors: string[] = [];
  let events: ProgramEvent[] = [];

  async function start(withSample: boolean): Promise<Engine> {
    [errors, events] = [[], []];
    const started = createEngine({
      dataDir,
      clock,
      random,
      device: 'desk-1',
      checkAnswers: true,
      log: (level, message, details) => {
        setup.log?.(level, message, details);
        if (level === 'error') errors.push(`${message} ${JSON.stringify(details ?? {})}`);
      },
    });
    started.events.listen((event) => events.push(event));
    await started.start({ sample: withSample });
    return started;
  }

  let engine = await start(sample);
  let client: EngineClient = createRouterClient(engine.router, { context: {} });
  // Every call is looked up anew, so that a test can keep `api` and its groups over a restart.
  const api = new Proxy(client, {
    get: (_target, group) => new Proxy({}, { get: (_group, method) => Reflect.get(Reflect.get(client, group), method) }),
  });
  if (program !== null && !sample) {
    await api.session.use(user);
    await api.program.create({ name: program });
  }
  return {
    api,
    engine: () => engine,
    clock,
    dataDir,
    events: () => events,
    errors: () => errors,
    async restart(options = {}) {
      await engine.close();
      engine = await start(options.sample ?? false);
      client = createRouterClient(engine.router, { context: {} });
    },
    async close() {
      await engine.close();
      if (errors.length > 0 && setup.expectErrors !== true) throw new Error(`the engine logged errors: ${errors.join(' | ')}`);
      if (setup.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
