import type { App } from './app-host.ts';

/** Calls and fails with the answer when it is not a success. */
export async function ask(app: App, path: string, body: unknown): Promise<any> {
  const answer = await app.call(path, body);
  if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** The id of the assignment in a cell of the small roster, as of now. */
export async function assignmentIn(app: App, personId: string, date: string, half: 'AM' | 'PM', branch = 'main'): Promise<string> {
  const { items } = await ask(app, 'versions/allAt', { type: 'assignment', branch, filters: { personId, date, half } });
  return items[0].id;
}

/** Changes one field set of a cell as somebody, with a reason. */
export async function setCell(
  app: App,
  who: { readonly userId: string; readonly name: string },
  what: {
    readonly branch?: string;
    readonly cell: readonly [string, string, 'AM' | 'PM'];
    readonly fields: object;
    readonly message: string;
    readonly reason?: string;
  },
): Promise<void> {
  const { branch = 'main', cell, fields, message, reason } = what;
  await ask(app, 'session/use', who);
  const id = await assignmentIn(app, ...cell, branch);
  const changes = [{ op: 'update', type: 'assignment', id, fields }];
  await ask(app, 'changes/commit', { branch, message, changes, ...(reason === undefined ? {} : { reason }) });
}

export const ana = { userId: 'ana', name: 'Ana Lima' } as const;
export const bruno = { userId: 'bruno', name: 'Bruno Reis' } as const;
