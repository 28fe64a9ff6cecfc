import { company } from '../company/index.ts';

/** The company's workspace and Liaison's app in it. Ids are fixed: what a flow was set to survives a reset. */
export const workspace = {
  id: 'T07LUMEN69',
  name: company.name,
  domain: 'atelier-lumen',
  url: 'https://atelier-lumen.slack.com/',
  emailDomain: company.domain,
} as const;

export const app = {
  id: 'A07LIAISON1',
  botId: 'B07LIAISON1',
  botUserId: 'U07LIAISON1',
  name: 'Liaison',
  handle: 'liaison',
} as const;

export const channelIds = {
  general: 'C07GENERAL1',
  ventes: 'C07VENTES01',
  support: 'C07SUPPORT1',
  direction: 'C07DIRECTN1',
} as const;
