import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultDataFolder } from '../data-folder.ts';

/** What a coordinator or a script may say on the command line. */
export interface StartOptions {
  /** Start the browser host without asking for Electron. */
  readonly browser: boolean;
  readonly dataDir: string;
  /** 0: any free port. */
  readonly port: number;
  /** `null`: one is made. */
  readonly token: string | null;
  readonly open: boolean;
  /** Whether a first start, with no programme there, makes the sample programme. */
  readonly sample: boolean;
  /** Whether the page is served. Without it the host answers `/api` only and starts without a build. */
  readonly page: boolean;
  readonly help: boolean;
}

export const usage = `Usage: npm start -- [options]

  --browser     use the system's browser instead of a window of its own
  --data DIR    keep programmes and settings in this folder
  --port N      listen on this port of 127.0.0.1 (default: any free one)
  --token T     the bearer token for /api (default: a new one at each start)
  --no-open     print the address as one line of JSON and open no browser
  --no-sample   make no sample programme at the first start
  --no-page     answer /api only, without the page
  --help        show this

--port, --token, --no-open and --no-page need --browser.`;

/** Reads the command line. An unknown or unfit option is an error whose message says which. */
export function parseStartOptions(args: readonly string[], cwd: string = process.cwd()): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    allowPositionals: false,
    options: {
      browser: { type: 'boolean', default: false },
      data: { type: 'string' },
      port: { type: 'string' },
      token: { type: 'string' },
      open: { type: 'boolean', default: true },
      sample: { type: 'boolean', default: true },
      page: { type: 'boolean', default: true },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const port = values.port === undefined ? 0 : Number(values.port);
  if (!/^\d{0,5}$/.test(values.port ?? '') || port > 65_535)
    throw new Error(`--port takes a number from 0 to 65535, not “${values.port}”.`);
  const token = values.token ?? null;
  if (token !== null && !/^[\x21-\x7e]{1,200}$/.test(token))
    throw new Error(
      '--token takes 1 to 200 letters, digits and signs, without spaces. Anybody who guesses it can read the roster: make it long.',
    );
  return {
    browser: values.browser,
    dataDir: values.data === undefined ? defaultDataFolder() : resolve(cwd, values.data),
    port,
    token,
    open: values.open && values.page,
    sample: values.sample,
    page: values.page,
    help: values.help,
  };
}
