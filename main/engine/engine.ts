import { randomBytes } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import type { EngineLog } from './engine-log.ts';
import { silentLog } from './engine-log.ts';
import type { EngineAccess } from './handlers/engine-access.ts';
import { createRouter, type EngineRouter } from './handlers/router.ts';
import type { LocalStore } from './local-store/store.ts';
import { lockDataFolder, type DataFolderLock } from './programs/data-folder-lock.ts';
import { createProgramEvents, type ProgramEvents } from './programs/events.ts';
import { createJobs } from './programs/jobs.ts';
import { openProgramFiles } from './programs/program-files.ts';
import { createPrograms } from './programs/programs.ts';
import { openSettings, type Settings, type SettingsStore } from './programs/settings.ts';
import { actingUser } from './queries/read-session.ts';
import { nextInstant } from './next-instant.ts';
import type { Users, Writer } from './reader.ts';
import type { ProgramEvent } from '../../shared/contract/app/program.ts';
import type { Instant } from '../../shared/ids.ts';
import { isKeptApart, refToName } from '../../shared/versioning/ref-name.ts';
import { sightedStore } from './sighted-store/sighted-store.ts';

export interface EngineOptions {
  /** The folder with programmes and settings. It is made when it is not there, and belongs to this engine until `close`. */
  readonly dataDir: string;
  /** Milliseconds since 1970; the computer's clock unless told. */
  readonly clock?: () => number;
  readonly random?: (bytes: number) => Uint8Array;
  /** Names this computer in commits, where the data folder has no name for it yet. */
  readonly device?: string;
  readonly log?: EngineLog;
  /** Parses every answer with the contract before it leaves: for tests. */
  readonly checkAnswers?: boolean;
}

export interface Engine {
  /** Every procedure of the app contract. Calls that come before the programme is open wait for it. */
  readonly router: EngineRouter;
  readonly events: ProgramEvents;
  /**
   * Takes the data folder and opens the last programme. On a first start with nothing to open, begins to make the sample programme and
   * returns. A file that cannot be opened is told by `program/info`. Refuses READ_ONLY when another engine has the folder.
   */
  start(options?: { readonly sample?: boolean }): Promise<void>;
  /** Stops what runs and closes the files. */
  close(): Promise<void>;
}

/** The engine: a plain library that keeps the programmes of one data folder and answers the app contract. It knows no host. */
export function createEngine(options: EngineOptions): Engine {
  const { dataDir, clock = Date.now, random = randomBytes, log = silentLog } = options;
  const events = createProgramEvents((fault) => log('error', 'a listener failed', { problem: String(fault).slice(0, 300) }));
  const jobs = createJobs((job) => events.publish({ kind: 'job', job }));
  const files = openProgramFiles(dataDir);
  const settings = lazySettings(() =>
    openSettings({
      dataDir,
      defaults: { device: options.device ?? nameDevice(random), user: { ...systemUser(), role: 'admin' } },
      onSetAside: () => log('error', 'the settings could not be read and were set aside'),
    }),
  );
  const deps = { settings, files, events, jobs, log, clock, random };
  const programs = createPrograms(deps);
  let lock: DataFolderLock | undefined;

  const engine: EngineAccess = {
    ...deps,
    programs,
    async ask(question) {
      const { store } = await programs.whenOpen();
      const { userId, role } = actingUser(settings.read());
      const asker = { userId, role, users: usersOf(settings.read()), whole: store };
      return store.read(() => question(sightedStore(store, userId), asker));
    },
    async run(command) {
      const { store } = await programs.whenOpen();
      const happened: ProgramEvent[] = [];
      // One transaction: what a command reads is what it writes on, and a command that fails half-way has written nothing.
      const answer = store.write(() => command(openWriter(store, deps, (event) => happened.push(event))));
      for (const event of happened) events.publish(event);
      return answer;
    },
  };

  return {
    router: createRouter(engine, { checkAnswers: options.checkAnswers === true }),
    events,
    async start({ sample = true } = {}) {
      lock = lockDataFolder(dataDir);
      programs.start({ sample });
    },
    async close() {
      try {
        // What still works on a file must have let go of it before somebody else may take the folder.
        jobs.cancelAll();
        await jobs.whenIdle();
        programs.close();
      } finally {
        lock?.release();
        lock = undefined;
      }
    },
  };
}

function openWriter(
  store: LocalStore,
  deps: Pick<EngineAccess, 'settings' | 'clock' | 'random' | 'log'>,
  tell: (event: ProgramEvent) => void,
): Writer {
  const settings = deps.settings.read();
  const { userId, name, role } = actingUser(settings);
  const actor = { userId, userName: name, device: settings.device };
  let at: Instant | undefined;
  return {
    store: sightedStore(store, userId),
    whole: store,
    actor,
    role,
    users: usersOf(settings),
    clock: deps.clock,
    random: deps.random,
    log: deps.log,
    append(ref, gesture, options) {
      const recordedAt = new Date(deps.clock()).toISOString();
      at ??= nextInstant(store, deps.clock());
      // Lines of one user's own begin when something is first written on them, so that the gesture still shows as of its own instant.
      if (isKeptApart(ref) && store.ref(ref) === null) store.createBranch({ ref, parent: null, by: actor, at: justBefore(at) });
      const outcome = store.appendCommit(
        ref,
        { author: userId, authorName: name, device: settings.device, recordedAt, at, ...gesture },
        options,
      );
      if (outcome.kind === 'committed' && isKeptApart(ref)) tell({ kind: 'views' });
      else if (outcome.kind === 'committed')
        tell({ kind: 'moved', branch: refToName(ref), tip: outcome.commit.commit, position: outcome.commit.position });
      return outcome;
    },
    branches(change) {
      const result = change(store);
      tell({ kind: 'branches' });
      return result;
    },
    merges(change) {
      const result = change(store.mergeWrites);
      // What a branch would bring, and which merges are open, is told with the branches.
      tell({ kind: 'branches' });
      return result;
    },
  };
}

function usersOf({ users }: Settings): Users {
  const names = new Map(users.map(({ userId, name }) => [userId, name]));
  return { all: users, nameOf: (userId) => names.get(userId) ?? null };
}

function justBefore(at: Instant): Instant {
  return new Date(Date.parse(at) - 1).toISOString();
}

/** The settings are read when they are first needed: after the data folder was taken. */
function lazySettings(open: () => SettingsStore): SettingsStore {
  let opened: SettingsStore | undefined;
  const get = (): SettingsStore => (opened ??= open());
  return { read: () => get().read(), change: (change) => get().change(change) };
}

function systemUser(): { readonly userId: string; readonly name: string } {
  let name = '';
  try {
    name = userInfo().username.trim();
  } catch {
    // A system account without a name: containers run as such.
  }
  return { userId: name.slice(0, 200) || 'me', name: name.slice(0, 200) || 'Me' };
}

/** Two computers may have one name; four random digits tell them apart in the history. */
function nameDevice(random: (bytes: number) => Uint8Array): string {
  const host = hostname().split('.')[0] ?? '';
  return `${host === '' ? 'computer' : host}-${Buffer.from(random(2)).toString('hex')}`;
}
