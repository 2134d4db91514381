// The engine's thread. It owns every open programme; no window and no server waits for the disk.
import { parentPort, workerData } from 'node:worker_threads';
import { createEngine } from '../engine/engine.ts';
import type { EngineThreadData } from './messages.ts';
import { logToHost, refuseToServe, serveEngine } from './serve-engine.ts';

if (parentPort === null) throw new Error('the engine runs in a worker thread: start a host instead');
const { dataDir, sample } = workerData as EngineThreadData;
try {
  serveEngine(createEngine({ dataDir, log: logToHost(parentPort) }), parentPort, { sample });
} catch (error) {
  refuseToServe(error, parentPort);
}
