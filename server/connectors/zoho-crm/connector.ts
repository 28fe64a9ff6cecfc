import type { Connector } from '../../core/connector.ts';
import { zohoAuthorisation } from '../families/zoho/authorisation.ts';
import { zohoHosts } from '../families/zoho/data-centres.ts';
import { records } from './card.ts';
import { type ZohoCrmClient, zohoCrmClient } from './client.ts';
import { correspondents } from './correspondents.ts';
import { classify } from './failures.ts';
import { FIELD_TITLES } from './field-titles.ts';
import { objects } from './objects.ts';
import { messages } from './offered-messages.ts';
import { scopes } from './scopes.ts';
import { trial } from './trial.ts';
import { staff } from './users.ts';
import { webhooks } from './webhooks.ts';

export const zohoCrm: Connector<ZohoCrmClient> = {
  id: 'zoho-crm',
  titles: { en: 'Zoho CRM', fr: 'Zoho CRM' },
  mark: 'M5.7 3.5a2.1 2.1 0 1 1 0 4.2 2.1 2.1 0 0 1 0-4.2ZM1.8 13c.4-2.2 1.9-3.4 3.9-3.4s3.5 1.2 3.9 3.4M10.8 3.8a1.9 1.9 0 1 1 0 3.8M11.2 9.7c1.7.1 2.8 1.3 3.1 3.3',
  authorisation: zohoAuthorisation(scopes),
  hosts: zohoHosts('zoho-crm'),
  // Zoho counts calls under way (five in its smallest edition), not calls a second: this is a fuse.
  budgets: [{ calls: 50, perMs: 1_000 }],
  objects,
  fieldTitles: FIELD_TITLES,
  webhooks,
  records,
  correspondents,
  staff,
  offers: {
    messages,
    people: ['zohoCrm.contacts', 'zohoCrm.leads'],
    meetings: ['zohoCrm.events'],
  },
  trial,
  client: zohoCrmClient,
  identify: (client) => client.account(),
  classify,
};
