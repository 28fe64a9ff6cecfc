import { googleError } from '../google-accounts/check-token.ts';
import { defineSimulator } from '../kit/simulator.ts';
import { actInSheets } from './acts.ts';
import { sheetsApi } from './api.ts';
import { sheetPages } from './page.ts';
import { sheetScenarios } from './scenarios.ts';
import { seed } from './seed.ts';

/** Google Sheets, with the account of `google-accounts`. */
export const googleSheets = defineSimulator({
  vendor: 'google-sheets',
  title: 'Google Sheets',
  pages: sheetPages,
  scenarios: sheetScenarios,
  realUrl: (path) => `https://sheets.googleapis.com${path}`,
  seed,
  api: sheetsApi,
  act: actInSheets,
  failure: (status) =>
    status === 429
      ? googleError(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded.')
      : googleError(status, status === 403 ? 'PERMISSION_DENIED' : 'UNAVAILABLE', `Status ${status}.`),
});
