import type { MessagePort } from 'node:worker_threads';
import type { LogLevel } from '../log.ts';

/** What the engine's thread is started with. */
export interface EngineThreadData {
  readonly dataDir: string;
  /** Whether a first start makes the sample programme. */
  readonly sample: boolean;
}

/** How the messages on a port are to be read: oRPC's own, or plain HTTP requests for `/api`. */
export type PortSpeech = 'rpc' | 'http';

/** From the host to the engine's thread. */
export type ToThread =
  /** Asked before a port is handed over, so that none is handed to a thread that is just ending. */
  | { readonly kind: 'are-you-there' }
  | { readonly kind: 'port'; readonly speech: PortSpeech; readonly port: MessagePort }
  | { readonly kind: 'close' };

/** From the engine's thread to its host. */
export type FromThread =
  | { readonly kind: 'serving' }
  | { readonly kind: 'here' }
  | { readonly kind: 'started' }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  | { readonly kind: 'closed' }
  | {
      readonly kind: 'log';
      readonly level: LogLevel;
      readonly message: string;
      readonly details: Readonly<Record<string, string | number | boolean | null>>;
    };

/** From the host to the engine's thread, on a port that speaks HTTP. */
export type ToHttpPort =
  | {
      readonly kind: 'request';
      readonly id: number;
      readonly method: string;
      /** With the leading slash, without `/api`. */
      readonly path: string;
      readonly body: Uint8Array<ArrayBuffer> | null;
    }
  | { readonly kind: 'abort'; readonly id: number };

/** The answer: one `reply`, or a `head` with chunks and an end where the procedure answers an event iterator. */
export type FromHttpPort =
  | { readonly kind: 'reply'; readonly id: number; readonly status: number; readonly type: string; readonly body: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'head'; readonly id: number; readonly status: number; readonly type: string }
  | { readonly kind: 'chunk'; readonly id: number; readonly body: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'end'; readonly id: number }
  | { readonly kind: 'unmatched'; readonly id: number };
