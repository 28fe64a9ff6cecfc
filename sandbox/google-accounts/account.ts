import { company, users } from '../company/index.ts';

const owner = users.find(({ key }) => key === 'hugo');

/** The one Google account of the company that consents: Hugo's, who administers everything. */
export const account = {
  id: '108462915537204418396',
  email: owner?.email ?? company.email,
  givenName: owner?.firstName ?? '',
  familyName: owner?.lastName ?? '',
  hostedDomain: company.domain,
} as const;
