import Database from 'better-sqlite3';
import { basename } from 'node:path';
import { RefusedError } from '../../../shared/errors.ts';

/** What SQLite or the file system said, as a refusal where it is about the file or its disk; everything else is returned as it is. */
export function toRefusal(error: unknown, file: string): unknown {
  if (error instanceof Database.SqliteError) return sqliteRefusal(error.code, error.message, file) ?? error;
  if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')) return storageFull(file);
  if (error instanceof Error && 'code' in error && (error.code === 'EROFS' || error.code === 'EACCES' || error.code === 'EPERM'))
    return readOnly(file);
  return error;
}

export function damaged(file: string, problem: string): RefusedError {
  return new RefusedError('DAMAGED', `The programme file ${basename(file)} cannot be used: ${problem}. It was left as it is.`, {
    what: 'file',
    id: basename(file),
  });
}

export function readOnly(file: string): RefusedError {
  return new RefusedError(
    'READ_ONLY',
    `The programme file ${basename(file)} cannot be written to. Nothing was changed; make the file and its folder writable and open it again.`,
    { what: 'file', id: basename(file) },
  );
}

function storageFull(file: string): RefusedError {
  return new RefusedError(
    'STORAGE_FULL',
    `The disk of the programme file ${basename(file)} is full. Nothing was changed; make room and try again.`,
    {
      what: 'file',
      id: basename(file),
    },
  );
}

function sqliteRefusal(code: string, message: string, file: string): RefusedError | null {
  if (code === 'SQLITE_FULL') return storageFull(file);
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_IOERR_WRITE') || code.startsWith('SQLITE_IOERR_FSYNC'))
    return readOnly(file);
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return damaged(file, 'SQLite finds it damaged');
  if (code === 'SQLITE_IOERR_READ' || code === 'SQLITE_IOERR_SHORT_READ' || code === 'SQLITE_IOERR_CORRUPTFS')
    return damaged(file, 'a part of it cannot be read');
  // A table, column or function that our statements need is not there: the schema is not ours.
  if (code === 'SQLITE_ERROR' && /^no such (table|column|index)|malformed/.test(message)) return damaged(file, message);
  if (code.startsWith('SQLITE_BUSY'))
    return new RefusedError(
      'READ_ONLY',
      `Another program is writing to the programme file ${basename(file)}. Nothing was changed; try again.`,
      {
        what: 'file',
        id: basename(file),
        busy: true,
      },
    );
  if (code.startsWith('SQLITE_CANTOPEN')) return readOnly(file);
  return null;
}
