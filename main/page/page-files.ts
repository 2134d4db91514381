import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { contentPolicy, guardHeaders, makeNonce, noncePlaceholder } from './content-policy.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
};

export interface PageAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Answers a path of the page (`/`, `/assets/index-x.js`), or `null` when there is no such file. Paths are looked up, never resolved. */
export type PageFiles = (path: string, connect: readonly string[]) => PageAnswer | null;

/**
 * Reads the built page once and serves it from memory. The list of files is fixed at the start, so no request can reach the disk. The page
 * itself gets a new nonce and policy at each load and is never kept; the other files have their content's hash in their name.
 */
export function readPageFiles(folder: string): PageFiles {
  if (!existsSync(join(folder, 'index.html')))
    throw new Error(`The page is not built: there is no index.html in ${folder}. Run “npm run build”.`);
  const files = new Map<string, { readonly type: string; readonly body: Uint8Array<ArrayBuffer> }>();
  for (const path of pathsIn(folder)) {
    const type = types[extname(path)];
    if (type !== undefined) files.set(`/${path}`, { type, body: new Uint8Array(readFileSync(join(folder, path))) });
  }
  const page = new TextDecoder().decode(files.get('/index.html')?.body);
  return (path, connect) => {
    if (path === '/' || path === '/index.html') {
      const nonce = makeNonce();
      return {
        headers: {
          ...guardHeaders,
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': contentPolicy(nonce, connect),
          'cache-control': 'no-store',
        },
        body: new TextEncoder().encode(page.replaceAll(noncePlaceholder, nonce)),
      };
    }
    const file = files.get(path);
    if (!file) return null;
    const cache = path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache';
    return { headers: { ...guardHeaders, 'content-type': file.type, 'cache-control': cache }, body: file.body };
  };
}

// Walked by hand: inside a packed archive the recursive listing is not to be relied upon.
function pathsIn(folder: string, before = ''): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? pathsIn(path, `${before}${name}/`) : [`${before}${name}`];
  });
}
