import { expect, test as base, type Page } from '@playwright/test';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp, type App } from './app-host.ts';

/** What is in the data folder when the page opens: the sample programme, an empty one, or nothing at all. */
export type Programme = 'sample' | 'empty' | 'none';

export interface PageProblems {
  /** Console errors, uncaught errors and breaches of the content security policy, in the order they came. */
  readonly all: readonly string[];
  /** Watches one more page; the fixture's own is watched already. */
  watch(page: Page): void;
  /** Says that a test expects problems that match. */
  expectSome(pattern: RegExp): void;
}

interface Options {
  /** `test.use({ programme: 'empty' })`; the sample unless told. */
  readonly programme: Programme;
}

interface Fixtures {
  /** The running host, for calls through `/api` beside the page. */
  readonly app: App;
  readonly problems: PageProblems;
}

interface WorkerFixtures {
  /** A data folder with the sample programme, made when a test first asks for it, once per worker. Tests get copies. */
  readonly sampleFolder: () => Promise<string>;
}

/**
 * Playwright's test with the real host behind the page: a host of its own for every test, on a copy of the sample unless told otherwise, and
 * the page opened with its token. A console error, an uncaught error or a breach of the policy fails the test.
 */
export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  programme: ['sample', { option: true }],

  sampleFolder: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'rosterline-sample-'));
      let made: Promise<string> | undefined;
      await use(() => (made ??= makeSample(folder)));
      await made;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
    { scope: 'worker', timeout: 180_000 },
  ],

  app: async ({ programme, sampleFolder }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'rosterline-page-'));
    if (programme === 'sample') cpSync(await sampleFolder(), folder, { recursive: true });
    const app = await startApp({ dataDir: folder, page: true });
    if (programme === 'empty') await app.call('program/create', { name: 'Family Medicine' });
    await use(app);
    await app.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  },

  problems: async ({}, use) => {
    const all: string[] = [];
    const expected: RegExp[] = [];
    await use({ all, watch: (page) => collectProblems(page, all), expectSome: (pattern) => expected.push(pattern) });
    expect(
      all.filter((problem) => !expected.some((pattern) => pattern.test(problem))),
      'the page had no problems',
    ).toEqual([]);
  },

  page: async ({ page, app, problems }, use) => {
    problems.watch(page);
    await page.goto(app.url);
    await use(page);
  },
});

/** Collects what goes wrong in a page from now on. */
export function collectProblems(page: Page, problems: string[] = []): string[] {
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  return problems;
}

async function makeSample(folder: string): Promise<string> {
  const app = await startApp({ dataDir: folder, sample: true });
  await untilReady(app);
  await app.stop();
  return folder;
}

/** Waits until the programme can be worked with; the sample takes seconds to make. */
export async function untilReady(app: App): Promise<void> {
  for (let asked = 0; asked < 1_200; asked++) {
    const { body } = await app.call('program/info', {});
    if (body?.state === 'ready') return;
    if (body?.state === 'refused' || body?.state === 'none') throw new Error(`there is no programme: ${JSON.stringify(body.problem)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the sample programme was not ready in two minutes');
}

export { expect };
