import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { logToStderr } from '../log.ts';
import { readPageFiles } from '../page/page-files.ts';
import { startEngineThread } from '../worker/engine-thread.ts';
import { createHttpPort } from '../worker/http-port.ts';
import { createAccess, makeToken } from './access.ts';
import { createApi } from './api.ts';
import { createHttpServer, type HttpServerParts } from './http-server.ts';
import { openBrowser } from './open-browser.ts';
import { createOpenApiDocument } from './openapi-document.ts';
import type { StartOptions } from './options.ts';
import { createPageSockets } from './page-socket.ts';

const startWithinMillis = 10_000;

export interface LoopbackHost {
  readonly url: string;
  readonly api: string;
  readonly token: string;
  /** Closes pages, engine and server, in this order. */
  close(): Promise<void>;
}

export interface LoopbackHostOptions extends Pick<StartOptions, 'dataDir' | 'port' | 'token' | 'open' | 'sample'> {
  /** Where the built page lies; waited for while the engine starts already. `null`: no page is served. */
  readonly pageFolder: Promise<string> | null;
  /** Called when the engine is gone for good. */
  readonly onLost: (sentence: string) => void;
  /** The entry of the engine's thread; another one only in tests of the host itself. */
  readonly engineEntry?: URL;
}

/**
 * Starts the host for a browser: plain Node on 127.0.0.1, nothing else. When it listens, `url` opens the page, `api` is the root of the
 * automation interface and `token` its bearer, all three for as long as the process lives.
 */
export async function startLoopbackHost(options: LoopbackHostOptions): Promise<LoopbackHost> {
  const log = logToStderr;
  const { dataDir, sample, onLost, engineEntry } = options;
  const engine = startEngineThread({ dataDir, sample, log, onLost, ...(engineEntry && { entry: engineEntry }) });
  let parts: HttpServerParts | null = null;
  const server = createHttpServer(() => {
    if (parts === null) throw new Error('a request came before the server listened');
    return parts;
  });
  const sockets = createPageSockets(engine);
  try {
    const pageFiles = options.pageFolder === null ? () => null : readPageFiles(await options.pageFolder);
    // A folder that cannot be used is said now instead of after the address; a programme that opens slowly may do so behind the page.
    await Promise.race([engine.started, delay(startWithinMillis, undefined, { ref: false })]);
    const port = await listen(server, options.port);
    const token = options.token ?? makeToken();
    const access = createAccess({ port, token });
    const api = `http://127.0.0.1:${port}/api`;
    parts = { access, pageFiles, sockets, api: createApi(createHttpPort(engine.openPort), createOpenApiDocument(api)), log };
    const page = `http://127.0.0.1:${port}/`;
    const url = `${page}#token=${encodeURIComponent(token)}`;
    if (options.open && !(await openBrowser(`${page}#token=${access.makeTicket()}`)))
      process.stderr.write(`No browser could be opened. Open this address yourself: ${url}\n`);
    return {
      url,
      api,
      token,
      async close() {
        sockets.closeAll();
        server.close();
        await engine.close();
        server.closeAllConnections();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} is taken by another program. Choose another with --port, or leave it out.`)
          : error,
      );
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
