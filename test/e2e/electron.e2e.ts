import { _electron, expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { collectProblems } from '../support/page-fixture.ts';

// The window of Electron: main, preload, relay and policy are the built ones. Electron itself is played by a stand-in unless RL_REAL_ELECTRON=1.
const root = resolve(import.meta.dirname, '../..');
const real = process.env['RL_REAL_ELECTRON'] === '1';

let data: string;
test.beforeEach(({}, testInfo) => {
  testInfo.annotations.push({ type: 'electron', description: real ? 'the real binary' : 'the stand-in' });
  data = mkdtempSync(join(tmpdir(), 'rosterline-window-'));
});
test.afterEach(() => rmSync(data, { recursive: true, force: true, maxRetries: 5 }));

async function launch(): Promise<{ app: ElectronApplication; page: Page; problems: string[] }> {
  const app = await _electron.launch({
    ...(real ? {} : { executablePath: join(root, 'test/standin/electron.mjs') }),
    args: ['.', `--user-data-dir=${data}`, `--data=${join(data, 'rosters')}`, '--no-sample'],
    cwd: root,
  });
  const page = await app.firstWindow();
  return { app, page, problems: collectProblems(page) };
}

test('starts, makes a programme, shows its grid, and finds everything after a restart', async () => {
  test.slow();
  let { app, page, problems } = await launch();
  await page.getByRole('button', { name: /Start your own/ }).click();
  await page.getByRole('textbox', { name: /name/i }).fill('Family Medicine');
  await page.getByRole('textbox', { name: /name/i }).press('Enter');
  await expect(page.getByRole('grid', { name: 'Roster' })).toBeVisible();
  expect(problems).toEqual([]);
  await app.close();

  ({ app, page, problems } = await launch());
  await expect(page.getByRole('grid', { name: 'Roster' })).toBeVisible();
  await expect(page.getByText('Family Medicine').first()).toBeVisible();
  expect(problems).toEqual([]);
  await app.close();
});

test('the page has nothing of Node, nothing of Electron, and one name from the host', async () => {
  const { app, page } = await launch();
  expect(
    await page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer', '__ipc', 'rosterlineHost'].filter((name) => name in window),
    ),
  ).toEqual(['rosterlineHost']);
  await app.close();
});

test('the policy is enforced: no inline script, no inline style, no foreign address', async () => {
  const { app, page } = await launch();
  const broken = await page.evaluate(async () => {
    const directives: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => directives.push(event.effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.head.append(script);
    const style = document.createElement('style');
    style.textContent = 'body { display: none }';
    document.head.append(style);
    await fetch('https://example.com/').catch(() => {});
    const image = new Image();
    image.src = 'https://example.com/x.png';
    await new Promise((done) => setTimeout(done, 300));
    return { directives: [...new Set(directives)].toSorted(), injected: 'injected' in window };
  });
  expect(broken).toEqual({ directives: ['connect-src', 'img-src', 'script-src-elem', 'style-src-elem'], injected: false });
  await app.close();
});

test('the page stays where it is and opens nothing', async () => {
  const { app, page } = await launch();
  const before = page.url();
  await page.evaluate(() => {
    window.location.href = 'https://example.com/';
  });
  await page.evaluate(() => void window.open('https://example.com/'));
  await page.waitForTimeout(500);
  expect(page.url()).toBe(before);
  await expect.poll(() => app.windows().length).toBe(1);
  await app.close();
});

test('a message from a frame that is not ours gets no port', async () => {
  const { app } = await launch();
  const answered = await app.evaluate(({ BrowserWindow, ipcMain }) => {
    const window = BrowserWindow.getAllWindows()[0];
    if (!window) throw new Error('no window');
    let ports = 0;
    const frame = (url: string) => ({ url, postMessage: () => (ports += 1) });
    const { webContents: sender } = window;
    const ask = (event: object): void => void ipcMain.emit('rosterline:ask-port', event);
    ask({ sender, senderFrame: frame('https://evil.example/') });
    ask({ sender, senderFrame: frame('app://rosterline/index.html') });
    ask({ sender, senderFrame: null });
    ask({ sender: { id: 99, mainFrame: null }, senderFrame: null });
    return ports;
  });
  expect(answered).toBe(0);
  await app.close();
});

test('the menu has the page’s commands and no reload', async () => {
  const { app, page } = await launch();
  await expect(page.getByRole('main').first()).toBeVisible();
  const labels = await app.evaluate(({ Menu }) => {
    const all = (menu: Electron.Menu | null | undefined): string[] =>
      (menu?.items ?? []).flatMap((item) => [item.role ?? item.label, ...all(item.submenu)]);
    return all(Menu.getApplicationMenu());
  });
  expect(labels.join(' ')).not.toMatch(/reload|devtools/i);
  expect(labels).toEqual(expect.arrayContaining(['quit', 'copy', 'paste']));
  await app.close();
});
