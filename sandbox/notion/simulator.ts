import { defineSimulator } from '../kit/simulator.ts';
import { act } from './acts.ts';
import { notionApi } from './api.ts';
import { acceptConsent, expireAll, mountOAuth } from './oauth.ts';
import { notionPages } from './page.ts';
import { failureOf } from './refusal.ts';
import { notionScenarios } from './scenarios.ts';
import { seed } from './seed.ts';

/** The company's Notion workspace: its sign-in, and the API of version 2025-09-03. */
export const notion = defineSimulator({
  vendor: 'notion',
  title: 'Notion',
  pages: notionPages,
  scenarios: notionScenarios,
  realUrl: (path) => `https://api.notion.com${path}`,
  seed,
  signIn: mountOAuth,
  api: notionApi,
  consent: acceptConsent,
  expire: expireAll,
  act,
  failure: failureOf,
});
