import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseStartOptions } from '../../../main/loopback/options.ts';
import { startApp } from '../../support/app-host.ts';

const root = resolve(import.meta.dirname, '../../..');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rosterline-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

/** Runs `main/start.ts` to its end. */
function runStart(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(root, 'main/start.ts'), '--browser', '--no-open', '--no-page', '--no-sample', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (text) => (out += text));
    child.stderr.on('data', (text) => (err += text));
    child.once('exit', (code) => done({ code, out, err }));
  });
}

describe('the browser host as a process', () => {
  test('says where it listens in one line, answers with the token it was given, and ends with 0 when it is asked to', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const app = await startApp({ dataDir: folder, args: ['--token', 'a-token-of-mine'] });
      let more = '';
      app.child.stdout?.on('data', (text) => (more += text));
      expect(app.token).toBe('a-token-of-mine');
      expect(app.url).toBe(`${app.api.replace(/api$/, '')}#token=a-token-of-mine`);
      expect((await app.call('program/info', {})).body).toMatchObject({ state: 'none' });
      app.child.kill(signal);
      expect(await new Promise((done) => app.child.once('exit', (code) => done(code)))).toBe(0);
      expect({ more, log: app.log() }).toEqual({ more: '', log: '' });
    }
  });

  test('keeps its data for the next start, after a kill too', async () => {
    let app = await startApp({ dataDir: folder });
    await app.call('program/create', { name: 'Kept' });
    await app.kill('SIGKILL');
    app = await startApp({ dataDir: folder });
    expect((await app.call('program/info', {})).body).toMatchObject({ state: 'ready', name: 'Kept' });
    await app.stop();
  });

  test('refuses a folder that another one uses, and says so instead of an address', async () => {
    const app = await startApp({ dataDir: folder });
    const second = await runStart('--data', folder);
    expect(second).toMatchObject({ code: 1, out: '' });
    expect(second.err).toMatch(/Another Rosterline .*is using the data folder/);
    await app.stop();
  });

  test('refuses a folder that is a file, a port that is taken and options it does not know', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(await runStart('--data', file)).toMatchObject({ code: 1, out: '', err: expect.stringContaining('cannot be') });

    const other = createServer();
    const port = await new Promise<number>((done) => other.listen(0, '127.0.0.1', () => done((other.address() as { port: number }).port)));
    expect(await runStart('--data', folder, '--port', String(port))).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining(`Port ${port} is taken`),
    });
    other.close();

    expect(await runStart('--data', folder, '--prot', '1')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--prot') });
  });
});

describe('the command line', () => {
  test('has defaults that suit a coordinator', () => {
    expect(parseStartOptions([])).toMatchObject({
      browser: false,
      port: 0,
      token: null,
      open: true,
      sample: true,
      page: true,
      help: false,
    });
  });

  test('takes relative folders from where it was typed', () => {
    expect(parseStartOptions(['--data', 'rosters'], folder).dataDir).toBe(join(folder, 'rosters'));
  });

  test('refuses what does not fit', () => {
    for (const args of [
      ['--port', '70000'],
      ['--port', 'x'],
      ['--port', '-1'],
      ['--token', ''],
      ['--token', 'with space in it'],
      ['rosters'],
      ['--data'],
    ])
      expect(() => parseStartOptions(args), args.join(' ')).toThrow(/./);
  });
});
