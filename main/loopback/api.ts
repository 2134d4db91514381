import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { quote } from '../../shared/errors.ts';
import { guardHeaders } from '../page/content-policy.ts';
import type { HttpPort } from '../worker/http-port.ts';
import { sendBytes, sendJson, sendRefusal } from './answers.ts';
import { bodyLimitBytes, readRequestBody } from './request-body.ts';

/** Answers everything under `/api` for a caller who has shown the token. `path` is what follows `/api`. */
export function createApi(
  engine: HttpPort,
  openApi: () => Promise<unknown>,
): (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void> {
  return async (request, response, path) => {
    if (path === '/openapi.json') {
      if (request.method !== 'GET' && request.method !== 'HEAD') return sendRefusal(response, wrongMethod('GET', request.method));
      return sendJson(response, 200, await openApi());
    }
    if (request.method !== 'POST') return sendRefusal(response, wrongMethod('POST', request.method));
    const body = await readRequestBody(request);
    switch (body.kind) {
      case 'broken-off':
        return void response.destroy();
      case 'too-large':
        return sendRefusal(response, {
          status: 413,
          code: 'PAYLOAD_TOO_LARGE',
          message: `A call may be at most ${bodyLimitBytes / 1024 / 1024} MB. Split it into several.`,
          data: { limit: bodyLimitBytes },
          headers: { connection: 'close' },
        });
      case 'too-deep':
        return sendRefusal(response, { status: 400, code: 'BAD_REQUEST', message: 'The JSON is nested too deeply to be a call.' });
      case 'read':
    }
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const answer = await engine.ask({ method: 'POST', path, body: body.bytes, signal: gone.signal });
    switch (answer.kind) {
      case 'unmatched':
        return sendRefusal(response, {
          status: 404,
          code: 'NOT_FOUND',
          message: `There is no call “${quote(path.slice(1))}”. The calls are listed at /api/openapi.json.`,
          data: { what: 'call', id: quote(path.slice(1)) },
        });
      case 'lost':
        return sendRefusal(response, {
          status: 503,
          code: 'SERVICE_UNAVAILABLE',
          message: 'The engine stopped before it answered. Whether the call took effect can be seen in the history; then ask again.',
        });
      case 'reply':
        return sendBytes(response, answer.status, { 'content-type': answer.type }, answer.body);
      case 'stream': {
        response.writeHead(answer.status, { ...guardHeaders, 'content-type': answer.type, 'cache-control': 'no-store' });
        for await (const chunk of answer.chunks) {
          if (response.destroyed) return;
          if (!response.write(chunk)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
        }
        response.end();
      }
    }
  };
}

function wrongMethod(allowed: string, used: string | undefined): Parameters<typeof sendRefusal>[1] {
  return {
    status: 405,
    code: 'METHOD_NOT_SUPPORTED',
    message: `This address takes ${allowed}, not ${used ?? 'nothing'}.`,
    headers: { allow: allowed },
  };
}
