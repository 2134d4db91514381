import Database from 'better-sqlite3';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RefusedError } from '../../../shared/errors.ts';

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
    connection.exec('BEGIN EXCLUSIVE');
    writeFileSync(ownerFile, `${process.pid}\n`);
  } catch (error) {
    connection?.close();
    throw asRefusal(error, dataDir, ownerFile);
  }
  const held = connection;
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
  if (code === 'ENOSPC' || code === 'SQLITE_FULL')
    return new RefusedError('STORAGE_FULL', `The disk of the data folder ${dataDir} is full.`, { what: 'data folder', id: dataDir });
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'SQLITE_CANTOPEN', 'SQLITE_READONLY'].some((known) => code.startsWith(known)))
    return new RefusedError('READ_ONLY', `The data folder ${dataDir} cannot be written to (${code}).`, {
      what: 'data folder',
      id: dataDir,
    });
  return error;
}

function readOwner(ownerFile: string): number | null {
  try {
    const owner = Number(readFileSync(ownerFile, 'utf8').trim());
    return Number.isInteger(owner) && owner > 0 ? owner : null;
  } catch {
    return null;
  }
}
