import { startApp } from '../support/app-host.ts';

export type Answer = Readonly<Record<string, any>>;

/** A running Rosterline, spoken to as any other program would: JSON over HTTP and nothing else. */
export interface Desk {
  /** Calls `/api/<path>` and gives the answer; throws what was refused, with its code in `code`. */
  ask(path: string, body?: unknown): Promise<any>;
  /** Calls `/api/<path>` and gives status and body, whatever they are. */
  raw(path: string, body?: unknown): Promise<{ readonly status: number; readonly body: any }>;
  /** The refusal of a call that must be refused. */
  refusal(
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly code: string; readonly message: string; readonly data: any; readonly defined: boolean }>;
  /** Ends the process as a power cut would, or politely, and starts it again on the same data. */
  restart(how?: 'politely' | 'SIGKILL'): Promise<void>;
  readonly app: () => Awaited<ReturnType<typeof startApp>>;
  close(): Promise<void>;
}

/** Starts the real loopback host without a sample on a fresh data folder, with an empty programme open. */
export async function openDesk(options: { readonly name?: string } = {}): Promise<Desk> {
  let app = await startApp({ sample: false });
  const raw = async (path: string, body: unknown = {}): Promise<{ status: number; body: any }> => {
    const answer = await fetch(`${app.api}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${app.token}` },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
  };
  const desk: Desk = {
    raw,
    ask: async (path, body) => {
      const answer = await raw(path, body);
      if (answer.status !== 200)
        throw Object.assign(new Error(`${path}: ${answer.status} ${answer.body?.code} ${answer.body?.message}`), answer.body);
      return answer.body;
    },
    refusal: async (path, body) => {
      const answer = await raw(path, body);
      if (answer.status < 400 || answer.status > 499)
        throw new Error(`${path} was not refused: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`);
      return answer.body;
    },
    restart: async (how = 'politely') => {
      const { dataDir } = app;
      if (how === 'SIGKILL') await app.kill('SIGKILL');
      else await app.stop({ keepData: true });
      app = await startApp({ sample: false, dataDir });
    },
    app: () => app,
    close: async () => {
      await app.stop();
    },
  };
  await desk.ask('program/create', { name: options.name ?? 'Family Medicine' });
  await desk.ask('session/use', { userId: 'ana', name: 'Ana Lima' });
  return desk;
}

let made = 0;
/** A fresh id, readable in failures. */
export function newId(prefix = 'thing'): string {
  made += 1;
  return `${prefix}-${made}`;
}

/** Commits the changes and gives the commit's answer. */
export async function commit(desk: Desk, changes: readonly object[], more: object = {}): Promise<any> {
  return desk.ask('changes/commit', { message: 'Edit', changes, ...more });
}

/** Adds a person and gives the id. */
export async function addPerson(desk: Desk, name: string, more: object = {}): Promise<string> {
  const id = newId('person');
  await commit(desk, [{ op: 'create', type: 'person', id, fields: { name, type: 'resident', pgyLevel: 2, ...more } }]);
  return id;
}
