import type { MessagePort } from 'node:worker_threads';
import type { FromHttpPort, PortSpeech, ToHttpPort } from './messages.ts';

/** How an answer arrives: one reply, or a stream of chunks. */
export type HttpAnswer =
  | { readonly kind: 'reply'; readonly status: number; readonly type: string; readonly body: Uint8Array }
  | { readonly kind: 'stream'; readonly status: number; readonly type: string; readonly chunks: AsyncIterable<Uint8Array> }
  | { readonly kind: 'unmatched' }
  /** The engine's thread ended before it answered. */
  | { readonly kind: 'lost' };

export interface HttpPort {
  ask(request: {
    readonly method: string;
    readonly path: string;
    readonly body: Uint8Array<ArrayBuffer> | null;
    readonly signal: AbortSignal;
  }): Promise<HttpAnswer>;
}

interface Waiting {
  readonly settle: (answer: HttpAnswer) => void;
  readonly chunks: ChunkQueue;
}

/** The host's side of the port that speaks HTTP. When the engine's thread was started again, the next request opens a new port. */
export function createHttpPort(openPort: (speech: PortSpeech) => MessagePort): HttpPort {
  let open: { readonly port: MessagePort; readonly waiting: Map<number, Waiting> } | null = null;
  let lastId = 0;

  function connect(): NonNullable<typeof open> {
    const port = openPort('http');
    const waiting = new Map<number, Waiting>();
    const connection = { port, waiting };
    port.on('message', (message: FromHttpPort) => receive(message, waiting));
    port.on('close', () => {
      if (open === connection) open = null;
      for (const { settle, chunks } of waiting.values()) {
        settle({ kind: 'lost' });
        chunks.end();
      }
    });
    return connection;
  }

  return {
    ask({ method, path, body, signal }) {
      open ??= connect();
      const { port, waiting } = open;
      const id = ++lastId;
      const { promise, resolve } = Promise.withResolvers<HttpAnswer>();
      const chunks = new ChunkQueue();
      waiting.set(id, { settle: resolve, chunks });
      signal.addEventListener(
        'abort',
        () => {
          if (!waiting.delete(id)) return;
          port.postMessage({ kind: 'abort', id } satisfies ToHttpPort);
          resolve({ kind: 'lost' });
          chunks.end();
        },
        { once: true },
      );
      port.postMessage({ kind: 'request', id, method, path, body } satisfies ToHttpPort, body === null ? [] : [body.buffer]);
      return promise;
    },
  };
}

function receive(message: FromHttpPort, waiting: Map<number, Waiting>): void {
  const asked = waiting.get(message.id);
  if (!asked) return;
  switch (message.kind) {
    case 'reply':
      waiting.delete(message.id);
      return asked.settle({ kind: 'reply', status: message.status, type: message.type, body: message.body });
    case 'unmatched':
      waiting.delete(message.id);
      return asked.settle({ kind: 'unmatched' });
    case 'head':
      return asked.settle({ kind: 'stream', status: message.status, type: message.type, chunks: asked.chunks });
    case 'chunk':
      return asked.chunks.push(message.body);
    case 'end':
      waiting.delete(message.id);
      asked.chunks.end();
      return asked.settle({ kind: 'lost' });
  }
}

/** Chunks in the order they came, for one reader. */
class ChunkQueue implements AsyncIterable<Uint8Array> {
  readonly #ready: Uint8Array[] = [];
  #ended = false;
  #wake = (): void => {};

  push(chunk: Uint8Array): void {
    this.#ready.push(chunk);
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      const next = this.#ready.shift();
      if (next) yield next;
      else if (this.#ended) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
