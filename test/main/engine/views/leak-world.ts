import { createRouterClient } from '@orpc/server';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type Engine } from '../../../../main/engine/engine.ts';
import { createFakeClock } from '../../../kit/fake-clock.ts';
import { createSeededRandom } from '../../../kit/seeded-random.ts';
import { createSecrets, type LeakRecord, type Secrets } from './leak-secrets.ts';

/** An engine that anybody may ask anything, with everything it said aside from its answers. */
export interface LeakDesk {
  /** Asks as a user; a refusal is an answer too. */
  ask(user: string, path: string, input: unknown): Promise<any>;
  /** Asks as a user what must be answered. */
  must(user: string, path: string, input: unknown): Promise<any>;
  readonly logged: readonly string[];
  readonly told: readonly string[];
  readonly dataDir: string;
  close(): Promise<void>;
}

export const users = Array.from({ length: 12 }, (_, place) => `user-${String(place + 1).padStart(2, '0')}`);
const roles = ['admin', 'approver', 'editor'] as const;
const roleOf = (user: string): (typeof roles)[number] | undefined => roles[users.indexOf(user) % roles.length];

/** Opens an engine on a data folder; its answers are checked against the contract. */
export async function openLeakDesk(dataDir = mkdtempSync(join(tmpdir(), 'rosterline-leak-')), seed = 7): Promise<LeakDesk> {
  const logged: string[] = [];
  const told: string[] = [];
  const engine: Engine = createEngine({
    dataDir,
    clock: createFakeClock(),
    random: createSeededRandom(seed),
    device: 'desk-1',
    checkAnswers: true,
    log: (level, message, details) => logged.push(`${level} ${message} ${JSON.stringify(details ?? {})}`),
  });
  engine.events.listen((event) => told.push(JSON.stringify(event)));
  await engine.start({ sample: false });
  const client: any = createRouterClient(engine.router, { context: {} });
  let acting: string | null = null;
  const call = async (path: string, input: unknown): Promise<any> => {
    const [group = '', method = ''] = path.split('/');
    return client[group][method](input);
  };
  const become = async (user: string): Promise<void> => {
    const role = roleOf(user);
    if (acting !== user) await call('session/use', { userId: user, name: user, ...(role === undefined ? {} : { role }) });
    acting = user;
  };
  return {
    async ask(user, path, input) {
      await become(user);
      try {
        return { answer: await call(path, input) };
      } catch (error: any) {
        return { refused: { code: error.code, status: error.status, message: error.message, data: error.data } };
      }
    },
    async must(user, path, input) {
      await become(user);
      try {
        return await call(path, input);
      } catch (error: any) {
        throw new Error(`${user} ${path} ${JSON.stringify(input)}: ${error.code} ${error.message}`, { cause: error });
      }
    },
    logged,
    told,
    dataDir,
    close: () => engine.close(),
  };
}

export interface LeakWorld {
  readonly desk: LeakDesk;
  readonly secrets: Secrets;
  readonly records: readonly LeakRecord[];
  readonly merges: readonly string[];
}

/** Twelve users who register, save, draft, offer, withdraw, adopt, publish, merge, note and take back; two of them never have a link. */
export async function buildLeakWorld(desk: LeakDesk): Promise<LeakWorld> {
  const secrets = createSecrets();
  const merges: string[] = [];
  await desk.must('user-01', 'program/create', { name: 'Family Medicine' });
  for (const user of users) await desk.must(user, 'session/get', {});
  await desk.must('user-01', 'session/use', { userId: 'user-01', name: 'user-01', role: 'admin' });
  const records: LeakRecord[] = [];
  for (const place of Array.from({ length: 8 }).keys()) records.push(await tell(desk, secrets, place, merges));
  await migrate(desk, secrets, records);
  return { desk, secrets, records, merges };
}

const only =
  (...names: readonly string[]) =>
  (user: string): boolean =>
    names.includes(user);

/** Planted values for the fields of a record. */
function fieldsOf(secrets: Secrets, type: string, what: string, seenBy: (user: string) => boolean): Record<string, string> {
  const word = (field: string): string => secrets.word(`${what} ${field}`, seenBy);
  const phone = secrets.phone(`${what} phone`, seenBy);
  return type === 'clinic'
    ? {
        name: `Clinic ${word('name')}`,
        street: word('street'),
        city: word('city'),
        district: word('district'),
        phone,
        hours: word('hours'),
      }
    : {
        name: `Dr ${word('name')}`,
        motherName: word('mother'),
        city: word('city'),
        address: word('address'),
        phone1: phone,
        stateId: word('state id'),
      };
}

async function tell(desk: LeakDesk, secrets: Secrets, place: number, merges: string[]): Promise<LeakRecord> {
  const [a, b, c, d] = [0, 1, 2, 3].map((next) => users[(place + next) % 10] ?? '') as [string, string, string, string];
  const type = place % 2 === 0 ? 'clinic' : 'patient';
  const record: LeakRecord = { type, identifier: '', id: '', linked: new Set([a]), offered: new Map(), formerly: new Map() };
  const shared = (): ((user: string) => boolean) => secrets.ofShared(record);
  Object.assign(record, { identifier: secrets.identifier(type, shared()) });
  const own = (user: string, what: string) => fieldsOf(secrets, type, `${what} of ${user}, record ${place}`, only(user));
  const summary = (user: string): string => secrets.word(`summary of ${user}, record ${place}`, only(user));
  const at = { type, identifier: record.identifier };
  const { id } = await desk.must(a, 'views/register', {
    ...at,
    fields: fieldsOf(secrets, type, `shared ${place}`, shared()),
    summary: summary(a),
  });
  record.id = id;
  const of = { type, id };

  record.linked.add(b);
  await desk.must(b, 'views/register', { ...at, fields: own(b, 'own'), summary: summary(b) });
  record.linked.add(c);
  await desk.must(c, 'views/register', at);
  await desk.must(a, 'views/save', { ...of, fields: own(a, 'own'), summary: summary(a) });
  await desk.must(b, 'views/save', { ...of, fields: own(b, 'draft'), status: 'draft', summary: summary(b) });

  await offer(desk, secrets, record, { from: a, to: place % 2 === 0 ? d : b, withdrawn: place % 3 === 0, adopted: place % 4 === 1, place });
  await desk.must(a, 'views/save', { ...of, fields: own(a, 'private later'), summary: summary(a) });
  await desk.ask(a, 'views/reveal', {
    ...of,
    reason: secrets.word('reason of revealing', (user) => user === a || roleOf(user) === 'admin'),
  });
  await noteAndRoll(desk, secrets, record, { a, place });
  await branchAndMerge(desk, secrets, record, { a, b, place, merges });
  if (place === 3) {
    record.linked.delete(c);
    record.formerly.set(c, secrets.all.length);
    await desk.must(c, 'views/unlink', of);
  }
  await desk.must(a, 'views/save', { ...of, fields: own(a, 'last') });
  return record;
}

async function offer(
  desk: LeakDesk,
  secrets: Secrets,
  record: LeakRecord,
  {
    from,
    to,
    withdrawn,
    adopted,
    place,
  }: { readonly from: string; readonly to: string; readonly withdrawn: boolean; readonly adopted: boolean; readonly place: number },
): Promise<void> {
  const of = { type: record.type, id: record.id };
  const state = { stands: true, adopted: false };
  const seenBy = (user: string): boolean => user === from || (user === to && (state.stands || state.adopted));
  await desk.must(from, 'views/save', { ...of, fields: fieldsOf(secrets, record.type, `offered ${place}`, seenBy) });
  record.offered.set(to, 1);
  const noteSeen = (user: string): boolean => user === from || (user === to && state.stands);
  const { offer: standing } = await desk.must(from, 'views/offer', {
    ...of,
    to,
    note: secrets.word(`note of the offer ${place}`, noteSeen),
  });
  if (adopted) {
    state.adopted = true;
    record.linked.add(to);
    await desk.must(to, 'views/adopt', { offer: standing });
  }
  if (withdrawn) {
    // Another offer to the same user stands: it opens the view, and must not open what was withdrawn.
    const later = { stands: true };
    const laterSeen = (user: string): boolean => user === from || (user === to && later.stands);
    await desk.must(from, 'views/save', { ...of, fields: fieldsOf(secrets, record.type, `offered after ${place}`, laterSeen) });
    if (place === 0) {
      await desk.must(from, 'views/offer', { ...of, to });
      // What is offered to somebody else is newer, and must not show to who has an older offer.
      const other = users[5] ?? '';
      record.offered.set(other, 1);
      await desk.must(from, 'views/save', { ...of, fields: fieldsOf(secrets, record.type, 'offered to another', only(from, other)) });
      await desk.must(from, 'views/offer', { ...of, to: other });
    }
    if (place !== 0) Object.assign(later, { stands: false });
    await desk.must(from, 'views/withdraw', { offer: standing });
    state.stands = false;
    if (!later.stands) record.offered.delete(to);
  }
}

async function noteAndRoll(
  desk: LeakDesk,
  secrets: Secrets,
  record: LeakRecord,
  { a, place }: { readonly a: string; readonly place: number },
): Promise<void> {
  const of = { type: record.type, id: record.id };
  const { items } = await desk.must(a, 'versions/history', of);
  const { version } = items.at(-1);
  await desk.must(a, 'notes/tag', { ...of, version, tag: secrets.word('tag', secrets.ofShared(record)) });
  const { note } = await desk.must(a, 'notes/tag', { ...of, version, tag: secrets.word('removed tag', secrets.ofShared(record)) });
  await desk.must(a, 'notes/remove', { note });
  await desk.must(a, 'notes/comment', { ...of, version, text: secrets.word('comment', secrets.ofShared(record)) });
  if (place % 3 !== 2) return;
  await edit(desk, a, 'main', { op: 'update', ...of, fields: { city: secrets.word('rolled back', secrets.ofShared(record)) } });
  await desk.must(a, 'versions/rollback', { ...of, version, reason: 'It was wrong' });
}

async function branchAndMerge(
  desk: LeakDesk,
  secrets: Secrets,
  record: LeakRecord,
  { a, b, place, merges }: { readonly a: string; readonly b: string; readonly place: number; readonly merges: string[] },
): Promise<void> {
  const of = { type: record.type, id: record.id };
  const word = (what: string): string => secrets.word(`${what}, record ${place}`, secrets.ofShared(record));
  const branch = `plan-${place}`;
  await desk.must(a, 'branches/create', { name: branch });
  await edit(desk, a, branch, { op: 'update', ...of, fields: { city: word('city on the branch') } });
  const first = await edit(desk, a, 'main', { op: 'update', ...of, fields: { city: word('city on main') } });
  const { merge } = await desk.must(a, 'merges/start', { source: branch, target: 'main' });
  merges.push(merge);
  if (place % 4 === 0) return;
  const { conflicts } = await desk.must(a, 'merges/get', { merge });
  const resolution = { kind: 'custom', value: word('decided') };
  await desk.must(a, 'merges/resolve', {
    merge,
    resolutions: [{ conflict: conflicts[0].id, resolution, reason: word('why it was decided') }],
  });
  if (place % 4 === 1) return;
  await desk.must(a, 'merges/conclude', { merge });
  if (place % 4 === 2) {
    const reverted = await desk.must(a, 'commits/revert', { commit: first.commit, branch: 'main', reason: 'Back' });
    if (reverted.kind === 'conflicts') merges.push(reverted.merge);
    return;
  }
  // What is published becomes shared; where the shared record says something else by now, a merge is open that is its owner's alone.
  const field = record.type === 'clinic' ? 'hours' : 'motherName';
  await desk.must(a, 'views/save', { ...of, fields: { [field]: word('published') } });
  await desk.must(a, 'views/publish', { ...of, fields: [field], branch: 'main' });
  const asked = await desk.must(b, 'views/publish', { ...of, fields: [field], branch: 'main' });
  merges.push(asked.merge);
}

async function edit(desk: LeakDesk, user: string, branch: string, change: object): Promise<any> {
  return desk.must(user, 'changes/commit', { branch, message: 'Edit', changes: [change] });
}

async function migrate(desk: LeakDesk, secrets: Secrets, records: LeakRecord[]): Promise<void> {
  const record: LeakRecord = {
    type: 'clinic',
    identifier: '',
    id: '',
    linked: new Set(['user-01', 'user-02']),
    offered: new Map(),
    formerly: new Map(),
  };
  Object.assign(record, { identifier: secrets.identifier('clinic', secrets.ofShared(record)) });
  const cells = `${record.identifier},${secrets.word('migrated name', secrets.ofShared(record))},${secrets.word('migrated city', secrets.ofShared(record))}`;
  const text = `user,cns,name,city\nuser-01,${cells}\nuser-02,${cells}\n`;
  const file = { name: 'clinics.csv', base64: Buffer.from(text).toString('base64') };
  await desk.must('user-01', 'views/migrate', { type: 'clinic', file });
  const { items } = await desk.must('user-01', 'views/search', { type: 'clinic', text: record.identifier });
  record.id = items[0].id;
  records.push(record);
}
