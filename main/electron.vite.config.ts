import { defineConfig } from 'electron-vite';
import { resolve } from 'node:path';
import page from './page.vite.config.ts';

const at = (path: string): string => resolve(import.meta.dirname, path);

export default defineConfig({
  main: {
    build: {
      outDir: at('../out/main'),
      sourcemap: true,
      rollupOptions: { input: { index: at('index.ts'), entry: at('worker/entry.ts') } },
    },
  },
  preload: {
    build: {
      outDir: at('../out/preload'),
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: at('preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: page,
});
