import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The files of all programmes in one data folder. A programme's id is the name of its file. */
export interface ProgramFiles {
  readonly folder: string;
  /** The programmes there are, the newest file first. */
  list(): readonly { readonly program: string; readonly file: string }[];
  has(program: string): boolean;
  fileOf(program: string): string;
  /** Where a programme lies while it is being made. It is no programme until `complete`. */
  unfinishedFileOf(program: string): string;
  /** Gives a finished programme its name, in one step. The file must be closed. */
  complete(program: string): void;
  /** Throws away what was being made. */
  discard(program: string): void;
  /** Throws away everything that was being made when a process ended. Call it only while nobody else uses the folder. */
  discardUnfinished(): void;
}

const ending = '.rosterline';
const unfinished = '.making';
const sideFiles = ['-wal', '-shm', '-journal'];

export function openProgramFiles(dataDir: string): ProgramFiles {
  const folder = join(dataDir, 'programmes');
  const fileOf = (program: string): string => join(folder, `${program}${ending}`);
  const unfinishedFileOf = (program: string): string => `${fileOf(program)}${unfinished}`;

  function list(): readonly { readonly program: string; readonly file: string; readonly changedAt: number }[] {
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .map((name) => {
        const file = join(folder, name);
        return { program: name.slice(0, -ending.length), file, changedAt: statSync(file).mtimeMs };
      })
      .toSorted((a, b) => b.changedAt - a.changedAt);
  }

  function removeWithSides(file: string): void {
    for (const side of ['', ...sideFiles]) rmSync(`${file}${side}`, { force: true });
  }

  return {
    folder,
    list,
    // Asked of the folder and not of the path, so that a name cannot lead out of it.
    has: (program) => list().some((known) => known.program === program),
    fileOf,
    unfinishedFileOf(program) {
      mkdirSync(folder, { recursive: true });
      return unfinishedFileOf(program);
    },
    complete: (program) => renameSync(unfinishedFileOf(program), fileOf(program)),
    discard: (program) => removeWithSides(unfinishedFileOf(program)),
    discardUnfinished() {
      if (!existsSync(folder)) return;
      for (const name of readdirSync(folder)) if (name.includes(`${ending}${unfinished}`)) rmSync(join(folder, name), { force: true });
    },
  };
}
