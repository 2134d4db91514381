import { spawn } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** What is built: the page alone, or everything a window of Electron needs. */
export type BuildTarget = 'page' | 'window';

const targets = {
  page: { proof: 'out/renderer/index.html', sources: ['renderer', 'shared', 'main/page.vite.config.ts', 'package-lock.json'] },
  window: { proof: 'out/main/index.js', sources: ['renderer', 'shared', 'main', 'package-lock.json'] },
} as const;

/**
 * Makes sure that what is built is as new as the sources, and builds it where it is not. Says so on stderr, because it takes a few seconds.
 * Resolves to the folder of the built page.
 */
export async function ensureBuilt(target: BuildTarget): Promise<string> {
  const pageFolder = join(root, 'out/renderer');
  const { proof, sources } = targets[target];
  const built = existsSync(join(root, proof)) ? statSync(join(root, proof)).mtimeMs : 0;
  if (built > 0 && newestChange(sources.map((source) => join(root, source))) <= built) return pageFolder;
  process.stderr.write(
    built === 0 ? 'Building the page, once; this takes a few seconds…\n' : 'The sources changed: building the page again…\n',
  );
  if (target === 'window')
    await run(bin('electron-vite', 'bin/electron-vite.js'), ['build', '-c', 'main/electron.vite.config.ts', '--logLevel', 'warn']);
  else await buildBeside(pageFolder);
  return pageFolder;
}

/** Builds into a folder of its own and swaps it in, so that a host that reads meanwhile never sees half a page. */
async function buildBeside(pageFolder: string): Promise<void> {
  const fresh = `${pageFolder}-${process.pid}`;
  const stale = `${fresh}-old`;
  try {
    await run(bin('vite', 'bin/vite.js'), [
      'build',
      '-c',
      'main/page.vite.config.ts',
      '--outDir',
      fresh,
      '--emptyOutDir',
      '--logLevel',
      'warn',
    ]);
    if (existsSync(pageFolder)) renameSync(pageFolder, stale);
    renameSync(fresh, pageFolder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    rmSync(stale, { recursive: true, force: true });
  }
}

function newestChange(paths: readonly string[]): number {
  let newest = 0;
  for (const path of paths) {
    const stat = statSync(path);
    const inside = stat.isDirectory() ? newestChange(readdirSync(path).map((name) => join(path, name))) : 0;
    newest = Math.max(newest, stat.mtimeMs, inside);
  }
  return newest;
}

function bin(name: string, path: string): string {
  return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), path);
}

/** Runs a Node program of ours with everything it prints on stderr, since stdout carries only the host's line of JSON. */
function run(script: string, args: readonly string[]): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 2, 2] });
    child.once('error', fail);
    child.once('exit', (code) => (code === 0 ? done() : fail(new Error('The page could not be built; the messages above say why.'))));
  });
}
