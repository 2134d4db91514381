import { OpenAPIHandler } from '@orpc/openapi/fetch';
import { ORPCError, type AnyRouter } from '@orpc/server';
import type { MessagePort } from 'node:worker_threads';
import type { Log } from '../log.ts';
import type { FromHttpPort, ToHttpPort } from './messages.ts';

/**
 * Answers HTTP requests that a host hands over on a port, as `POST /<group>/<method>` with a JSON body. The engine's thread parses and
 * writes the JSON itself, so that a value passes one serializer only and arrives exactly as it was sent.
 */
export function createHttpServing(router: AnyRouter, log: Log): (port: MessagePort) => void {
  const handler = new OpenAPIHandler(router, { interceptors: [describeMalformedBody] });
  return (port) => {
    const running = new Map<number, AbortController>();
    port.on('message', (message: ToHttpPort) => {
      if (message.kind === 'abort') running.get(message.id)?.abort();
      else void answer(message);
    });
    port.on('close', () => {
      for (const controller of running.values()) controller.abort();
    });

    async function answer(request: ToHttpPort & { kind: 'request' }): Promise<void> {
      const { id } = request;
      const controller = new AbortController();
      running.set(id, controller);
      try {
        const { matched, response } = await handler.handle(
          new Request(`http://engine${request.path}`, {
            method: request.method,
            headers: { 'content-type': 'application/json' },
            body: request.body,
            signal: controller.signal,
          }),
          { context: {} },
        );
        if (!matched) return send({ kind: 'unmatched', id });
        const type = response.headers.get('content-type') ?? 'application/json';
        if (!type.startsWith('text/event-stream')) {
          const body = new Uint8Array(await response.arrayBuffer());
          return send({ kind: 'reply', id, status: response.status, type, body }, [body.buffer]);
        }
        send({ kind: 'head', id, status: response.status, type });
        await stream(response, id, controller.signal);
        send({ kind: 'end', id });
      } catch (error) {
        log('error', 'an answer could not be sent', { error: error instanceof Error ? error.name : 'unknown' });
        send({ kind: 'end', id });
      } finally {
        running.delete(id);
      }
    }

    async function stream(response: Response, id: number, signal: AbortSignal): Promise<void> {
      const reader = response.body?.getReader();
      if (!reader) return;
      const cancel = (): void => void reader.cancel().catch(() => {});
      signal.addEventListener('abort', cancel, { once: true });
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        send({ kind: 'chunk', id, body: new Uint8Array(value) });
      }
    }

    function send(message: FromHttpPort, transfer: ArrayBuffer[] = []): void {
      port.postMessage(message, transfer);
    }
  };
}

/** A body that is not JSON gets a sentence of its own, before any procedure is reached. Everything later is answered by the engine. */
async function describeMalformedBody<T>({ next }: { next(): Promise<T> }): Promise<T> {
  try {
    return await next();
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new ORPCError('BAD_REQUEST', { message: `The body is not JSON: ${error.message}.`, cause: error });
    throw error;
  }
}
