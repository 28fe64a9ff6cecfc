import { defineSimulator } from '../kit/simulator.ts';
import { cliqApi, refusal, tooMany } from './api.ts';
import { cliqPages } from './page.ts';
import { postingOperations } from './post.ts';
import { readingOperations } from './read.ts';
import { seed } from './rows.ts';

/** Zoho Cliq: the company's channels and conversations. People sign in at `zoho-accounts`. */
export const zohoCliq = defineSimulator({
  vendor: 'zoho-cliq',
  title: 'Zoho Cliq',
  realUrl: (path) => `https://cliq.zoho.eu${path}`,
  seed,
  api: (desk) => cliqApi(desk, [...postingOperations, ...readingOperations]),
  pages: cliqPages,
  failure: (status) => (status === 429 ? tooMany() : refusal(status, 'error', `Status ${status}.`)).body,
});
