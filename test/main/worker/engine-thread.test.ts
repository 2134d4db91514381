import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startEngineThread, type EngineThread } from '../../../main/worker/engine-thread.ts';
import { createHttpPort, type HttpAnswer } from '../../../main/worker/http-port.ts';
import { tinyEngine } from '../../support/tiny-host.ts';

let end = async (): Promise<void> => {};
afterEach(() => end());

interface Started {
  readonly thread: EngineThread;
  readonly logged: string[];
  readonly lost: Promise<string>;
  readonly notes: () => string[];
  ask(path: string, body?: object, signal?: AbortSignal): Promise<HttpAnswer>;
}

function start(): Started {
  const folder = mkdtempSync(join(tmpdir(), 'rosterline-thread-'));
  const logged: string[] = [];
  const { promise: lost, resolve: onLost } = Promise.withResolvers<string>();
  const thread = startEngineThread({
    dataDir: folder,
    sample: true,
    log: (_level, message) => logged.push(message),
    onLost,
    entry: tinyEngine,
  });
  const port = createHttpPort(thread.openPort);
  end = async () => {
    await thread.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    thread,
    logged,
    lost,
    notes: () => readFileSync(join(folder, 'tiny.log'), 'utf8').trim().split('\n'),
    ask: (path, body, signal = new AbortController().signal) =>
      port.ask({ method: 'POST', path, body: body === undefined ? null : new TextEncoder().encode(JSON.stringify(body)), signal }),
  };
}

const textOf = (answer: HttpAnswer): string => (answer.kind === 'reply' ? new TextDecoder().decode(answer.body) : answer.kind);

test('an engine that crashes is started again: the open call is told, the next one is answered', async () => {
  const { ask, logged, notes } = start();
  expect(textOf(await ask('/tiny/greet', { name: 'Ana' }))).toBe('"Hello Ana"');
  expect(await ask('/tiny/crash')).toEqual({ kind: 'lost' });
  expect(textOf(await ask('/tiny/greet', { name: 'Bea' }))).toBe('"Hello Bea"');
  expect(logged).toEqual(['the engine crashed', 'the engine is started again']);
  expect(notes()).toEqual(['start sample=true', 'start sample=true']);
});

test('an engine that crashes again and again is given up with a sentence, and calls are told at once instead of hanging', async () => {
  const { ask, lost } = start();
  for (let crash = 0; crash < 4; crash++) expect(await ask('/tiny/crash')).toEqual({ kind: 'lost' });
  expect(await lost).toMatch(/^The engine crashed again and again\. Nothing that was saved is lost/);
  expect(await ask('/tiny/greet', { name: 'Ana' })).toEqual({ kind: 'lost' });
});

test('an engine that refuses to start is given up at once, in its own words', async () => {
  process.env['TINY_REFUSES'] = '1';
  const { lost } = start();
  try {
    expect(await lost).toBe('The folder of the programmes cannot be written to.');
  } finally {
    delete process.env['TINY_REFUSES'];
  }
});

test('closing lets the engine close first, and asking again afterwards never hangs', async () => {
  const { thread, ask, notes } = start();
  await ask('/tiny/size');
  const open = ask('/tiny/hang');
  await thread.close();
  expect(notes()).toEqual(['start sample=true', 'close']);
  expect(await open).toEqual({ kind: 'lost' });
  await thread.close();
});

test('a caller who goes away is forgotten and the engine told', async () => {
  const { ask } = start();
  const gone = new AbortController();
  const answer = ask('/tiny/hang', undefined, gone.signal);
  gone.abort();
  expect(await answer).toEqual({ kind: 'lost' });
  expect(textOf(await ask('/tiny/size'))).toBe('-1');
});

test('an engine that cannot even be loaded is given up at once', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const thread = startEngineThread({
    dataDir: tmpdir(),
    sample: false,
    log: () => {},
    onLost: resolve,
    entry: new URL('./not-there.ts', import.meta.url),
  });
  end = () => thread.close();
  expect(await promise).toMatch(/^The engine cannot start: /);
});
