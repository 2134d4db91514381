import react from '@vitejs/plugin-react';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const at = (path: string): string => resolve(import.meta.dirname, path);

/** How the page is built, for both hosts. Asset names carry their content's hash, so that they can be kept for ever. */
export default defineConfig({
  root: at('../renderer'),
  base: './',
  plugins: [react()],
  build: {
    outDir: at('../out/renderer'),
    emptyOutDir: true,
    minify: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4_000,
    modulePreload: { polyfill: false },
    rollupOptions: { input: at('../renderer/index.html') },
  },
});
