import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startTinyHost, type TinyHost } from '../../support/tiny-host.ts';
import type { tinyContract } from '../../support/tiny-engine.ts';

let host: TinyHost;
beforeAll(async () => {
  host = await startTinyHost();
});
afterAll(() => host.close());

interface Plain {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
}

/** A request with exactly these headers: fetch does not let a test lie about Host and Origin. */
function plainRequest(
  path: string,
  { method = 'GET', headers = {}, body = '' }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Plain> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: host.port, path, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

const bearer = (): Record<string, string> => ({ authorization: `Bearer ${host.token}` });

async function sessionCookie(): Promise<string> {
  const answer = await plainRequest('/session', { method: 'POST', body: JSON.stringify({ token: host.token }) });
  expect(answer.status).toBe(200);
  return String(answer.headers['set-cookie']);
}

describe('a stranger', () => {
  test('who names another host is turned away, as DNS rebinding would', async () => {
    for (const name of ['evil.example', `evil.example:${host.port}`, '127.0.0.1', 'localhost:1', `127.0.0.1.evil.example:${host.port}`]) {
      const answers = await Promise.all([
        plainRequest('/', { headers: { host: name } }),
        plainRequest('/api/tiny/size', { method: 'POST', headers: { ...bearer(), host: name } }),
        plainRequest('/session', { method: 'POST', headers: { host: name }, body: JSON.stringify({ token: host.token }) }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    }
  });

  test('from another site is turned away, with the token too', async () => {
    for (const origin of ['https://evil.example', 'null', `http://127.0.0.1:${host.port + 1}`, `https://127.0.0.1:${host.port}`]) {
      const answer = await plainRequest('/api/tiny/size', { method: 'POST', headers: { ...bearer(), origin } });
      expect({ origin, status: answer.status, code: JSON.parse(answer.text).code }).toEqual({ origin, status: 403, code: 'FORBIDDEN' });
    }
  });

  test('gets no socket: not from another site, not under another name, not without a session', async () => {
    const cookie = await sessionCookie();
    const statusOf = (path: string, headers: Record<string, string>): Promise<number> =>
      new Promise((resolve) => {
        const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, { headers });
        socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
        socket.once('error', () => {});
        socket.once('open', () => {
          socket.close();
          resolve(101);
        });
      });
    expect(await statusOf('/rpc', { cookie, origin: 'https://evil.example' })).toBe(403);
    expect(await statusOf('/rpc', { cookie, host: 'evil.example' })).toBe(403);
    expect(await statusOf('/rpc', {})).toBe(401);
    expect(await statusOf('/rpc', { cookie: `rosterline_${host.port}=guessed` })).toBe(401);
    expect(await statusOf('/elsewhere', { cookie })).toBe(403);
    expect(await statusOf('/rpc', { cookie, origin: `http://localhost:${host.port}` })).toBe(101);
  });
});

describe('/api', () => {
  test('answers with the token and refuses without it', async () => {
    const ok = await host.post('tiny/greet', '{"name":"Ana"}');
    expect([ok.status, await ok.json()]).toEqual([200, 'Hello Ana']);
    for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: host.token }, { authorization: 'Bearer ' }]) {
      const answer = await plainRequest('/api/tiny/greet', { method: 'POST', headers, body: '{"name":"Ana"}' });
      expect(answer.status).toBe(401);
      expect(JSON.parse(answer.text)).toMatchObject({ defined: false, code: 'UNAUTHORIZED', status: 401 });
    }
  });

  test('takes an empty body where the input is optional, and reads JSON whatever type the caller says it is', async () => {
    expect(await (await host.post('tiny/size')).json()).toBe(-1);
    expect(await (await host.post('tiny/size', '{}')).json()).toBe(0);
    const said = await host.post('tiny/greet', '{"name":"Ana"}', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(await said.json()).toBe('Hello Ana');
  });

  test('hands keys such as __proto__ on as they were sent', async () => {
    const answer = await host.post('tiny/echo', '{"fields":{"__proto__":{"a":1},"constructor":2}}');
    expect(await answer.json()).toBe('{"fields":{"__proto__":{"a":1},"constructor":2}}');
  });

  test('keeps the shape of a refusal', async () => {
    const answer = await host.post('tiny/greet', '{"name":"nobody"}');
    expect([answer.status, await answer.json()]).toEqual([
      404,
      { defined: true, code: 'NOT_FOUND', status: 404, message: 'There is no “nobody”.', data: { id: 'nobody' } },
    ]);
  });

  test('refuses what is not a call, in the same shape', async () => {
    const shapeOf = async (answer: Response): Promise<unknown> => {
      const { defined, code, status, message } = (await answer.json()) as Record<string, unknown>;
      return { http: answer.status, defined, code, status, sentence: typeof message === 'string' && message.length > 10 };
    };
    expect(await shapeOf(await host.post('tiny/nothing', '{}'))).toEqual({
      http: 404,
      defined: false,
      code: 'NOT_FOUND',
      status: 404,
      sentence: true,
    });
    expect(await shapeOf(await host.post('tiny/greet', '{"name":'))).toEqual({
      http: 400,
      defined: false,
      code: 'BAD_REQUEST',
      status: 400,
      sentence: true,
    });
    expect(await shapeOf(await host.post('tiny/greet', '['))).toMatchObject({ http: 400, code: 'BAD_REQUEST' });
    expect(await shapeOf(await host.post('tiny/echo', '['.repeat(100_000)))).toMatchObject({ http: 400, code: 'BAD_REQUEST' });
    expect(await shapeOf(await fetch(`${host.api}/tiny/greet`, { headers: bearer() }))).toMatchObject({ http: 405 });
    expect(await shapeOf(await fetch(`${host.api}/tiny/greet`, { method: 'DELETE', headers: bearer() }))).toMatchObject({ http: 405 });
  });

  test('refuses a body over the limit without reading it all', async () => {
    const answer = await new Promise<Plain>((resolve, reject) => {
      const sent = request(
        {
          host: '127.0.0.1',
          port: host.port,
          path: '/api/tiny/echo',
          method: 'POST',
          headers: { ...bearer(), 'content-length': String(70 * 1024 * 1024) },
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (part: string) => (text += part));
          response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
        },
      );
      sent.once('error', reject);
      sent.flushHeaders();
    });
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });

  test('streams an event iterator as server-sent events, and tells the engine when the caller goes away', async () => {
    const counted = await host.post('tiny/count', '{"to":3}');
    expect(counted.headers.get('content-type')).toContain('text/event-stream');
    expect([...(await counted.text()).matchAll(/^data: (\d+)$/gm)].map(([, at]) => at)).toEqual(['1', '2', '3']);

    const goAway = new AbortController();
    const endless = await fetch(`${host.api}/tiny/forever`, { method: 'POST', headers: bearer(), signal: goAway.signal });
    const reader = endless.body!.getReader();
    await reader.read();
    goAway.abort();
    await reader.read().catch(() => {});
    await expect.poll(() => host.notes()).toContain('forever ended');
  });

  test('has an OpenAPI document that names every call of the app contract, and shows it only with the token', async () => {
    const document = (await (await fetch(`${host.api}/openapi.json`, { headers: bearer() })).json()) as { paths: Record<string, unknown> };
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/versions/history', '/changes/commit', '/program/watch', '/roster/window']),
    );
    expect((await fetch(`${host.api}/openapi.json`)).status).toBe(401);
  });
});

describe('the page', () => {
  test('comes with a strict policy and a fresh nonce at each load', async () => {
    const [one, two] = await Promise.all([plainRequest('/', { headers: {} }), plainRequest('/index.html')]);
    const nonceOf = (answer: Plain): string => /'nonce-([^']+)'/.exec(String(answer.headers['content-security-policy']))![1]!;
    expect(one.text).toContain(`content="${nonceOf(one)}"`);
    expect(nonceOf(one)).not.toBe(nonceOf(two));
    expect(one.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
    });
    const policy = String(one.headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-/);
    expect(policy).not.toMatch(/unsafe|\*/);
  });

  test('serves the files it found at the start and nothing else', async () => {
    expect((await plainRequest('/assets/index-1.js')).headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': expect.stringContaining('immutable'),
    });
    for (const path of [
      '/secret.key',
      '/../outside.js',
      '/assets/../../outside.js',
      '/%2e%2e/outside.js',
      '/assets/%2e%2e%2f%2e%2e%2foutside.js',
      '/assets',
      '/tiny.log',
      '//etc/passwd',
    ])
      expect({ path, status: (await plainRequest(path)).status }).toEqual({ path, status: 404 });
    expect((await plainRequest('/', { method: 'PUT' })).status).toBe(405);
  });

  test('exchanges the address for a cookie that scripts and other sites cannot use, and that survives reloads', async () => {
    const cookie = await sessionCookie();
    expect(cookie).toMatch(new RegExp(`^rosterline_${host.port}=[\\w-]{32}; Path=/; HttpOnly; SameSite=Strict$`));
    const own = cookie.split(';')[0]!;
    expect((await plainRequest('/session', { headers: { cookie: own } })).status).toBe(200);
    expect((await plainRequest('/session', { headers: { cookie: `theme=dark; ${own}` } })).status).toBe(200);
    expect((await plainRequest('/session')).status).toBe(401);
    for (const body of ['{"token":"wrong"}', '{}', 'x', '', `{"token":["${host.token}"]}`])
      expect((await plainRequest('/session', { method: 'POST', body })).status).toBe(401);
  });

  test('cannot use its cookie as the token of /api', async () => {
    const cookie = await sessionCookie();
    expect((await plainRequest('/api/tiny/size', { method: 'POST', headers: { cookie } })).status).toBe(401);
  });
});

describe('a page’s socket', () => {
  async function openClient(): Promise<{ client: ContractRouterClient<typeof tinyContract>; socket: WebSocket }> {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, { headers: { cookie: await sessionCookie() } });
    const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
    return { client: createORPCClient<ContractRouterClient<typeof tinyContract>>(link), socket };
  }

  test('carries calls, refusals and event iterators', async () => {
    const { client, socket } = await openClient();
    expect(await client.tiny.greet({ name: 'Ana' })).toBe('Hello Ana');
    await expect(client.tiny.greet({ name: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'There is no “nobody”.' });
    const counted: number[] = [];
    for await (const at of await client.tiny.count({ to: 4 })) counted.push(at);
    expect(counted).toEqual([1, 2, 3, 4]);
    socket.close();
  });

  test('that sends nonsense harms nobody', async () => {
    const { client: other, socket: otherSocket } = await openClient();
    const { socket } = await openClient();
    await new Promise((resolve) => socket.once('open', resolve));
    for (const nonsense of [
      '',
      'x',
      '{',
      'null',
      '[]',
      '{"i":1}',
      '{"i":"1","p":{"u":5}}',
      '{"i":"2","p":{"u":"http://[","b":{}}}',
      new Uint8Array([255, 0, 255]),
    ])
      socket.send(nonsense);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await other.tiny.greet({ name: 'Ana' })).toBe('Hello Ana');
    socket.close();
    otherSocket.close();
  });

  test('ends the engine’s iterators when it goes away', async () => {
    const before = host.notes().filter((line) => line === 'forever ended').length;
    const { client, socket } = await openClient();
    const iterator = await client.tiny.forever();
    await iterator.next();
    socket.terminate();
    await expect.poll(() => host.notes().filter((line) => line === 'forever ended').length).toBe(before + 1);
  });
});
