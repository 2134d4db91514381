import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import type { Log } from '../log.ts';
import type { EngineThreadData, FromThread, PortSpeech, ToThread } from './messages.ts';

export interface EngineThread {
  /** Resolves when the engine has started for the first time; never when it is lost before. Ports may be opened earlier. */
  readonly started: Promise<void>;
  /** A new port into the engine. It closes when the engine's thread ends; ask again then. */
  openPort(speech: PortSpeech): MessagePort;
  /** Lets the engine finish and close its files. Resolves also when it had to be stopped by force. */
  close(): Promise<void>;
}

export interface EngineThreadOptions extends EngineThreadData {
  readonly log: Log;
  /** Called once when there is no engine any more and none will come: the sentence says why. */
  readonly onLost: (sentence: string) => void;
  /** The thread's entry; another one only in tests of the thread itself. */
  readonly entry?: URL;
}

const restartsAllowed = 3;
const restartWindowMillis = 60_000;
const closeWithinMillis = 10_000;

/**
 * Runs the engine in its own thread. A thread that crashes is logged and started again, at most three times in a minute, so that a fault
 * costs the open calls and nothing else; beyond that `onLost` is called with a sentence. An engine that refuses to start is lost at once.
 */
export function startEngineThread(options: EngineThreadOptions): EngineThread {
  const { log, onLost, entry = new URL(`./entry.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url) } = options;
  const crashes: number[] = [];
  // Ports whose far end waits here until the thread says that it is there. What is sent on them meanwhile goes with them.
  const waiting: { readonly speech: PortSpeech; readonly port: MessagePort }[] = [];
  let closing: Promise<void> | null = null;
  let finished = (): void => {};
  let lost: string | null = null;
  const { promise: started, resolve: tellStarted } = Promise.withResolvers<void>();
  let worker = run();

  function run(): Worker {
    const data: EngineThreadData = { dataDir: options.dataDir, sample: options.sample };
    const thread = new Worker(entry, { workerData: data, name: 'rosterline-engine' });
    let refused: string | null = null;
    let served = false;
    thread.on('message', (message: FromThread) => {
      if (message.kind === 'log') log(message.level, message.message, message.details);
      else if (message.kind === 'here') handOver(thread);
      else if (message.kind === 'serving') served = true;
      else if (message.kind === 'started') tellStarted();
      else if (message.kind === 'failed') refused = sentenceFor(message);
      else if (message.kind === 'closed') void thread.terminate();
    });
    thread.on('error', (error: Error) => {
      // What cannot even be loaded will not load the next time.
      if (!served) refused = `The engine cannot start: ${error.message}`;
      log('error', 'the engine crashed', { error: error.name, problem: error.message.slice(0, 500), stack: shortStack(error) });
    });
    thread.on('exit', (code) => {
      // Ports that were handed over have closed by themselves.
      if (closing) {
        closeWaiting();
        return finished();
      }
      if (refused !== null) return lose(refused);
      const now = Date.now();
      while (crashes[0] !== undefined && crashes[0] < now - restartWindowMillis) crashes.shift();
      crashes.push(now);
      if (crashes.length > restartsAllowed)
        return lose('The engine crashed again and again. Nothing that was saved is lost; the log above says where it failed.');
      log('error', 'the engine is started again', { exitCode: code });
      worker = run();
    });
    if (waiting.length > 0) thread.postMessage({ kind: 'are-you-there' } satisfies ToThread);
    return thread;
  }

  function handOver(thread: Worker): void {
    for (const { speech, port } of waiting.splice(0)) {
      try {
        thread.postMessage({ kind: 'port', speech, port } satisfies ToThread, [port]);
      } catch {
        // A port whose other end was closed meanwhile cannot be handed over; nobody listens to it any more.
        port.close();
      }
    }
  }

  function lose(sentence: string): void {
    lost = sentence;
    closeWaiting();
    onLost(sentence);
  }

  function closeWaiting(): void {
    for (const { port } of waiting.splice(0)) port.close();
  }

  return {
    started,
    openPort(speech) {
      const { port1, port2 } = new MessageChannel();
      if (lost !== null || closing !== null) {
        port1.close();
        return port1;
      }
      waiting.push({ speech, port: port2 });
      worker.postMessage({ kind: 'are-you-there' } satisfies ToThread);
      return port1;
    },
    close() {
      closing ??= new Promise<void>((resolve) => {
        finished = resolve;
        if (lost !== null) return resolve();
        worker.postMessage({ kind: 'close' } satisfies ToThread);
        setTimeout(() => {
          log('error', 'the engine did not close in time and is stopped');
          void worker.terminate();
        }, closeWithinMillis).unref();
      });
      return closing;
    },
  };
}

function sentenceFor(failed: FromThread & { kind: 'failed' }): string {
  return failed.code === 'FAULT' ? `The engine cannot start: ${failed.message}` : failed.message;
}

function shortStack(error: Error): string {
  return (error.stack ?? '').split('\n').slice(1, 6).join(' ').replaceAll(/\s+/g, ' ');
}
