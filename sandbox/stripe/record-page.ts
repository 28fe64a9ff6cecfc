import { moment, money } from '../page/format.ts';
import { type Html, html, type Part } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import type { View } from '../page/view.ts';
import { majorUnits } from '../scenarios/spoken.ts';
import type { stripeTables } from './rows.ts';

type Tables = ReturnType<typeof stripeTables>;
type Held = Readonly<Record<string, unknown>> & { readonly id: string; readonly created: number };

const KINDS: Readonly<Record<string, readonly [string, string]>> = {
  payment_intent: ['Payment', 'Paiement'],
  charge: ['Charge', 'Encaissement'],
  invoice: ['Invoice', 'Facture'],
  customer: ['Customer', 'Client'],
  subscription: ['Subscription', 'Abonnement'],
  refund: ['Refund', 'Remboursement'],
  dispute: ['Dispute', 'Contestation'],
};

/** Members that name another object, or say what a person looks for first. */
const FACTS: readonly (readonly [member: string, en: string, fr: string])[] = [
  ['name', 'Name', 'Nom'],
  ['email', 'E-mail', 'E-mail'],
  ['number', 'Number', 'Numéro'],
  ['status', 'State', 'État'],
  ['description', 'Description', 'Description'],
  ['customer', 'Customer', 'Client'],
  ['customer_email', 'E-mail', 'E-mail'],
  ['latest_charge', 'Charge', 'Encaissement'],
  ['payment_intent', 'Payment', 'Paiement'],
  ['charge', 'Charge', 'Encaissement'],
];

/** One object of the account: what a person looks for first, then all of it. Undefined: there is none. */
export function stripeRecordPage(view: View, tables: Tables, id: string): Html | undefined {
  const { paymentIntents, charges, invoices, customers, subscriptions, refunds, disputes } = tables;
  const all = [paymentIntents, charges, invoices, customers, subscriptions, refunds, disputes];
  const found = all.map((table) => table.get(id)).find((one) => one !== undefined);
  if (found === undefined) return undefined;
  const record = found as unknown as Held;
  const [en, fr] = KINDS[String(record.object)] ?? ['Object', 'Objet'];
  return layout(view, {
    title: `${view.t(en, fr)} ${record.id}`,
    look: 'stripe',
    still: html`<p><a href="${view.to('/view/stripe')}">← ${view.t('All of Stripe', 'Tout Stripe')}</a></p>`,
    live: html`<dl class="facts">${amountOf(view, record)}${FACTS.map(([member, english, french]) =>
      fact(view.t(english, french), value(view, record[member])),
    )}${fact(view.t('When', 'Quand'), moment(view, record.created * 1000))}</dl>
<pre class="rows">${JSON.stringify(record, null, 2)}</pre>`,
  });
}

const fact = (name: string, shown: Part): Part =>
  shown === null ? null : html`<div><dt>${name}</dt><dd>${shown}</dd></div>`;

function amountOf(view: View, { amount, total, currency }: Held): Part {
  const minor = amount ?? total;
  if (typeof minor !== 'number' || typeof currency !== 'string') return null;
  return fact(view.t('Amount', 'Montant'), money(view, majorUnits(minor, currency), currency.toUpperCase()));
}

function value(view: View, held: unknown): Part {
  if (typeof held !== 'string' || held === '') return null;
  return /^(cus|pi|ch|in|re|sub)_\w+$/.test(held)
    ? html`<a href="${view.to(stripeRecordPath(held))}"><code>${held}</code></a>`
    : held;
}

/** Where one object of Stripe's is shown. */
export const stripeRecordPath = (id: string): string => `/view/stripe/${encodeURIComponent(id)}`;
