import type { VendorAccount } from '../../core/connector.ts';

export const TICKETS = 'zohoDesk.tickets';

type Portal = Pick<VendorAccount, 'facts'>;

/** Where agents see a record of the portal. */
const inPortal =
  (section: string) =>
  (id: string, { facts }: Portal): string =>
    `${facts?.portalUrl ?? 'https://desk.zoho.com/agent'}/${section}/details/${encodeURIComponent(id)}`;

export const ticketPage = inPortal('tickets');
export const contactPage = inPortal('contacts');
