import type { RunningServer } from '../running-server.ts';

/** What the sandbox's vendors hold of one person, as a reader of British English finds it in the cards. */
export interface VendorTruth {
  readonly stripe: readonly string[];
  readonly mailchimp: readonly string[];
  readonly google: readonly string[];
  readonly microsoft: readonly string[];
  /** Campaigns, each with what the person did with it. */
  readonly campaigns: readonly { readonly title: string; readonly states: readonly string[] }[];
  /** How much of each kind there is. */
  readonly counts: Readonly<
    Record<
      'payments' | 'subscriptions' | 'open' | 'invoices' | 'campaigns' | 'tags' | 'meetings' | 'outlook',
      number
    >
  >;
}

interface StripeTables {
  customers: { id: string; email: string; name: string }[];
  charges: {
    customer: string;
    status: string;
    description: string;
    amount: number;
    amount_captured: number;
    amount_refunded: number;
    currency: string;
    created: number;
  }[];
  subscriptions: {
    customer: string;
    items: { data: [{ price: { unit_amount: number; currency: string }; current_period_end: number }] };
  }[];
  invoices: {
    customer: string;
    status: string;
    number: string;
    amount_remaining: number;
    currency: string;
    due_date: number;
  }[];
}
interface BooksTables {
  contacts: { contact_id: string; persons: { email: string }[] }[];
  invoices: { customer_id: string; invoice_number: string; totalMinor: number }[];
}
interface MailchimpTables {
  audiences: { id: string; name: string }[];
  members: { email: string; listId: string; contactId: string; status: string; tags: number[] }[];
  tags: { id: number; name: string }[];
  campaigns: { id: string; title: string }[];
  activity: { campaignId: string; contactId: string; kind: string }[];
}
interface OutlookTables {
  contacts: {
    contact: {
      displayName: string;
      companyName: string | null;
      jobTitle: string | null;
      businessPhones: string[];
      emailAddresses: { address: string }[];
    };
  }[];
}
interface OutlookCalendarTables {
  events: {
    masterId: string | null;
    attendees: { address: string }[];
    fields: { subject: string };
  }[];
}
interface PeopleTables {
  contacts: {
    person: {
      names: [{ displayName: string }];
      emailAddresses?: { value: string }[];
      phoneNumbers?: { value: string }[];
      organizations?: { name: string }[];
    };
  }[];
}
interface CalendarTables {
  events: {
    attendees: { email: string }[];
    fields: { summary: string };
    recurrence: string[];
    start: { at: string };
  }[];
}

const ZONE = 'Europe/Paris';

/** Text with the spaces of a keyboard alone. */
export const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

const money = (minor: number, currency: string) =>
  plain(new Intl.NumberFormat('en-GB', { style: 'currency', currency }).format(minor / 100));
const amount = (minor: number) =>
  new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2 }).format(minor / 100);
const dated = (moment: Date | number, style: 'dateStyle' | 'timeStyle') =>
  new Intl.DateTimeFormat('en-GB', {
    [style]: style === 'dateStyle' ? 'medium' : 'short',
    timeZone: ZONE,
  }).format(moment);
/** Of today the hour is shown. */
const day = (moment: Date | number) => {
  const text = dated(moment, 'dateStyle');
  return text === dated(Date.now(), 'dateStyle') ? dated(moment, 'timeStyle') : text;
};
const MAIL_STATES: Readonly<Record<string, string>> = {
  subscribed: 'Subscribed',
  unsubscribed: 'Unsubscribed',
};

export async function truthOf({ control }: RunningServer, email: string): Promise<VendorTruth> {
  const tables = async <Tables>(vendor: string) =>
    ((await control('GET', `state/${vendor}`)) as { tables: Tables }).tables;
  const [stripe, books, mail, people, calendar, outlook, agenda] = await Promise.all([
    tables<StripeTables>('stripe'),
    tables<BooksTables>('zoho-books'),
    tables<MailchimpTables>('mailchimp'),
    tables<PeopleTables>('google-people'),
    tables<CalendarTables>('google-calendar'),
    tables<OutlookTables>('microsoft-contacts'),
    tables<OutlookCalendarTables>('microsoft-calendar'),
  ]);

  const customers = stripe.customers.filter((one) => one.email === email);
  const isOwn = ({ customer }: { customer: string }) => customers.some(({ id }) => id === customer);
  const charges = stripe.charges.filter(isOwn);
  const subscriptions = stripe.subscriptions.filter(isOwn);
  const open = stripe.invoices.filter(isOwn).filter(({ status }) => status === 'open');
  const kept = charges.filter(({ status }) => status === 'succeeded');
  const sum = kept.reduce((all, one) => all + one.amount_captured - one.amount_refunded, 0);
  const debtors = books.contacts.filter(({ persons }) => persons.some((one) => one.email === email));
  const invoices = books.invoices.filter((one) =>
    debtors.some((debtor) => debtor.contact_id === one.customer_id),
  );

  const members = mail.members.filter((one) => one.email === email);
  const [member] = members;
  const tags = mail.tags.filter(({ id }) => member?.tags.includes(id));
  const deeds = mail.activity.filter(({ contactId }) => contactId === member?.contactId);
  const campaigns = mail.campaigns.filter(({ id }) => deeds.some((one) => one.campaignId === id));

  const persons = people.contacts
    .map(({ person }) => person)
    .filter((one) => one.emailAddresses?.some(({ value }) => value === email));
  const meetings = calendar.events.filter(({ attendees }) => attendees.some((one) => one.email === email));

  const known = outlook.contacts
    .map(({ contact }) => contact)
    .filter(({ emailAddresses }) => emailAddresses.some(({ address }) => address === email));

  return {
    stripe: [
      ...customers.map(({ name }) => name),
      ...(charges.length === 0 ? ['Nothing paid yet'] : [money(sum, kept[0]!.currency)]),
      ...charges.flatMap((one) => [
        one.description,
        money(one.amount, one.currency),
        day(one.created * 1000),
      ]),
      ...subscriptions.flatMap(({ items: { data } }) => [
        money(data[0].price.unit_amount, data[0].price.currency),
        `renews ${day(data[0].current_period_end * 1000)}`,
      ]),
      ...open.flatMap((one) => [
        one.number,
        money(one.amount_remaining, one.currency),
        `due ${day(one.due_date * 1000)}`,
      ]),
      ...invoices.flatMap((one) => [one.invoice_number, amount(one.totalMinor)]),
    ],
    mailchimp: [
      ...members.map(({ status }) => MAIL_STATES[status]!),
      ...mail.audiences.filter(({ id }) => id === member?.listId).map(({ name }) => name),
      ...tags.map(({ name }) => name),
    ],
    google: [
      ...persons.flatMap((one) => [
        one.names[0].displayName,
        one.phoneNumbers?.[0]?.value ?? '',
        one.organizations?.[0]?.name ?? '',
      ]),
      ...meetings.map(({ fields }) => fields.summary),
      ...meetings
        .filter(({ recurrence }) => recurrence.length === 0)
        .map(({ start }) => day(new Date(start.at))),
    ],
    microsoft: [
      ...known.flatMap(({ displayName, companyName, jobTitle, businessPhones }) => [
        displayName,
        companyName ?? '',
        jobTitle ?? '',
        businessPhones[0] ?? '',
      ]),
      ...agenda.events
        .filter(({ attendees }) => attendees.some(({ address }) => address === email))
        .map(({ fields }) => fields.subject),
    ],
    campaigns: campaigns.map(({ id, title }) => {
      const did = (kind: string) => deeds.some((one) => one.campaignId === id && one.kind === kind);
      const read = [...(did('open') ? ['Opened'] : []), ...(did('click') ? ['Clicked'] : [])];
      return { title, states: read.length === 0 ? ['Not opened'] : read };
    }),
    counts: {
      payments: charges.length,
      subscriptions: subscriptions.length,
      open: open.length,
      invoices: invoices.length,
      campaigns: campaigns.length,
      tags: tags.length,
      meetings: meetings.length,
      outlook: known.length,
    },
  };
}
