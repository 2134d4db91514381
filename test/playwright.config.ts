import { defineConfig } from '@playwright/test';
import { findChromium } from './support/chromium.ts';

const chromium = findChromium();
// The stand-in for Electron starts its own Chromium and takes it from here.
process.env['RL_STANDIN_CHROMIUM'] = chromium.executablePath;
process.env['RL_STANDIN_CHROMIUM_ENV'] = JSON.stringify(chromium.env);

export default defineConfig({
  testDir: './e2e',
  testMatch: '**/*.e2e.ts',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  outputDir: '../node_modules/.cache/playwright',
  use: {
    trace: 'retain-on-failure',
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath: chromium.executablePath, chromiumSandbox: false, env: { ...process.env, ...chromium.env } },
  },
});
