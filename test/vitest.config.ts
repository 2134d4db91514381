import { defineConfig } from 'vitest/config';
import { resolve } from 'node:path';

if (Number(process.versions.node.split('.')[0]) < 24)
  throw new Error(`Node ${process.version} cannot load better-sqlite3 here: run through npm, or install Node 24.`);
export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
