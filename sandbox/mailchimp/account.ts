import { company, users } from '../company/index.ts';

const owner = users.find(({ key }) => key === 'hugo');

/** The company's Mailchimp account. Ids are fixed: what a flow was set to survives a reset. */
export const account = {
  /** The data centre that it lives in: its API stands at `https://us21.api.mailchimp.com`. */
  dataCentre: 'us21',
  id: '4f9a1c07d2b35e8866aa01d45',
  userId: 208_114_573,
  loginId: 208_114_901,
  name: company.name,
  email: owner?.email ?? company.email,
  firstName: owner?.firstName ?? '',
  lastName: owner?.lastName ?? '',
  timeZone: company.timeZone,
} as const;

/** The audience that everybody is in. */
export const AUDIENCE_ID = 'a1c07e52bd';
