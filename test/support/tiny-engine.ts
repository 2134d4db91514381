// An engine's thread without an engine: what the hosts' own tests talk to, with a contract of their own.
import { eventIterator, oc } from '@orpc/contract';
import { implement, ORPCError } from '@orpc/server';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { RefusedError } from '../../shared/errors.ts';
import { Fields } from '../../shared/json.ts';
import type { EngineThreadData } from '../../main/worker/messages.ts';
import { serveEngine } from '../../main/worker/serve-engine.ts';

export const tinyContract = {
  tiny: {
    greet: oc
      .errors({ NOT_FOUND: { status: 404 } })
      .input(z.strictObject({ name: z.string() }))
      .output(z.string()),
    size: oc.input(z.strictObject({}).optional()).output(z.int()),
    echo: oc.input(z.strictObject({ fields: Fields })).output(z.string()),
    count: oc.input(z.strictObject({ to: z.int() })).output(eventIterator(z.int())),
    forever: oc.input(z.strictObject({}).optional()).output(eventIterator(z.int())),
    crash: oc.input(z.strictObject({}).optional()).output(z.string()),
    hang: oc.input(z.strictObject({}).optional()).output(z.string()),
  },
};

const { dataDir } = workerData as EngineThreadData;
const note = (line: string): void => appendFileSync(join(dataDir, 'tiny.log'), `${line}\n`);
const os = implement(tinyContract);

const router = {
  tiny: {
    greet: os.tiny.greet.handler(({ input }) => {
      if (input.name === 'nobody')
        throw new ORPCError('NOT_FOUND', { status: 404, message: 'There is no “nobody”.', data: { id: 'nobody' } });
      return `Hello ${input.name}`;
    }),
    size: os.tiny.size.handler(({ input }) => (input === undefined ? -1 : Object.keys(input).length)),
    echo: os.tiny.echo.handler(({ input }) => JSON.stringify(input)),
    count: os.tiny.count.handler(async function* ({ input }) {
      for (let at = 1; at <= input.to; at++) yield at;
    }),
    forever: os.tiny.forever.handler(async function* ({ signal }) {
      try {
        for (let at = 1; !signal?.aborted; at++) {
          yield at;
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      } finally {
        note('forever ended');
      }
    }),
    crash: os.tiny.crash.handler(() => {
      setImmediate(() => {
        throw new Error('planned crash');
      });
      return new Promise<string>(() => {});
    }),
    hang: os.tiny.hang.handler(() => new Promise<string>(() => {})),
  },
};

if (parentPort === null) throw new Error('a thread’s entry');
serveEngine(
  {
    router,
    start: ({ sample }) => {
      note(`start sample=${sample}`);
      if (process.env['TINY_REFUSES']) throw new RefusedError('READ_ONLY', 'The folder of the programmes cannot be written to.');
    },
    close: () => note('close'),
  },
  parentPort,
  workerData as EngineThreadData,
);
