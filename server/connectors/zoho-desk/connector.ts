import type { Connector } from '../../core/connector.ts';
import { zohoAuthorisation } from '../families/zoho/authorisation.ts';
import { zohoCentresAt, zohoHosts } from '../families/zoho/data-centres.ts';
import { TICKETS, ticketPage } from './addresses.ts';
import { card } from './card.ts';
import { type ZohoDeskClient, zohoDeskClient } from './client.ts';
import { classify } from './failures.ts';
import { scopes } from './scopes.ts';
import { tickets } from './tickets-offer.ts';
import { trial } from './trial.ts';
import { webhooks } from './webhooks.ts';

const CENTRES = zohoCentresAt('desk');

export const zohoDesk: Connector<ZohoDeskClient> = {
  id: 'zoho-desk',
  titles: { en: 'Zoho Desk', fr: 'Zoho Desk' },
  mark: 'M3 9V7.5a5 5 0 0 1 10 0V9M2.5 9h2v3.5h-2ZM11.5 9h2v3.5h-2ZM12.5 12.5c0 1.2-1.5 1.8-3.5 1.8',
  authorisation: zohoAuthorisation(scopes, CENTRES),
  hosts: zohoHosts('zoho-desk', CENTRES),
  // Desk counts calls under way at once, five in its smallest edition, and credits of a day.
  budgets: [{ calls: 10, perMs: 1_000 }],
  objects: [{ id: TICKETS, titles: { en: 'Ticket', fr: 'Ticket' }, url: ticketPage }],
  fieldTitles: {
    subject: { en: 'Subject', fr: 'Objet' },
    description: { en: 'Description', fr: 'Description' },
    departmentId: { en: 'Department', fr: 'Département' },
    priority: { en: 'Priority', fr: 'Priorité' },
    contactId: { en: 'Contact', fr: 'Contact' },
    email: { en: 'E-mail', fr: 'E-mail' },
    'contact/email': { en: 'E-mail', fr: 'E-mail' },
    content: { en: 'Comment', fr: 'Commentaire' },
  },
  webhooks,
  card,
  offers: { tickets },
  trial,
  client: zohoDeskClient,
  identify: (client) => client.whose(),
  classify,
};
