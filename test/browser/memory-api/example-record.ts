import type { RecordActivity, RecordCard, RecordPage } from '../../../server/api/contract.ts';
import type { MemoryRecord } from './memory-records.ts';

/** One contact of an invented company, with everything that can stand beside it. */

type Section = NonNullable<RecordCard['data']>['sections'][number];
type Row = Section['rows'][number];

const words = (en: string, fr: string) => ({ kind: 'words' as const, words: { en, fr } });
const text = (value: string) => ({ kind: 'text' as const, text: value });
const money = (minor: number, currency: string) => ({ kind: 'money' as const, minor, currency });
const date = (at: string) => ({ kind: 'date' as const, at });
const stated = (en: string, fr: string, tone: 'good' | 'bad' | 'busy' | 'quiet') => ({
  kind: 'state' as const,
  words: { en, fr },
  tone,
});

const STRIPE = { id: 'stripe', titles: { en: 'Stripe', fr: 'Stripe' } };
const BOOKS = { id: 'zoho-books', titles: { en: 'Zoho Books', fr: 'Zoho Books' } };
const MAILCHIMP = { id: 'mailchimp', titles: { en: 'Mailchimp', fr: 'Mailchimp' } };
const PEOPLE = { id: 'google-people', titles: { en: 'Google Contacts', fr: 'Google Contacts' } };

export const KEPT_AT = '2026-11-20T09:30:00.000Z';
export const FRESH_AT = '2026-11-24T09:30:00.000Z';

export const payment = (id: string, label: string, minor: number, currency = 'EUR'): Row => ({
  id,
  label: text(label),
  values: [money(minor, currency), stated('Paid', 'Payé', 'good'), date('2026-05-18T08:00:00.000Z')],
  url: `https://dashboard.stripe.com/payments/${id}`,
  key: id,
});

export function stripeCard(state: RecordCard['state'], payments: readonly Row[]): RecordCard {
  return {
    connector: STRIPE,
    group: 'stripe',
    groupTitles: STRIPE.titles,
    state,
    at: state === 'fresh' ? FRESH_AT : KEPT_AT,
    error: null,
    data: {
      sections: [
        {
          id: 'customer',
          titles: { en: 'Customer', fr: 'Client' },
          layout: 'facts',
          rows: [
            {
              id: 'cus_1',
              label: words('Customer', 'Client'),
              values: [text('Noémie Vasseur')],
              url: 'https://dashboard.stripe.com/customers/cus_1',
              copy: 'cus_1',
            },
            {
              id: 'lifetime-value',
              label: words('Lifetime value', 'Total payé à ce jour'),
              values: [money(1_234_567, 'EUR'), money(180_000, 'JPY')],
            },
          ],
        },
        {
          id: 'payments',
          titles: { en: 'Last payments', fr: 'Derniers paiements' },
          layout: 'rows',
          rows: [...payments],
          empty: { en: 'No payment yet.', fr: 'Aucun paiement pour l’instant.' },
        },
      ],
      actions: [],
      url: 'https://dashboard.stripe.com/customers/cus_1',
    },
  };
}

export const CREATE = {
  id: 'create-customer',
  titles: { en: 'Create the customer', fr: 'Créer le client' },
  explains: { en: 'Stripe gets a customer.', fr: 'Stripe reçoit un client.' },
};

/** Stripe knows nobody. */
export const noCustomer = (): RecordCard => ({
  ...stripeCard('fresh', []),
  data: {
    sections: [],
    empty: {
      en: 'No customer in Stripe has this address.',
      fr: 'Aucun client dans Stripe n’a cette adresse.',
    },
    actions: [CREATE],
  },
});

export const booksCard = (state: RecordCard['state']): RecordCard => ({
  connector: BOOKS,
  group: 'stripe',
  groupTitles: STRIPE.titles,
  state,
  at: FRESH_AT,
  error: null,
  data: {
    sections: [
      {
        id: 'books-invoices',
        titles: { en: 'Invoices', fr: 'Factures' },
        layout: 'rows',
        rows: [
          {
            id: 'inv 1',
            label: text('INV-000007'),
            values: [money(240_000, 'EUR'), stated('Paid', 'Payée', 'good')],
            url: 'https://books.zoho.eu/app/1#/invoices/1',
            beside: 'pi_1',
          },
          {
            id: 'inv 2',
            label: text('INV-000008'),
            values: [money(99_000, 'EUR'), stated('Overdue', 'En retard', 'bad'), date('2026-11-12')],
          },
        ],
      },
    ],
    actions: [],
  },
});

export const mailchimpCard = (state: RecordCard['state']): RecordCard => ({
  connector: MAILCHIMP,
  group: 'mailchimp',
  groupTitles: MAILCHIMP.titles,
  state,
  at: state === 'absent' ? null : FRESH_AT,
  error: null,
  data:
    state === 'absent'
      ? null
      : {
          sections: [
            {
              id: 'member',
              titles: { en: 'Customers', fr: 'Clients' },
              layout: 'facts',
              rows: [
                {
                  id: 'status',
                  label: words('Status', 'Statut'),
                  values: [stated('Unsubscribed', 'Désabonné', 'bad')],
                  note: { en: 'Asked for no more mail.', fr: 'A demandé à ne plus rien recevoir.' },
                },
              ],
            },
            {
              id: 'timeline',
              titles: { en: 'Timeline', fr: 'Chronologie' },
              layout: 'timeline',
              rows: [
                {
                  id: 'event 0',
                  label: words('Opened “November”', 'A ouvert « Novembre »'),
                  values: [{ kind: 'date', at: '2026-11-12T12:38:00.000Z', clock: true }],
                },
              ],
            },
          ],
          actions: [],
        },
});

export const peopleCard = (state: RecordCard['state']): RecordCard => ({
  connector: PEOPLE,
  group: 'google',
  groupTitles: { en: 'Google', fr: 'Google' },
  state,
  at: FRESH_AT,
  error: null,
  data: {
    sections: [
      {
        id: 'people',
        titles: { en: 'Google Contacts', fr: 'Google Contacts' },
        layout: 'facts',
        rows: [{ id: 'c1', label: words('Contact', 'Contact'), values: [text('Noémie Vasseur')] }],
      },
    ],
    actions: [],
  },
});

export const FAILURE: NonNullable<RecordCard['error']> = {
  kind: 'retry-later',
  actor: 'engine',
  sentence: {
    en: 'Stripe did not answer as it should.',
    fr: 'Stripe n’a pas répondu comme il le devrait.',
  },
  vendorMessage: null,
  field: null,
};

export const exampleActivity = (): RecordActivity => ({
  entries: [
    {
      id: 'run 1',
      kind: 'run',
      titles: { en: 'Stripe payments to Zoho Books', fr: 'Paiements Stripe vers Zoho Books' },
      sentence: {
        en: '€2,400.00 booked as invoice INV-000007.',
        fr: '2 400,00 € enregistrés : facture INV-000007.',
      },
      state: 'done',
      runState: 'done',
      at: '2026-11-20T08:00:00.000Z',
      by: null,
    },
    {
      id: 'act 1',
      kind: 'act',
      titles: STRIPE.titles,
      sentence: { en: 'Created the Stripe customer.', fr: 'Client Stripe créé.' },
      state: 'done',
      runState: null,
      at: '2026-11-19T08:00:00.000Z',
      by: 'Claire Fontaine',
    },
  ],
  syncs: [
    {
      sync: { id: 'contacts-google-crm', titles: { en: 'Contacts', fr: 'Contacts' } },
      connector: PEOPLE,
      state: 'in-sync',
      phase: 'live',
      why: null,
      url: 'https://contacts.google.com/person/c1',
      writtenAt: null,
    },
    {
      sync: { id: 'mailchimp-crm', titles: { en: 'Audience', fr: 'Audience' } },
      connector: MAILCHIMP,
      state: 'off',
      phase: 'new',
      why: null,
      url: null,
      writtenAt: null,
    },
  ],
});

/** A contact whose cards are kept, and whose vendors say the same again. */
export function exampleRecord(id: string): MemoryRecord {
  const cards = [
    stripeCard('cached', [payment('pi_1', 'Identité visuelle', 240_000)]),
    booksCard('cached'),
    mailchimpCard('cached'),
    peopleCard('cached'),
  ];
  const page: RecordPage = {
    module: 'Contacts',
    id,
    title: 'Noémie Vasseur',
    emails: ['noemie@noemie-creations.example'],
    facts: [],
    url: `https://crm.zoho.eu/crm/org1/tab/Contacts/${id}`,
    at: KEPT_AT,
    stale: null,
    cards,
  };
  return {
    page,
    fresh: new Map(cards.map((card) => [card.connector.id, () => ({ ...card, state: 'fresh' as const })])),
    activity: exampleActivity(),
  };
}
