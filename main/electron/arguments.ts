import { resolve } from 'node:path';

/** What `npm start` hands on to the window. */
export interface WindowArguments {
  readonly dataDir: string | null;
  readonly sample: boolean;
}

/** Reads the arguments of ours. Everything else on the command line is ignored: Electron and the system add their own. */
export function parseWindowArguments(argv: readonly string[]): WindowArguments {
  const data = argv.findLast((argument) => argument.startsWith('--data='))?.slice('--data='.length);
  return { dataDir: data === undefined || data === '' ? null : resolve(data), sample: !argv.includes('--no-sample') };
}
