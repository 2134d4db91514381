import { RPCHandler } from '@orpc/server/message-port';
import type { AnyRouter } from '@orpc/server';
import type { MessagePort } from 'node:worker_threads';
import { RefusedError } from '../../shared/errors.ts';
import type { Log } from '../log.ts';
import type { FromThread, ToThread } from './messages.ts';
import { createHttpServing } from './serve-http.ts';

/** What the thread needs of an engine: its procedures, a start that opens or makes a programme, and an end. */
export interface ServableEngine {
  readonly router: AnyRouter;
  start(options: { readonly sample: boolean }): unknown;
  close(): unknown;
}

/** A log that hands every line to the host, which owns stderr. */
export function logToHost(host: MessagePort): Log {
  return (level, message, details = {}) => host.postMessage({ kind: 'log', level, message, details } satisfies FromThread);
}

/**
 * Serves an engine on every port the host hands over, at once: calls that come before the programme is open are the engine's to hold back.
 * When the start fails, the host is told why and the thread ends; there is no half-open engine.
 */
export function serveEngine(engine: ServableEngine, host: MessagePort, options: { readonly sample: boolean }): void {
  const log = logToHost(host);
  const rpc = new RPCHandler(engine.router);
  const serveHttp = createHttpServing(engine.router, log);
  let closing = false;

  // A page may send what is not a message of ours; that must never end the thread that holds everybody's roster.
  process.on('unhandledRejection', (reason) => {
    const error = reason instanceof Error ? reason : new Error(String(reason));
    log('error', 'something was thrown that nobody caught', { error: error.name, problem: error.message.slice(0, 300) });
  });

  host.on('message', (message: ToThread) => {
    if (message.kind === 'close') void close();
    else if (message.kind === 'are-you-there') tell({ kind: 'here' });
    else if (message.speech === 'http') serveHttp(message.port);
    else {
      rpc.upgrade(message.port, { context: {} });
      message.port.start();
    }
  });
  tell({ kind: 'serving' });
  void start();

  async function start(): Promise<void> {
    try {
      await engine.start(options);
      tell({ kind: 'started' });
    } catch (error) {
      if (closing) return;
      tell(failure(error));
      await close();
    }
  }

  async function close(): Promise<void> {
    if (closing) return;
    closing = true;
    try {
      await engine.close();
    } catch (error) {
      log('error', 'the engine did not close cleanly', { problem: error instanceof Error ? error.message.slice(0, 300) : String(error) });
    }
    // The host ends the thread when it has read this, so that nothing said before is lost.
    tell({ kind: 'closed' });
  }

  function tell(message: FromThread): void {
    host.postMessage(message);
  }
}

/** Tells the host that there will be no engine here, and why. */
export function refuseToServe(error: unknown, host: MessagePort): void {
  host.postMessage(failure(error));
  host.postMessage({ kind: 'closed' } satisfies FromThread);
}

/** Why the engine could not start, in a form that crosses the thread. */
function failure(error: unknown): FromThread & { kind: 'failed' } {
  if (error instanceof RefusedError) return { kind: 'failed', code: error.code, message: error.message };
  return { kind: 'failed', code: 'FAULT', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
