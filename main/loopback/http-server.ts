import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Log } from '../log.ts';
import type { PageFiles } from '../page/page-files.ts';
import type { Access } from './access.ts';
import { sendBytes, sendJson, sendRefusal } from './answers.ts';
import type { PageSockets } from './page-socket.ts';
import { readRequestBody } from './request-body.ts';

export interface HttpServerParts {
  readonly access: Access;
  readonly pageFiles: PageFiles;
  readonly sockets: PageSockets;
  readonly api: (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void>;
  readonly log: Log;
}

/**
 * The host's HTTP server: the page, its session, its socket and `/api`. `parts` is asked for each request, since who may enter depends on
 * the port, which is known only once the server listens.
 */
export function createHttpServer(parts: () => HttpServerParts): Server {
  const server = createServer((request, response) => {
    const { log } = parts();
    answer(parts(), request, response).catch((error: unknown) => {
      log('error', 'a request could not be answered', { problem: error instanceof Error ? error.message.slice(0, 300) : 'unknown' });
      sendRefusal(response, { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'Something went wrong inside Rosterline.' });
    });
  });
  server.on('upgrade', (request, socket, head) => {
    const { access, sockets } = parts();
    const barred =
      pathOf(request) === '/rpc'
        ? (access.barStrangers(request.headers) ?? access.barWithoutSession(request.headers))
        : ({ status: 403, code: 'FORBIDDEN', message: 'There is no socket at this address.' } as const);
    sockets.upgrade(request, socket, head, barred);
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 120_000;
  server.keepAliveTimeout = 5_000;
  return server;
}

async function answer({ access, pageFiles, api }: HttpServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const stranger = access.barStrangers(request.headers);
  if (stranger) return sendRefusal(response, stranger);
  const path = pathOf(request);
  if (path === '/api' || path.startsWith('/api/')) {
    const barred = access.barWithoutToken(request.headers);
    if (barred) return sendRefusal(response, { ...barred, headers: { 'www-authenticate': 'Bearer' } });
    return api(request, response, path.slice('/api'.length));
  }
  if (path === '/session') return answerSession(access, request, response);
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return sendRefusal(response, {
      status: 405,
      code: 'METHOD_NOT_SUPPORTED',
      message: 'This address takes GET.',
      headers: { allow: 'GET, HEAD' },
    });
  const file = pageFiles(path, ["'self'", `ws://${request.headers.host ?? ''}`]);
  if (!file) return sendRefusal(response, { status: 404, code: 'NOT_FOUND', message: 'There is nothing at this address.' });
  return sendBytes(response, 200, file.headers, file.body);
}

async function answerSession(access: Access, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET') {
    const barred = access.barWithoutSession(request.headers);
    return barred ? sendRefusal(response, barred) : sendJson(response, 200, { admitted: true });
  }
  if (request.method !== 'POST')
    return sendRefusal(response, {
      status: 405,
      code: 'METHOD_NOT_SUPPORTED',
      message: 'This address takes GET and POST.',
      headers: { allow: 'GET, POST' },
    });
  const body = await readRequestBody(request, 4_096);
  const token = body.kind === 'read' && body.bytes !== null ? tokenOf(new TextDecoder().decode(body.bytes)) : null;
  const cookie = token === null ? null : access.admit(token);
  if (cookie === null)
    return sendRefusal(response, {
      status: 401,
      code: 'UNAUTHORIZED',
      message: 'This address was used already or is not ours. Start Rosterline again, or use the address it printed.',
    });
  return sendJson(response, 200, { admitted: true }, { 'set-cookie': cookie });
}

function tokenOf(json: string): string | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && 'token' in value && typeof value.token === 'string' ? value.token : null;
  } catch {
    return null;
  }
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/';
}
