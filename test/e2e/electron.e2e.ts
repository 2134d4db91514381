import { expect, test } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWindow, putProgramme, realElectron } from '../support/window.ts';

// Main, preload, relay and policy are the built ones. Electron itself is played by a stand-in unless RL_REAL_ELECTRON=1.
test.skip(process.platform === 'win32' && !realElectron, 'the stand-in is a script, which Windows does not take for a program');

let folder: string;
const launch = (): ReturnType<typeof openWindow> => openWindow(folder);

test.beforeEach(({}, testInfo) => {
  testInfo.annotations.push({ type: 'electron', description: realElectron ? 'the real binary' : 'the stand-in' });
  folder = mkdtempSync(join(tmpdir(), 'rosterline-window-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

test('starts, shows the roster, takes an edit, and has it after a restart', async () => {
  await putProgramme(folder);
  let window = await launch();
  let grid = window.page.getByRole('grid', { name: 'Roster' });
  await expect(grid.getByRole('row')).not.toHaveCount(0);
  const cell = grid.getByRole('gridcell').first();
  await cell.click();
  await window.page.keyboard.type('ICU');
  await window.page.keyboard.press('Enter');
  await expect(grid.getByRole('gridcell', { name: /ICU/ })).toHaveCount(1);
  expect(window.problems).toEqual([]);
  await window.app.close();

  window = await launch();
  grid = window.page.getByRole('grid', { name: 'Roster' });
  await expect(grid.getByRole('gridcell', { name: /ICU/ })).toHaveCount(1);
  expect(window.problems).toEqual([]);
  await window.app.close();
});

test('makes a first programme where there is none', async () => {
  const { app, page, problems } = await launch();
  await page.getByRole('button', { name: /Start your own/ }).click();
  await page.getByRole('textbox', { name: /name/i }).fill('Family Medicine');
  await page.getByRole('textbox', { name: /name/i }).press('Enter');
  await expect(page.getByRole('button', { name: 'Programmes: Family Medicine' })).toBeVisible();
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
    const frame = (url: string, more: object = { parent: null, frameTreeNodeId: window.webContents.mainFrame.frameTreeNodeId }) => ({
      url,
      postMessage: () => (ports += 1),
      ...more,
    });
    const { webContents: sender } = window;
    const ask = (event: object): void => void ipcMain.emit('rosterline:ask-port', event);
    // The check is not simply closed: this one is ours in every respect.
    ask({ sender, senderFrame: frame('app://rosterline/index.html') });
    const ours = ports;
    ask({ sender, senderFrame: frame('https://evil.example/') });
    ask({ sender, senderFrame: frame('app://rosterline.evil.example/index.html') });
    ask({ sender, senderFrame: frame('app://rosterline/index.html', { parent: {}, frameTreeNodeId: 77 }) });
    ask({ sender, senderFrame: frame('app://rosterline/index.html', { parent: null, frameTreeNodeId: 77 }) });
    ask({ sender, senderFrame: null });
    ask({ sender: { id: 99, mainFrame: sender.mainFrame }, senderFrame: frame('app://rosterline/index.html') });
    return { ours, foreign: ports - ours };
  });
  expect(answered).toEqual({ ours: 1, foreign: 0 });
  await app.close();
});

test('the menu has the page’s commands of this moment, runs them, and never reloads', async () => {
  await putProgramme(folder);
  const { app, page } = await launch();
  await expect(page.getByRole('grid', { name: 'Roster' })).toBeVisible();
  const labels = (): Promise<string[]> =>
    app.evaluate(({ Menu }) => {
      const all = (menu: Electron.Menu | null | undefined): string[] =>
        (menu?.items ?? []).flatMap((item) => [item.role ?? item.label, ...all(item.submenu)]);
      return all(Menu.getApplicationMenu());
    });
  await expect.poll(async () => (await labels()).join(' ')).toMatch(/Undo/);
  expect((await labels()).join(' ')).not.toMatch(/reload|devtools/i);
  expect(await labels()).toEqual(expect.arrayContaining(['quit', 'copy', 'paste']));
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('branch.create')?.click());
  await expect(page.getByRole('dialog')).toBeVisible();
  await app.close();
});
