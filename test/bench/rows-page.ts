import { chromium, type Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp, type App } from '../support/app-host.ts';
import { findChromium } from '../support/chromium.ts';
import { toSample, type Sample } from './measure.ts';
import { emptyRow, millisRow, type Row } from './report.ts';

const budgets = {
  step: { what: 'page: a slider step until painted, 60 people x 28 days', most: 50 },
  edit: { what: 'page: edit to paint', most: 16 },
  open: { what: 'page: sample to usable grid', most: 2_000 },
} as const;

/**
 * What somebody at the page waits for: the real host as a process of its own, the built page in Chromium, real keys. A step counts until the
 * frame after the grid's last change, an edit until the frame after its first.
 */
export async function pageRows({ people, say }: { readonly people: number; readonly say: (text: string) => void }): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'rosterline-bench-'));
  let app: App | undefined;
  try {
    app = await startApp({ dataDir: folder, page: true });
    say(`making a sample of ${people} people …`);
    await app.call('program/createSample', { people, years: 2 });
    const info = await untilReady(app);
    return await measurePage(app, `${info.versions.toLocaleString('en')} versions`);
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').slice(0, 160);
    return Object.values(budgets).map(({ what, most }) => emptyRow(what, 'skipped', `≤ ${most} ms`, reason));
  } finally {
    await app?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function measurePage(app: App, about: string): Promise<Row[]> {
  const found = findChromium();
  const browser = await chromium.launch({
    executablePath: found.executablePath,
    chromiumSandbox: false,
    env: { ...process.env, ...found.env },
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.addInitScript(installWatch);
    const open = await measureOpen(page, app.url);
    const step = await measureSteps(page);
    const edit = await measureEdits(page);
    return [
      millisRow(budgets.step.what, step, budgets.step.most, `${about}, ${found.source}`),
      millisRow(budgets.edit.what, edit, budgets.edit.most, 'a frame is 16.7 ms long'),
      millisRow(budgets.open.what, open, budgets.open.most, 'from navigation until the first rows'),
    ];
  } finally {
    await browser.close();
  }
}

async function measureOpen(page: Page, url: string): Promise<Sample> {
  const times: number[] = [];
  await page.goto(url);
  for (let round = 0; round < 4; round++) {
    if (round > 0) await page.reload();
    await page.getByRole('grid', { name: 'Roster' }).getByRole('row').nth(5).waitFor();
    times.push(await page.evaluate(() => globalThis.benchWatch.rowsAt));
  }
  return toSample(times);
}

async function measureSteps(page: Page): Promise<Sample> {
  const slider = page.getByRole('slider', { name: 'History position' });
  await slider.focus();
  const times: number[] = [];
  for (let round = -5; round < 40; round++) {
    const { last } = await watchKey(page, 'ArrowLeft', 350);
    // A commit that touches nothing on screen paints nothing in the grid.
    if (round >= 0 && last !== null) times.push(last);
  }
  await page.keyboard.press('Escape');
  if (times.length < 5) throw new Error('the slider changed nothing in the grid');
  return toSample(times);
}

async function measureEdits(page: Page): Promise<Sample> {
  const cells = page.getByRole('grid', { name: 'Roster' }).getByRole('gridcell');
  await cells.nth(30).click();
  const times: number[] = [];
  for (let round = -3; round < 20; round++) {
    await page.keyboard.type(round % 2 === 0 ? 'ICU' : 'FMIT');
    const { first } = await watchKey(page, 'Enter', 250);
    if (round >= 0 && first !== null) times.push(first);
  }
  if (times.length < 5) throw new Error('typing changed nothing in the grid');
  return toSample(times);
}

interface Painted {
  /** Milliseconds from the key until the frame after the grid's first change, and after its last; `null` when it did not change. */
  readonly first: number | null;
  readonly last: number | null;
}

/** Presses a key and watches the grid for a while. */
async function watchKey(page: Page, key: string, within: number): Promise<Painted> {
  await page.evaluate((millis) => globalThis.benchWatch.arm(millis), within);
  await page.keyboard.press(key);
  return await page.evaluate(() => globalThis.benchWatch.painted);
}

interface Watch {
  /** When the grid had its first rows, from the start of the navigation. */
  rowsAt: number;
  /** Watches the grid from the next key on. */
  arm(within: number): void;
  painted: Promise<Painted>;
}

declare global {
  // oxlint-disable-next-line no-var -- a global of the page
  var benchWatch: Watch;
}

/** Runs in the page, before its own scripts: a key handler of the page may keep its keys from those that listen later. */
function installWatch(): void {
  let pressed: ((event: KeyboardEvent) => void) | null = null;
  addEventListener('keydown', (event) => pressed?.(event), { capture: true });
  globalThis.benchWatch = {
    rowsAt: 0,
    painted: Promise.resolve({ first: null, last: null }),
    arm(within) {
      this.painted = new Promise((resolve) => {
        const grid = document.querySelector('[role=grid]');
        pressed = (event) => {
          pressed = null;
          const began = event.timeStamp;
          let first: number | null = null;
          let last: number | null = null;
          const observer = new MutationObserver(() => {
            // The frame that shows it has been handed over when the task after its animation callback runs.
            requestAnimationFrame(() => {
              const { port1, port2 } = new MessageChannel();
              port1.addEventListener('message', () => {
                last = performance.now() - began;
                first ??= last;
                port1.close();
              });
              port1.start();
              port2.postMessage(null);
            });
          });
          if (grid) observer.observe(grid, { subtree: true, childList: true, characterData: true, attributes: true });
          setTimeout(() => {
            observer.disconnect();
            resolve({ first, last });
          }, within);
        };
      });
    },
  };
  const look = (): void => {
    if (document.querySelectorAll('[role=grid] [role=row]').length > 5) globalThis.benchWatch.rowsAt = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function untilReady(app: App): Promise<{ readonly versions: number }> {
  for (let asked = 0; asked < 1_200; asked++) {
    const { body } = await app.call('program/info', {});
    if (body?.state === 'ready') return { versions: Number(body.counts.versions) };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the sample was not ready in two minutes');
}
