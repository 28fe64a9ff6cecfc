import type Stripe from 'stripe';
import type { Money } from '../../core/money.ts';
import {
  type CardData,
  type CardDeclaration,
  type CardRow,
  type CardSubject,
  moneyValue,
  soughtAddress,
  textValue,
  wordsValue,
} from '../../core/record-card.ts';
import { PERSON_MODULES } from '../../kit/person-card.ts';
import { invoiceRow, paymentRow, subscriptionRow } from './card-rows.ts';
import type { StripeClient } from './client.ts';

const MOST_CUSTOMERS = 5;
const MOST_ROWS = 10;
const dashboard = (id: string): string => `https://dashboard.stripe.com/customers/${encodeURIComponent(id)}`;

/** What one customer did. */
interface History {
  readonly customer: Stripe.Customer;
  readonly charges: readonly Stripe.Charge[];
  readonly complete: boolean;
  readonly subscriptions: readonly Stripe.Subscription[];
  readonly invoices: readonly Stripe.Invoice[];
}

/** The customers with the record's addresses, and what they paid, pay and owe. */
export const card: CardDeclaration<StripeClient> = {
  group: 'stripe',
  modules: PERSON_MODULES,

  async read({ client, subject }) {
    const customers = await customersOf(client, subject);
    const refs = [
      ...customers.map(({ id }) => ({ object: 'stripe.customers', id })),
      // Who paid without being a customer is known by the address alone.
      ...subject.emails.map((email) => ({ object: 'stripe.payers', id: email.toLowerCase() })),
    ];
    if (customers.length === 0) return { ...nobody(subject), refs };
    const shown = customers.slice(0, MOST_CUSTOMERS);
    const histories = await Promise.all(shown.map((customer) => historyOf(client, customer)));
    return { ...shownCard(histories, customers.length > shown.length), refs };
  },

  async act({ client, subject }, action, marker) {
    if (action !== 'create-customer') return null;
    const [found] = await customersOf(client, subject);
    if (found !== undefined) {
      return {
        en: `The customer was in Stripe already: ${found.name ?? found.email ?? found.id}.`,
        fr: `Le client existait déjà dans Stripe\u00a0: ${found.name ?? found.email ?? found.id}.`,
      };
    }
    const name = subject.name ?? subject.company ?? subject.title;
    const [email = null] = subject.emails;
    const metadata = { crm_module: subject.module, crm_id: subject.id };
    await client.createCustomer({ name, email, phone: subject.phones[0] ?? null, metadata }, marker);
    return { en: `Created the Stripe customer ${name}.`, fr: `Client Stripe ${name} créé.` };
  },
};

/** Stripe tells capitals apart in addresses, people do not. */
async function customersOf(client: StripeClient, { emails }: CardSubject): Promise<Stripe.Customer[]> {
  const spellings = new Set(emails.flatMap((email) => [email, email.toLowerCase()]));
  const found = await Promise.all([...spellings].map((email) => client.customersByEmail(email)));
  return [...new Map(found.flat().map((customer) => [customer.id, customer])).values()];
}

async function historyOf(client: StripeClient, customer: Stripe.Customer): Promise<History> {
  const [paid, subscriptions, invoices] = await Promise.all([
    client.chargesOf(customer.id),
    client.subscriptionsOf(customer.id),
    client.openInvoicesOf(customer.id),
  ]);
  return { customer, ...paid, subscriptions, invoices };
}

function nobody(subject: CardSubject): Omit<CardData, 'refs'> {
  const sought = soughtAddress(subject);
  return {
    sections: [],
    empty:
      sought === null
        ? {
            en: 'The record has no e-mail address, by which Stripe would know the customer.',
            fr: 'La fiche n’a pas d’adresse e-mail, à laquelle Stripe reconnaîtrait le client.',
          }
        : { en: `No customer in Stripe has ${sought.en}.`, fr: `Aucun client dans Stripe n’a ${sought.fr}.` },
    actions:
      sought === null
        ? []
        : [
            {
              id: 'create-customer',
              titles: { en: 'Create the customer', fr: 'Créer le client' },
              explains: {
                en: 'Stripe gets a customer with this record’s name, e-mail address and phone. Nothing is charged or sent.',
                fr: 'Stripe reçoit un client avec le nom, l’adresse e-mail et le téléphone de cette fiche. Rien n’est facturé ni envoyé.',
              },
            },
          ],
  };
}

function shownCard(histories: readonly History[], more: boolean): Omit<CardData, 'refs'> {
  const [first] = histories;
  const charges = newest(histories.flatMap((one) => one.charges));
  const subscriptions = newest(histories.flatMap((one) => one.subscriptions));
  const invoices = newest(histories.flatMap((one) => one.invoices));
  const shownCharges = charges.slice(0, MOST_ROWS);
  return {
    sections: [
      {
        id: 'customer',
        titles: { en: 'Customer', fr: 'Client' },
        layout: 'facts',
        rows: [...histories.map(({ customer }) => customerRow(customer)), valueRow(histories)],
        ...(more ? { more } : {}),
      },
      {
        id: 'payments',
        titles: { en: 'Last payments', fr: 'Derniers paiements' },
        layout: 'rows',
        rows: shownCharges.map(paymentRow),
        empty: { en: 'No payment yet.', fr: 'Aucun paiement pour l’instant.' },
        ...(charges.length > shownCharges.length ? { more: true } : {}),
      },
      {
        id: 'subscriptions',
        titles: { en: 'Subscriptions', fr: 'Abonnements' },
        layout: 'rows',
        rows: subscriptions.slice(0, MOST_ROWS).map(subscriptionRow),
      },
      {
        id: 'open-invoices',
        titles: { en: 'Open invoices', fr: 'Factures ouvertes' },
        layout: 'rows',
        rows: invoices.slice(0, MOST_ROWS).map(invoiceRow),
      },
    ],
    actions: [],
    ...(first === undefined ? {} : { url: dashboard(first.customer.id) }),
  };
}

const newest = <Dated extends { readonly created: number }>(list: readonly Dated[]): Dated[] =>
  [...list].sort((one, other) => other.created - one.created);

function customerRow({ id, name, email }: Stripe.Customer): CardRow {
  return {
    id,
    label: wordsValue('Customer', 'Client'),
    values: [textValue(name ?? email ?? id)],
    url: dashboard(id),
    copy: id,
  };
}

/** What was paid and not given back, per currency. */
function valueRow(histories: readonly History[]): CardRow {
  const sums = new Map<string, number>();
  for (const charge of histories.flatMap((one) => one.charges)) {
    if (charge.status !== 'succeeded') continue;
    const currency = charge.currency.toUpperCase();
    const kept = charge.amount_captured - charge.amount_refunded;
    sums.set(currency, (sums.get(currency) ?? 0) + kept);
  }
  const amounts = [...sums].map(([currency, minor]): Money => ({ minor, currency }));
  const complete = histories.every((one) => one.complete);
  return {
    id: 'lifetime-value',
    label: wordsValue('Lifetime value', 'Total payé à ce jour'),
    values:
      amounts.length === 0
        ? [wordsValue('Nothing paid yet', 'Rien payé pour l’instant')]
        : amounts.map(moneyValue),
    ...(complete
      ? {}
      : {
          note: {
            en: 'Of the last 1,000 payments; there are more.',
            fr: 'Sur les 1 000 derniers paiements\u00a0; il y en a d’autres.',
          },
        }),
  };
}
