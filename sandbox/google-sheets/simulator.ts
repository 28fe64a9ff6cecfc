import type { Simulator } from '../core/simulator.ts';
import { googleError } from '../google-accounts/check-token.ts';
import { batchUpdate } from './batch-update.ts';
import { sheetPages } from './page.ts';
import { readingOperations } from './read-values.ts';
import { mountOperations } from './routes.ts';
import { sheetScenarios } from './scenarios.ts';
import { seed } from './seed.ts';
import { spreadsheetOperations } from './spreadsheets.ts';
import { writingOperations } from './write-values.ts';

// Appending stands first: its path ends in what the others take for a range.
const operations = [...writingOperations, ...readingOperations, ...spreadsheetOperations, batchUpdate];

/** Google Sheets, with the account of `google-accounts`. */
export const googleSheets: Simulator = {
  vendor: 'google-sheets',
  title: 'Google Sheets',
  pages: sheetPages,
  scenarios: sheetScenarios,
  realUrl: (path) => `https://sheets.googleapis.com${path}`,
  seed,
  routes: (router, desk) => mountOperations(router, desk, operations),
  failure: (status) =>
    status === 429
      ? googleError(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded.')
      : googleError(status, status === 403 ? 'PERMISSION_DENIED' : 'UNAVAILABLE', `Status ${status}.`),
};
