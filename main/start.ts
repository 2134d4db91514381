// `npm start`: a window of Electron, or the browser host where Electron cannot be had.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { findElectronBinary } from './electron-binary.ts';
import { startLoopbackHost, type LoopbackHost } from './loopback/host.ts';
import { parseStartOptions, usage, type StartOptions } from './loopback/options.ts';
import { ensureBuilt } from './page/build-page.ts';

await main();

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  try {
    if (!options.browser) {
      const electron = await findElectronBinary();
      if (electron.kind === 'found') return await runElectron(electron.path, options);
      process.stderr.write(`${electron.sentence}\n`);
    }
    await runLoopback(options);
  } catch (error) {
    giveUp(error instanceof Error ? error.message : String(error));
  }
}

function readOptions(): StartOptions {
  try {
    return parseStartOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`);
    process.exit(2);
  }
}

async function runLoopback(options: StartOptions): Promise<void> {
  const host = await startLoopbackHost({ ...options, pageFolder: options.page ? ensureBuilt('page') : null, onLost: giveUp });
  process.stdout.write(`${JSON.stringify({ url: host.url, api: host.api, token: host.token })}\n`);
  // Whoever reads the line may go away afterwards; that is no reason to end.
  process.stdout.on('error', () => {});
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => void endWith(host));
}

async function endWith(host: LoopbackHost): Promise<void> {
  await host.close();
  process.exit(0);
}

async function runElectron(path: string, options: StartOptions): Promise<void> {
  await ensureBuilt('window');
  const args = ['.', `--data=${options.dataDir}`, ...(options.sample ? [] : ['--no-sample'])];
  const child = spawn(path, args, { cwd: resolve(import.meta.dirname, '..'), stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => giveUp(`Electron could not be started: ${error.message}`));
  child.once('exit', (code) => process.exit(code ?? 1));
}

function giveUp(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
