import type { Mount } from './router.ts';

export function sheetPage(_mount: Mount): void {}
