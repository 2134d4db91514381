import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export interface AppOptions {
  /** Programmes and settings; a new temporary folder unless told. A folder that was told is never removed. */
  readonly dataDir?: string;
  /** Whether a first start makes the sample programme. Off unless asked for: it takes seconds. */
  readonly sample?: boolean;
  /** Whether the page is served too (`page-fixture.ts` asks for it). Off unless asked for: it may have to be built. */
  readonly page?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

export interface App {
  readonly url: string;
  readonly api: string;
  readonly token: string;
  readonly dataDir: string;
  readonly child: ChildProcess;
  /** What the host wrote to stderr so far. */
  log(): string;
  /** Calls `/api/<path>`; gives status and parsed body, whatever they are. */
  call(path: string, body?: unknown): Promise<{ readonly status: number; readonly body: any }>;
  /** Ends the host politely; resolves to its exit code. Removes a data folder that was made here, unless it is to be kept. */
  stop(options?: { readonly keepData?: boolean }): Promise<number | null>;
  /** Ends the process at once, as a power cut would. The data stays. */
  kill(signal: NodeJS.Signals): Promise<void>;
}

const root = resolve(import.meta.dirname, '../..');
const startWithinMillis = 90_000;

/** Starts the real loopback host as a process of its own, on a free port, as `npm start -- --browser --no-open` does. */
export async function startApp(options: AppOptions = {}): Promise<App> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'rosterline-test-'));
  const removeData = (): void => {
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  const switches = [options.sample ? '--sample' : '--no-sample', options.page ? '--page' : '--no-page', ...(options.args ?? [])];
  const child = spawn(process.execPath, [join(root, 'main/start.ts'), '--browser', '--no-open', '--data', dataDir, ...switches], {
    cwd: root,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const exited = new Promise<number | null>((done) => {
    child.once('exit', (code) => {
      process.off('exit', killWithUs);
      done(code);
    });
  });

  const line = await firstLine(child, exited, () => log);
  const { url, api, token } = JSON.parse(line) as { url: string; api: string; token: string };
  return {
    url,
    api,
    token,
    dataDir,
    child,
    log: () => log,
    async call(path, body) {
      const answer = await fetch(`${api}/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: body === undefined ? null : JSON.stringify(body),
      });
      const text = await answer.text();
      return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
    },
    async stop({ keepData = false } = {}) {
      child.kill('SIGTERM');
      const code = await exited;
      if (!keepData) removeData();
      return code;
    },
    async kill(signal) {
      child.kill(signal);
      await exited;
    },
  };
}

function firstLine(child: ChildProcess, exited: Promise<number | null>, log: () => string): Promise<string> {
  return new Promise((found, failed) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      failed(new Error(`the host did not start in ${startWithinMillis / 1000} s:\n${log()}`));
    }, startWithinMillis);
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).once('line', (line) => {
      clearTimeout(late);
      found(line);
    });
    void exited.then((code) => {
      clearTimeout(late);
      failed(new Error(`the host ended with ${code} before it listened:\n${log()}`));
    });
  });
}
