import Database from 'better-sqlite3';
import type { LeakDesk, LeakWorld } from './leak-world.ts';
import { users } from './leak-world.ts';

/** Everything by which something in the file can be named, whoever it belongs to. */
export interface LeakPool {
  readonly desk: LeakDesk;
  readonly user: string;
  /** Of the shared records: type and id. */
  readonly records: readonly { readonly type: string; readonly id: string }[];
  /** Ids of whatever else there is: own versions, links, offers, notes, accesses. */
  readonly otherIds: readonly string[];
  readonly commits: readonly string[];
  readonly versions: readonly string[];
  readonly moments: readonly string[];
  readonly branches: readonly string[];
  readonly merges: readonly string[];
  readonly users: readonly string[];
  readonly texts: readonly string[];
  readonly days: { readonly from: string; readonly to: string };
}

/** Reads the names of everything from the file itself, past the engine. */
export async function readPool({ desk, records, merges, secrets }: LeakWorld, user: string): Promise<LeakPool> {
  const { file } = await desk.must(user, 'program/info', {});
  const raw = new Database(file, { readonly: true });
  const column = (sql: string): string[] => raw.prepare<[], string>(sql).pluck().all();
  try {
    const ids = raw
      .prepare<[], string | Buffer>('SELECT id FROM entities')
      .pluck()
      .all()
      .map((id) => (typeof id === 'string' ? id : uuidOf(id)));
    const known = new Set(records.map(({ id }) => id));
    return {
      desk,
      user,
      records,
      otherIds: ids.filter((id) => !known.has(id)),
      commits: column('SELECT lower(hex(hash)) FROM commits'),
      versions: column('SELECT lower(hex(hash)) FROM versions WHERE hash IS NOT NULL'),
      moments: raw
        .prepare<[], number>('SELECT DISTINCT at FROM ref_log ORDER BY at')
        .pluck()
        .all()
        .map((at) => new Date(at).toISOString()),
      branches: ['main', ...Array.from({ length: 8 }, (_, place) => `plan-${place}`)],
      merges,
      users: [...users, 'nobody'],
      texts: secrets.all.map(({ text }) => text),
      days: { from: '2026-08-03', to: '2026-08-09' },
    };
  } finally {
    raw.close();
  }
}

// The file keeps a UUID as its 16 bytes.
function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
