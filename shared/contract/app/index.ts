import { branches } from './branches.ts';
import { changes } from './changes.ts';
import { commits } from './commits.ts';
import { diff } from './diff.ts';
import { exchange } from './exchange.ts';
import { merges } from './merges.ts';
import { notes } from './notes.ts';
import { jobs, program } from './program.ts';
import { roster } from './roster.ts';
import { session } from './session.ts';
import { verify } from './verify.ts';
import { versions } from './versions.ts';
import { views } from './views.ts';

/** The whole app contract: every call the page and the automation interface can make, by group and method. */
export const appContract = {
  session,
  program,
  jobs,
  changes,
  commits,
  versions,
  notes,
  branches,
  roster,
  diff,
  verify,
  exchange,
  merges,
  views,
};
export type AppContract = typeof appContract;
