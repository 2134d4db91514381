import Database from 'better-sqlite3';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RefusedError } from '../../../shared/errors.ts';
import { diskRefusal } from './disk-refusal.ts';

export interface DataFolderLock {
  release(): void;
}

/**
 * Takes the data folder for this engine alone, or refuses and says which process has it. The lock is the operating system's own lock on a
 * file (taken through SQLite), so it goes when its process goes, however that ends: there is no stale lock to clean up.
 */
export function lockDataFolder(dataDir: string): DataFolderLock {
  const file = join(dataDir, 'rosterline.lock');
  const ownerFile = join(dataDir, 'rosterline.pid');
  let connection: Database.Database | undefined;
  try {
    mkdirSync(dataDir, { recursive: true });
    connection = new Database(file, { timeout: 0 });
    // Nothing is ever written into it, so that a full disk locks nobody out.
    connection.pragma('journal_mode = MEMORY');
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection?.close();
    throw asRefusal(error, dataDir, ownerFile);
  }
  const held = connection;
  try {
    writeFileSync(ownerFile, `${process.pid}\n`);
  } catch (error) {
    // The name of the owner is only for the sentence that a second one gets.
    if (diskRefusal(error, { what: 'file', file: ownerFile }) === null) throw error;
  }
  return {
    release() {
      rmSync(ownerFile, { force: true });
      held.close();
    },
  };
}

function asRefusal(error: unknown, dataDir: string, ownerFile: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    const owner = readOwner(ownerFile);
    return new RefusedError(
      'READ_ONLY',
      `Another Rosterline${owner === null ? '' : ` (process ${owner})`} is using the data folder ${dataDir}. Close it first, or start with another folder.`,
      { what: 'data folder', id: dataDir, inUse: true, ...(owner === null ? {} : { process: owner }) },
    );
  }
  return diskRefusal(error, { what: 'data folder', file: dataDir }) ?? error;
}

function readOwner(ownerFile: string): number | null {
  try {
    const owner = Number(readFileSync(ownerFile, 'utf8').trim());
    return Number.isInteger(owner) && owner > 0 ? owner : null;
  } catch {
    return null;
  }
}
