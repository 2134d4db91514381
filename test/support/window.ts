import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { delimiter, dirname, join, resolve } from 'node:path';
import { startApp } from './app-host.ts';
import { collectProblems } from './page-fixture.ts';

const root = resolve(import.meta.dirname, '../..');

/** Whether the real Electron is asked for; a stand-in plays it otherwise. */
export const realElectron = process.env['RL_REAL_ELECTRON'] === '1';

export interface OpenedWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly problems: readonly string[];
}

/** Starts the built program in a window on this data folder and waits until its page shows something. */
export async function openWindow(folder: string): Promise<OpenedWindow> {
  const app = await _electron.launch({
    ...(realElectron ? {} : { executablePath: join(root, 'test/standin/electron.mjs') }),
    args: ['.', `--user-data-dir=${join(folder, 'profile')}`, `--data=${join(folder, 'data')}`, '--no-sample'],
    cwd: root,
    // The stand-in is a script for whatever `node` is first on the path: it must be this one.
    env: { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}` },
  });
  const page = await app.firstWindow();
  const problems = collectProblems(page);
  await page.locator('#root :visible').first().waitFor();
  return { app, page, problems };
}

/** Puts a small programme into the data folder of a window, through the other host: both keep their programmes in the same way. */
export async function putProgramme(folder: string): Promise<void> {
  const app = await startApp({ dataDir: join(folder, 'data') });
  await app.call('program/create', { name: 'Family Medicine' });
  const today = new Date().toISOString().slice(0, 10);
  const { status, body } = await app.call('changes/commit', {
    message: 'First people',
    changes: [
      { op: 'create', type: 'person', id: 'ana', fields: { name: 'Lima, Ana', type: 'resident', pgyLevel: 2 } },
      { op: 'create', type: 'person', id: 'bruno', fields: { name: 'Costa, Bruno', type: 'resident', pgyLevel: 1 } },
      { op: 'create', type: 'assignment', id: 'first', fields: { personId: 'ana', date: today, half: 'AM', activity: 'C' } },
    ],
  });
  if (status !== 200) throw new Error(`the programme could not be made: ${JSON.stringify(body)}`);
  await app.stop();
}
