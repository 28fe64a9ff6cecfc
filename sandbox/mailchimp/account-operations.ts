import { company } from '../company/index.ts';
import { account } from './account.ts';
import type { Operation } from './operation.ts';
import { mailchimpTables } from './rows.ts';

/** https://mailchimp.com/developer/marketing/api/root/ and …/ping/ */
export const accountOperations: readonly Operation[] = [
  { method: 'GET', path: '/ping', run: () => ({ health_status: "Everything's Chimpy!" }) },
  {
    method: 'GET',
    path: '/',
    run: ({ desk }) => ({
      account_id: account.id,
      login_id: String(account.loginId),
      account_name: account.name,
      email: account.email,
      first_name: account.firstName,
      last_name: account.lastName,
      username: account.email,
      avatar_url: '',
      role: 'owner',
      member_since: '2023-03-14T09:00:00+00:00',
      pricing_plan_type: 'monthly',
      first_payment: '2023-04-14T09:00:00+00:00',
      account_timezone: account.timeZone,
      account_industry: 'Marketing and Advertising',
      contact: {
        company: company.name,
        addr1: company.address.street,
        addr2: '',
        city: company.address.city,
        state: '',
        zip: company.address.zip,
        country: company.address.countryCode,
      },
      pro_enabled: false,
      last_login: '2026-11-20T08:12:00+00:00',
      total_subscribers: mailchimpTables(desk)
        .members.all()
        .filter(({ status, archived }) => status === 'subscribed' && !archived).length,
    }),
  },
];
