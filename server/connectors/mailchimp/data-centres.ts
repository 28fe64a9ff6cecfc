import type { DataCentre } from '../../core/connector.ts';

const LOGIN = 'https://login.mailchimp.com';
/**
 * Mailchimp opens data centres one after the other and has 22 so far; an account of one that is not listed
 * is refused at sign-in, and a higher number here lets it in.
 */
const OPENED = 60;

/**
 * Mailchimp's data centres. All sign in at one address; a token is good in its account's own one only.
 * https://mailchimp.com/developer/marketing/docs/fundamentals/#api-structure
 */
export const MAILCHIMP_DATA_CENTRES: readonly DataCentre[] = Array.from({ length: OPENED }, (_, index) => {
  const id = `us${index + 1}`;
  return { id, accountsUrl: LOGIN, apiUrl: `https://${id}.api.mailchimp.com` };
});

export const mailchimpHosts: Readonly<Record<string, string>> = Object.fromEntries(
  [...MAILCHIMP_DATA_CENTRES.map(({ apiUrl }) => apiUrl), LOGIN].map((url) => [
    new URL(url).hostname,
    'mailchimp',
  ]),
);
