import { spawn } from 'node:child_process';

/** Opens an address in the system's browser. Resolves to `false` when this system has no way to do that; never throws. */
export function openBrowser(url: string, platform: NodeJS.Platform = process.platform): Promise<boolean> {
  const [command, ...args] =
    platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler', url] : platform === 'darwin' ? ['open', url] : ['xdg-open', url];
  return new Promise((resolve) => {
    const child = spawn(command as string, args, { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
    child.once('spawn', () => {
      child.unref();
      // xdg-open may stay as long as the browser it started.
      setTimeout(() => resolve(true), 3_000).unref();
    });
  });
}
