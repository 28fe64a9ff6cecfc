import { defineSimulator } from '../kit/simulator.ts';
import { actInAnalytics } from './acts.ts';
import { analyticsApi, refusal, tooMany } from './api.ts';
import { importOperations } from './imports.ts';
import { metadataOperations } from './metadata.ts';
import { analyticsPages } from './page.ts';
import { rowOperations } from './row-operations.ts';
import { seed } from './seed.ts';

/** Zoho Analytics: workspaces, tables with typed columns, and imports that take their time. */
export const zohoAnalytics = defineSimulator({
  vendor: 'zoho-analytics',
  title: 'Zoho Analytics',
  realUrl: (path) => `https://analyticsapi.zoho.eu${path}`,
  seed,
  api: (desk) => analyticsApi(desk, [...metadataOperations, ...importOperations, ...rowOperations]),
  pages: analyticsPages,
  act: actInAnalytics,
  failure: (status) =>
    (status === 429 ? tooMany() : refusal(status, 7005, 'INTERNAL_ERROR', `Status ${status}.`)).body,
});
