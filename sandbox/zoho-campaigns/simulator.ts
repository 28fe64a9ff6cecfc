import { defineSimulator } from '../kit/simulator.ts';
import { act } from './acts.ts';
import { campaignsApi, locked, type Operation, refusal } from './api.ts';
import { campaignOperations } from './campaigns.ts';
import { listOperations } from './lists.ts';
import { campaignsPages } from './page.ts';
import { campaignsScenarios } from './scenarios.ts';
import { seed, seedMore } from './seed.ts';
import { subscribeOperations } from './subscribe.ts';

/** Zoho Campaigns: the company's letters, and who gets them. People sign in at `zoho-accounts`. */
export const zohoCampaigns = defineSimulator<Operation>({
  vendor: 'zoho-campaigns',
  title: 'Zoho Campaigns',
  realUrl: (path) => `https://campaigns.zoho.eu${path}`,
  seed,
  seedMore,
  act,
  api: (desk) => campaignsApi(desk, [...listOperations, ...subscribeOperations, ...campaignOperations]),
  pages: campaignsPages,
  scenarios: campaignsScenarios,
  failure: (status) =>
    (status === 429 ? locked() : refusal(String(status), 'Sorry, we’ve run into a problem.')).body,
});
