import react from '@vitejs/plugin-react';
import { build } from 'vite';

/**
 * Builds the pages into `outDir`. Addresses are relative, so that they work from any folder and from
 * inside a package.
 *
 * @param root the folder of `index.html`.
 */
export async function buildPages(root: string, outDir: string): Promise<void> {
  await build({
    configFile: false,
    root,
    base: './',
    logLevel: 'warn',
    clearScreen: false,
    plugins: [react()],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      cssTarget: 'chrome123',
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
  });
}
