import { company } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { account } from './account.ts';
import type { Operation } from './operation.ts';
import { pageOf, within } from './query.ts';
import { latestOf, ratesOf } from './report-figures.ts';
import { type AudienceRow, mailchimpTables } from './rows.ts';

/** https://mailchimp.com/developer/marketing/api/lists/ */
export const audienceOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/lists',
    run({ desk, query }) {
      const all = mailchimpTables(desk).audiences.all();
      const rows = within(all, query, 'date_created', (row) => row.createdAt);
      return {
        lists: pageOf(rows, query).map((row) => shownAudience(desk, row)),
        total_items: rows.length,
        constraints: { may_create: false, max_instances: 1, current_total_instances: all.length },
      };
    },
  },
  { method: 'GET', path: '/lists/{list}', run: ({ desk, audience }) => shownAudience(desk, audience()) },
];

function shownAudience(desk: VendorDesk, { id, webId, name, createdAt }: AudienceRow): object {
  return {
    id,
    web_id: webId,
    name,
    contact: {
      company: company.name,
      address1: company.address.street,
      address2: '',
      city: company.address.city,
      state: '',
      zip: company.address.zip,
      country: company.address.countryCode,
      phone: company.phone,
    },
    permission_reminder: `Vous recevez cet e-mail en tant que client ou prospect de ${company.name}.`,
    use_archive_bar: true,
    campaign_defaults: {
      from_name: company.name,
      from_email: company.email,
      subject: '',
      language: 'fr',
    },
    notify_on_subscribe: '',
    notify_on_unsubscribe: '',
    date_created: createdAt,
    list_rating: 4,
    email_type_option: false,
    subscribe_url_short: `http://eepurl.example/${id}`,
    subscribe_url_long: `https://atelier-lumen.${account.dataCentre}.list-manage.example/subscribe?id=${id}`,
    beamer_address: `${account.dataCentre}-${id}@inbound.example`,
    visibility: 'prv',
    double_optin: false,
    has_welcome: false,
    marketing_permissions: false,
    modules: [],
    stats: statistics(desk, id),
  };
}

function statistics(desk: VendorDesk, listId: string): object {
  const { members, mergeFields, campaigns } = mailchimpTables(desk);
  const own = members.all().filter((row) => row.listId === listId && !row.archived);
  const countOf = (status: string): number => own.filter((row) => row.status === status).length;
  const sent = campaigns.all().filter((row) => row.listId === listId && row.sentAt !== null);
  const lastSent = latestOf(sent.map(({ sentAt }) => sentAt));
  const since = own.filter((row) => lastSent !== '' && row.lastChanged > lastSent);
  const sinceOf = (status: string): number => since.filter((row) => row.status === status).length;
  return {
    member_count: countOf('subscribed'),
    total_contacts: own.length,
    unsubscribe_count: countOf('unsubscribed'),
    cleaned_count: countOf('cleaned'),
    member_count_since_send: sinceOf('subscribed'),
    unsubscribe_count_since_send: sinceOf('unsubscribed'),
    cleaned_count_since_send: sinceOf('cleaned'),
    campaign_count: sent.length,
    campaign_last_sent: lastSent,
    merge_field_count: mergeFields.all().filter((row) => row.listId === listId).length,
    avg_sub_rate: 0,
    avg_unsub_rate: 0,
    target_sub_rate: 0,
    ...ratesOf(desk, sent),
    last_sub_date: latestOf(own.filter((row) => row.status === 'subscribed').map((row) => row.optedInAt)),
    last_unsub_date: latestOf(
      own.filter((row) => row.status === 'unsubscribed').map((row) => row.lastChanged),
    ),
  };
}
