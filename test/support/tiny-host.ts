import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLoopbackHost, type LoopbackHost } from '../../main/loopback/host.ts';

export const tinyEngine = new URL('./tiny-engine.ts', import.meta.url);

export interface TinyHost extends LoopbackHost {
  readonly port: number;
  readonly dataDir: string;
  /** What the engine's thread noted: its starts and ends. */
  notes(): string[];
  readonly lost: Promise<string>;
  post(path: string, body?: string, headers?: Record<string, string>): Promise<Response>;
}

/** The real loopback host over the tiny engine and a page of three files. */
export async function startTinyHost(options: { readonly token?: string } = {}): Promise<TinyHost> {
  const folder = mkdtempSync(join(tmpdir(), 'rosterline-tiny-'));
  const page = join(folder, 'page');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__"><p>tiny</p>');
  writeFileSync(join(page, 'assets/index-1.js'), 'export {};');
  writeFileSync(join(page, 'secret.key'), 'not a kind of file that a page has');
  writeFileSync(join(folder, 'outside.js'), 'outside');
  const { promise: lost, resolve: onLost } = Promise.withResolvers<string>();
  const host = await startLoopbackHost({
    dataDir: folder,
    port: 0,
    token: options.token ?? null,
    open: false,
    sample: false,
    pageFolder: Promise.resolve(page),
    onLost,
    engineEntry: tinyEngine,
  });
  return {
    ...host,
    port: Number(new URL(host.url).port),
    dataDir: folder,
    lost,
    notes: () => readFileSync(join(folder, 'tiny.log'), 'utf8').trim().split('\n'),
    post: (path, body, headers = {}) =>
      fetch(`${host.api}/${path}`, { method: 'POST', body: body ?? null, headers: { authorization: `Bearer ${host.token}`, ...headers } }),
    async close() {
      await host.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
