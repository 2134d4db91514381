// `npm test`: every suite, one after the other, and at the very end one line with the sum.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createRequire } from 'node:module';

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Suite {
  readonly name: string;
  /** A program of Node with its arguments; `report` is a file the program may write its results to. */
  readonly command: (report: string) => readonly string[];
  readonly env?: (report: string) => Readonly<Record<string, string>>;
  /** Counts what the program reported. Without it the suite is one check that passed or failed. */
  readonly count?: (report: unknown) => Outcome;
}

const root = resolve(import.meta.dirname, '..');

const suites: readonly Suite[] = [
  { name: 'types', command: () => [bin('typescript', 'tsc'), '-b'] },
  { name: 'lint', command: () => [bin('oxlint', 'oxlint'), '--deny-warnings'] },
  { name: 'format', command: () => [bin('oxfmt', 'oxfmt'), '--check', '.'] },
  vitest('layers', ['test/layers.test.ts']),
  vitest('unit', [], ['test/layers.test.ts', 'test/journeys/**', 'test/main/loopback/**', 'test/main/worker/**']),
  vitest('hosts', ['test/main/loopback', 'test/main/worker']),
  vitest('journeys', ['test/journeys']),
  {
    name: 'build',
    command: () => [bin('electron-vite', 'electron-vite'), 'build', '-c', 'main/electron.vite.config.ts', '--logLevel', 'warn'],
  },
  {
    name: 'end to end',
    command: () => [bin('@playwright/test', 'playwright'), 'test', '-c', 'test/playwright.config.ts', '--reporter=list,json'],
    env: (report) => ({ PLAYWRIGHT_JSON_OUTPUT_NAME: report }),
    count: countPlaywright,
  },
];

process.exitCode = await main(process.argv.slice(2));

async function main(names: readonly string[]): Promise<number> {
  if (Number(process.versions.node.split('.')[0]) < 24) {
    console.error(`Node ${process.version} is too old: run “npm test”, or install Node 24.`);
    return 1;
  }
  const chosen = names.length === 0 ? suites : suites.filter(({ name }) => names.includes(name));
  const lines: string[] = [];
  const sum = { passed: 0, failed: 0 };
  for (const suite of chosen) {
    console.log(`\n── ${suite.name}`);
    const began = performance.now();
    const { passed, failed, skipped } = await run(suite);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    lines.push(
      `${failed === 0 ? 'ok  ' : 'FAIL'} ${suite.name}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''} (${seconds} s)`,
    );
    sum.passed += passed;
    sum.failed += failed;
  }
  console.log(`\n${lines.join('\n')}\n`);
  console.log(`${sum.passed} passed, ${sum.failed} failed`);
  return sum.failed === 0 ? 0 : 1;
}

async function run(suite: Suite): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'rosterline-run-'));
  try {
    const report = join(folder, 'report.json');
    const code = await execute(suite.command(report), suite.env?.(report) ?? {});
    if (!suite.count) return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
    const counted = existsSync(report) ? suite.count(JSON.parse(readFileSync(report, 'utf8'))) : { passed: 0, failed: 1, skipped: 0 };
    // A program that failed without a failed test broke elsewhere: that counts too.
    return code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function execute(command: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((done) => {
    const child = spawn(process.execPath, command, {
      cwd: root,
      stdio: ['ignore', 1, 1],
      env: { ...process.env, NO_COLOR: '1', ...env },
    });
    child.once('error', (error) => {
      console.error(error.message);
      done(1);
    });
    child.once('exit', (code) => done(code ?? 1));
  });
}

function vitest(name: string, paths: readonly string[], excluded: readonly string[] = []): Suite {
  return {
    name,
    command: (report) => [
      bin('vitest', 'vitest'),
      'run',
      '-c',
      'test/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...excluded.flatMap((path) => ['--exclude', path]),
      ...paths,
    ],
    count: (report) => {
      const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites, testResults } = report as {
        numPassedTests: number;
        numFailedTests: number;
        numPendingTests: number;
        numFailedTestSuites: number;
        testResults: { status: string; assertionResults: unknown[] }[];
      };
      // A file that could not even be loaded has no tests to fail.
      const broken = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length;
      return { passed: numPassedTests, failed: numFailedTests + Math.min(broken, numFailedTestSuites), skipped: numPendingTests };
    },
  };
}

function countPlaywright(report: unknown): Outcome {
  const { stats, errors } = report as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
    errors: unknown[];
  };
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length, skipped: stats.skipped };
}

/** The script behind a program that a package offers, so that it runs under this very Node. */
function bin(name: string, program: string): string {
  const require = createRequire(import.meta.url);
  const folder = require.resolve
    .paths(name)
    ?.map((path) => join(path, name))
    .find((path) => existsSync(join(path, 'package.json')));
  if (folder === undefined) throw new Error(`${name} is not installed: run “npm ci”.`);
  const { bin: programs } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { bin: string | Record<string, string> };
  const script = typeof programs === 'string' ? programs : programs[program];
  if (script === undefined) throw new Error(`${name} has no program “${program}”.`);
  return join(folder, script);
}
