import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const reachWithinMillis = 4_000;
const downloadWithinMillis = 180_000;

/** Where the Electron binary is, or why there is none: one sentence. */
export type ElectronBinary = { readonly kind: 'found'; readonly path: string } | { readonly kind: 'missing'; readonly sentence: string };

/**
 * Looks for the Electron binary and tries once, for a limited time, to fetch it when it is not there. Its package is only a downloader,
 * which many hospitals' networks block. `ROSTERLINE_ELECTRON_DOWNLOAD=0` forbids the attempt.
 */
export async function findElectronBinary(env: NodeJS.ProcessEnv = process.env): Promise<ElectronBinary> {
  if (process.platform === 'linux') {
    if (process.getuid?.() === 0)
      return { kind: 'missing', sentence: 'Electron does not run for the user root, so Rosterline opens in your browser.' };
    if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY'])
      return { kind: 'missing', sentence: 'There is no screen for a window of its own here, so Rosterline is served for a browser.' };
  }
  const folder = packageFolder();
  if (folder === null) return { kind: 'missing', sentence: 'Electron is not installed, so Rosterline opens in your browser.' };
  const installed = binaryIn(folder, env);
  if (installed !== null) return { kind: 'found', path: installed };
  if (env['ROSTERLINE_ELECTRON_DOWNLOAD'] === '0')
    return {
      kind: 'missing',
      sentence: 'Electron’s program is not on this computer and may not be downloaded, so Rosterline opens in your browser.',
    };
  if (await isReachable(env['ELECTRON_MIRROR'] ?? 'https://github.com/')) {
    process.stderr.write('Electron’s program is not on this computer yet: downloading it, once (about 120 MB)…\n');
    await download(folder);
  }
  const fetched = binaryIn(folder, env);
  if (fetched !== null) return { kind: 'found', path: fetched };
  return {
    kind: 'missing',
    sentence: 'Electron’s program is not on this computer and could not be downloaded, so Rosterline opens in your browser.',
  };
}

function packageFolder(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return null;
  }
}

function binaryIn(folder: string, env: NodeJS.ProcessEnv): string | null {
  const note = join(folder, 'path.txt');
  const name = existsSync(note) ? readFileSync(note, 'utf8').trim() : 'electron';
  const path = join(env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), name);
  return existsSync(path) ? path : null;
}

async function isReachable(address: string): Promise<boolean> {
  try {
    await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(reachWithinMillis) });
    return true;
  } catch {
    return false;
  }
}

function download(folder: string): Promise<void> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(folder, 'install.js')], { stdio: ['ignore', 2, 2], timeout: downloadWithinMillis });
    child.once('error', () => done());
    child.once('exit', () => done());
  });
}
