import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { SALES_SPREADSHEET_ID } from '../../sandbox/google-sheets/sales-sheet.ts';
import { LEADS_SPREADSHEET_ID as BOOK } from '../../sandbox/google-sheets/seed.ts';
import { SOURCES } from '../../sandbox/notion/seed.ts';
import { SALES_WORKSPACE } from '../../sandbox/zoho-analytics/seed.ts';
import type { TryAnswer } from '../../server/api/contract.ts';
import { conversationLink, followedText } from '../../server/core/mail/conversation.ts';
import { flows } from '../../server/flows/index.ts';
import { triedMail } from '../../server/flows/mail-to-crm/try-mail.ts';
import { endAll } from './aftermath.ts';
import {
  allSettled,
  deliverStripe,
  json,
  type Liaison,
  play,
  startLiaison,
  until,
  webhookOf,
} from './liaison-process.ts';
import { type OutsideUser, outsideUser } from './outside-user.ts';
import { sendWorkflow } from './payments.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';
import { call, expectSame, nextRun, offered, runsOf, standings, tryOn } from './tried.ts';

/**
 * For every automation: a try shows, request by request and field by field, what the run that follows does, and
 * neither the vendors nor the database hold anything of it.
 */

/** One situation of an automation. */
interface Situation {
  readonly name: string;
  /** Its integration, where it is another than the flow's first. */
  readonly integration?: () => string;
  readonly settings?: object;
  /** What was there before the try. @returns the record that it is tried on. */
  prepare(): Promise<string>;
  /** What lets the run begin, once the integration is on. */
  begin(record: string): Promise<void>;
  /** What the try shows beside its requests. */
  check?(tried: TryAnswer): void;
}

let place: ServedPlace;
let liaison: Liaison;
let zoho: OutsideUser;
let google: OutsideUser;
let cliq = '';
let leads = '';
let tickets = '';
let channel = '';
let beside = '';
let pages = '';
let table = '';
let mailbox = '';
let besideChat = '';

const act = <T>(wish: object) =>
  json<T>(`${liaison.sandboxUrl}/_sandbox/acts/stripe`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  });

const tables = async (vendor: string) =>
  (
    await json<{ tables: Record<string, Record<string, unknown>[]> }>(
      `${liaison.sandboxUrl}/_sandbox/state/${vendor}`,
    )
  ).tables;

async function madeIn(module: string, values: object): Promise<string> {
  const { data } = await zoho.call<{ data: { code: string; details: { id: string } }[] }>(
    'POST',
    `/crm/v8/${module}`,
    { data: [values] },
  );
  if (data[0]?.code !== 'SUCCESS') throw new Error(JSON.stringify(data));
  return data[0].details.id;
}

const wonDeal = (values: object = {}) =>
  madeIn('Deals', {
    Deal_Name: 'Vitrine du Midi',
    Stage: 'Closed Won',
    Amount: 12_500,
    Closing_Date: '2026-12-31',
    ...values,
  });

async function dealCalled(name: string): Promise<string> {
  const { Deals = [] } = await tables('zoho-crm');
  return String(Deals.find(({ Deal_Name }) => Deal_Name === name)?.id);
}

/** A field of it changes that nothing is made of. */
async function editDeal(id: string): Promise<void> {
  await zoho.call('PUT', '/crm/v8/Deals', { data: [{ id, Next_Step: 'Rappeler' }] });
}

async function tellDeal(id: string): Promise<void> {
  await sendWorkflow(await webhookOf(liaison.sandboxUrl, 'zoho-crm'), { id, module: 'Deals' });
}

/** The latest event of these types, at Stripe. */
async function latestEvent(...types: string[]): Promise<string> {
  const { events = [] } = await tables('stripe');
  const found = events.filter(({ type }) => types.includes(String(type))).at(-1);
  if (found === undefined) throw new Error(`no event of ${types.join(', ')}`);
  return String(found.id);
}

async function tellPayment(id: string): Promise<void> {
  const { events = [] } = await tables('stripe');
  const event = events.find((one) => one.id === id);
  if (event === undefined) throw new Error(`no event ${id}`);
  const answer = await deliverStripe(await webhookOf(liaison.sandboxUrl, 'stripe'), {
    object: 'event',
    ...event,
  });
  expect(answer.status).toBe(200);
}

const paidBy = (wish: object) => act({ act: 'pay', amountMinor: 12_000, currency: 'eur', ...wish });

/** A mail that came while nobody listened. */
async function received(wish: object): Promise<string> {
  const { id } = await json<{ id: string }>(`${liaison.sandboxUrl}/_sandbox/acts/microsoft-mail`, {
    method: 'POST',
    body: JSON.stringify({ act: 'receive', ...wish }),
  });
  return id;
}

/** As Outlook tells of a mail that came. */
async function tellMail(id: string): Promise<void> {
  const hook = await until(() => webhookOf(liaison.sandboxUrl, 'microsoft-mail').catch(() => null));
  const told = {
    ...{ subscriptionId: 'told', clientState: hook.secret, changeType: 'created' },
    resource: `Users/1/Messages/${id}`,
  };
  const answer = await fetch(hook.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ value: [told] }),
  });
  expect(answer.status).toBe(202);
}

/** Logs on a contact what a try shows of it. */
async function logTried(id: string): Promise<void> {
  const { Contacts = [] } = await tables('zoho-crm');
  const { Email, First_Name, Last_Name } = Contacts.find((one) => one.id === id) ?? {};
  const name = [First_Name, Last_Name].filter(Boolean).join(' ');
  await call(liaison, 'POST', '/mail/logs', {
    mail: triedMail(String(Email), name),
    records: [{ module: 'Contacts', id }],
  });
}

async function ordered(wish: object): Promise<string> {
  const { order } = await play(liaison.sandboxUrl, 'shop-order', wish);
  return String((order as { id: number }).id);
}

const CHANNEL = 'Support/General';
/** Accounts in the sandbox's Books. */
const BANK = '48760000000000303';
const STRIPE = '48760000000000305';
const COSTS = '48760000000000313';

const written = (steps: TryAnswer['steps']): string[] =>
  steps.filter(({ effect }) => effect === 'write').map(({ step }) => step.split(' ')[0] ?? '');

/** Told once the shop knows whom to tell: it does so soon after the flow is on. */
async function tellOrder(id: string): Promise<void> {
  await until(() => webhookOf(liaison.sandboxUrl, 'woocommerce').catch(() => null));
  await json(`${liaison.sandboxUrl}/_sandbox/acts/woocommerce`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ act: 'change', order: Number(id), fields: { customer_note: 'x' } }),
  });
}

const failed = async (wish: object): Promise<string> => {
  await act({ act: 'fail', ...wish });
  return latestEvent('payment_intent.payment_failed');
};
/** The last payment that failed, at Stripe. */
async function lastFailed(): Promise<string> {
  const { payment_intents: intents = [] } = await tables('stripe');
  return String(intents.findLast(({ status }) => status === 'requires_payment_method')?.id);
}

/** An urgent ticket, once Desk's search finds it. */
async function urgentTicket(subject: string, email?: string): Promise<string> {
  const { ticket } = (await play(liaison.sandboxUrl, 'ticket-urgent', { subject, email })) as {
    ticket: { id: string };
  };
  await until(async () => (await offered(liaison, tickets)).records?.some(({ id }) => id === ticket.id));
  return ticket.id;
}
/** Told once Desk knows whom to tell. */
async function tellTicket(id: string): Promise<void> {
  await until(() => webhookOf(liaison.sandboxUrl, 'zoho-desk').catch(() => null));
  await json(`${liaison.sandboxUrl}/_sandbox/acts/zoho-desk`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ act: 'change', ticket: id, status: 'On Hold' }),
  });
}

/** A message in a channel of Teams, by its thread. */
async function writtenInTeams(html: string): Promise<string> {
  const { message } = await inTeams<{ message: { id: string; channelId: string } }>({
    ...{ act: 'say', channel: CHANNEL, who: 'ines', html },
  });
  const { channels = [] } = await tables('microsoft-teams');
  const team = channels.find(({ id }) => id === message.channelId)?.teamId;
  return `${team}/${message.channelId}/${message.id}`;
}
/** Told once Teams knows whom to tell. */
async function tellThread(thread: string): Promise<void> {
  await until(() => webhookOf(liaison.sandboxUrl, 'microsoft-teams').catch(() => null));
  await inTeams({ act: 'react', message: thread.split('/').at(-1), who: 'hugo', sign: '👀' });
}
const inTeams = <T>(wish: object): Promise<T> =>
  json<T>(`${liaison.sandboxUrl}/_sandbox/acts/microsoft-teams`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  });

let line = 20;
async function newRow(...cells: string[]): Promise<string> {
  line += 1;
  await google.call(
    'PUT',
    `/v4/spreadsheets/${BOOK}/values/${encodeURIComponent(`Leads!A${line}:E${line}`)}?valueInputOption=USER_ENTERED`,
    { values: [cells] },
  );
  return String(line);
}
/** A source is looked at as soon as its integration is on. */
const nextLook = async () => {};

const announcing = (integration: () => string): Situation[] => [
  {
    name: 'a template of several lines, with a field that the deal has not',
    integration,
    settings: { template: '🎉 Gagné !\n*{Deal_Name}* - {Amount+Currency}\nÀ suivre : {Next_Step}\n{Owner}' },
    prepare: () => wonDeal(),
    begin: tellDeal,
    check({ steps, warnings }) {
      const message = steps.find(({ step }) => step === 'message');
      expect(message).toMatchObject({ effect: 'write', state: 'would-write' });
      expect(message?.message).toContain('Gagné !\nVitrine du Midi');
      expect(message?.fields.map(({ titles }) => titles.en)).toEqual(expect.arrayContaining(['Message']));
      expect(warnings.map(({ sentence }) => sentence.fr).join()).toContain('{Next_Step}');
    },
  },
  {
    name: 'a text longer than the message may be',
    integration,
    settings: { template: '{Deal_Name}: {Description}' },
    prepare: () => wonDeal({ Deal_Name: 'Le long devis', Description: 'Ligne du devis.\n'.repeat(500) }),
    begin: tellDeal,
    check({ warnings }) {
      expect(warnings.map(({ sentence }) => sentence.fr).join()).toMatch(
        /«\u00a0Message\u00a0» est trop long/,
      );
    },
  },
  {
    name: 'a fixed sign beside an amount in another currency',
    integration,
    settings: { template: '{Deal_Name}: {Amount} €' },
    prepare: () => wonDeal({ Deal_Name: 'Export Boston', Currency: 'USD' }),
    begin: tellDeal,
    check({ warnings, steps }) {
      expect(warnings.map(({ sentence }) => sentence.en).join()).toMatch(/“€” stands fixed.*USD/);
      expect(steps.at(-1)?.message).not.toContain('€');
    },
  },
  {
    name: 'a deal that does not stand at the stage',
    integration,
    settings: { template: '{Deal_Name}' },
    prepare: () => wonDeal({ Stage: 'Qualification' }),
    begin: tellDeal,
  },
];

const SITUATIONS: Readonly<Record<string, readonly Situation[]>> = {
  'deal-won-to-slack': announcing(() => 'deal-won-to-slack'),
  announce: [
    ...announcing(() => cliq),
    {
      name: 'a record of another module',
      integration: () => leads,
      prepare: () => madeIn('Leads', { Last_Name: 'Sorel', Company: 'Sorel & fils' }),
      async begin(id) {
        await zoho.call('PUT', '/crm/v8/Leads', { data: [{ id, Phone: '+33 1 02 03 04 05' }] });
      },
    },
  ],
  orders: [
    {
      name: 'somebody whom nobody knows',
      prepare: () => ordered({ email: 'nadege@exemple.example', firstName: 'Nadège', lastName: 'Colin' }),
      begin: tellOrder,
      check({ steps }) {
        expect(steps.map(({ step, effect }) => `${effect} ${step}`)).toEqual(
          expect.arrayContaining([
            'write customer',
            'write invoice',
            'write sent',
            'write settlement',
            'write contact',
          ]),
        );
        const invoice = steps.find(({ step, effect }) => step === 'invoice' && effect === 'write');
        const names = invoice?.fields.map(({ titles }) => titles?.fr);
        expect(names).toEqual(expect.arrayContaining(['Ajustement', 'Taxe (par son identifiant)']));
      },
    },
    {
      name: 'somebody who ordered before',
      prepare: () => ordered({ email: 'nadege@exemple.example', firstName: 'NADEGE', lastName: 'Colin' }),
      begin: tellOrder,
      check({ steps }) {
        const there = steps.filter(({ state }) => state === 'there').map(({ step }) => step);
        expect(there).toEqual(expect.arrayContaining(['customer', 'contact']));
      },
    },
    {
      name: 'an order that is invoiced, and was refunded since',
      async prepare() {
        const { order } = await play(liaison.sandboxUrl, 'shop-refund', { amount: '10.00' });
        return String(order);
      },
      begin: tellOrder,
      check({ steps }) {
        expect(steps.filter(({ effect }) => effect === 'write').map(({ step }) => step)).toEqual(['changes']);
      },
    },
    {
      name: 'a refund that becomes a credit note and its refund',
      settings: { refunds: 'refund', account: STRIPE },
      async prepare() {
        const { order } = await play(liaison.sandboxUrl, 'shop-refund', { amount: '5.00' });
        return String(order);
      },
      begin: tellOrder,
      check({ steps }) {
        expect(written(steps)).toEqual(['creditNote', 'givenBack', 'changes']);
      },
    },
  ],
  'record-page': [
    {
      name: 'a deal that has no page yet',
      integration: () => pages,
      prepare: () => wonDeal({ Deal_Name: 'Vitrine de Lille' }),
      begin: editDeal,
      check({ steps }) {
        expect(written(steps)).toContain('page');
      },
    },
    {
      name: 'a deal that changed since its page was made',
      integration: () => pages,
      async prepare() {
        const { pages: made = [] } = await tables('notion');
        const deal = await dealCalled('Vitrine de Lille');
        expect(made.length).toBeGreaterThan(0);
        await zoho.call('PUT', '/crm/v8/Deals', { data: [{ id: deal, Amount: 14_000 }] });
        return deal;
      },
      begin: editDeal,
      check({ steps }) {
        expect(written(steps)).not.toContain('page');
        expect(written(steps).length).toBeGreaterThan(0);
      },
    },
  ],
  'sheet-to-table': [
    {
      name: 'a sheet whose table is not made yet',
      integration: () => table,
      prepare: async () => 'sheet',
      // It begins when it is turned on.
      begin: async () => {},
      check({ steps }) {
        expect(written(steps)).toEqual(['make', 'send']);
        const shown = (of: string) =>
          steps
            .find(({ step, effect }) => step === of && effect === 'write')
            ?.fields.map(({ titles, value }) => [titles.fr, value]);
        expect(shown('make')).toEqual([
          ['Table', 'Saisie'],
          ['Colonnes', 'Jour, Remarque'],
        ]);
        expect(shown('send')?.map(([title]) => title)).toEqual([
          'Colonnes',
          'Lignes',
          'Les premières lignes',
        ]);
      },
    },
  ],
  'stripe-payment-to-books': [
    {
      name: 'a new customer, whose contact is in the CRM',
      async prepare() {
        await play(liaison.sandboxUrl, 'stripe-payment-new-customer');
        return latestEvent('payment_intent.succeeded');
      },
      begin: tellPayment,
      check({ steps }) {
        expect(steps.map(({ step, effect }) => `${effect} ${step}`)).toEqual(
          expect.arrayContaining(['write customer', 'write invoice', 'write sent', 'write settlement']),
        );
        const invoice = steps.find(({ step, effect }) => step === 'invoice' && effect === 'write');
        expect(invoice?.fields.find(({ name }) => name === 'customer_id')).toMatchObject({
          filledIn: true,
          titles: { en: 'Customer', fr: 'Client' },
        });
      },
    },
    {
      name: 'a payer whom nobody knows, with a text longer than a line of an invoice',
      async prepare() {
        await paidBy({
          email: 'inconnue@exemple.example',
          name: 'Inconnue '.repeat(30).trim(),
          description: 'Refonte complète du site. '.repeat(12),
        });
        return latestEvent('payment_intent.succeeded');
      },
      begin: tellPayment,
      check({ warnings }) {
        const told = warnings.map(({ sentence }) => sentence.fr).join('\n');
        expect(told).toMatch(/«\u00a0Ligne\u00a0» est trop long/);
        expect(told).toMatch(/«\u00a0Nom du client\u00a0» est trop long/);
      },
    },
    {
      name: 'a customer who is known',
      async prepare() {
        await paidBy({ email: 'inconnue@exemple.example', amountMinor: 4_200 });
        return latestEvent('payment_intent.succeeded');
      },
      begin: tellPayment,
      check({ steps }) {
        expect(steps.find(({ step, state }) => step === 'customer' && state === 'there')).toBeDefined();
      },
    },
    {
      name: 'the same payment, told again',
      prepare: () => latestEvent('payment_intent.succeeded'),
      begin: (id) => tellAgain(id),
      check({ steps, warnings }) {
        expect(steps.filter(({ effect }) => effect === 'write')).toEqual([]);
        expect(warnings.map(({ sentence }) => sentence.en).join()).toContain(
          'did this for the record before',
        );
      },
    },
    {
      name: 'a refund of it',
      async prepare() {
        const { charges = [] } = await tables('stripe');
        await act({ act: 'refund', charge: String(charges.at(-1)?.id), amountMinor: 1_200 });
        return latestEvent('refund.created', 'charge.refunded');
      },
      begin: tellPayment,
      check({ steps }) {
        expect(steps.at(-1)).toMatchObject({ step: 'refundComment', effect: 'write' });
      },
    },
    {
      name: 'a payment that was given back before it was booked',
      async prepare() {
        await paidBy({ email: 'vite.repris@exemple.example', amountMinor: 9_900 });
        const event = await latestEvent('payment_intent.succeeded');
        const { charges = [] } = await tables('stripe');
        await act({ act: 'refund', charge: String(charges.at(-1)?.id) });
        return event;
      },
      begin: tellPayment,
      check({ steps }) {
        expect(
          steps.filter(({ step, effect }) => step === 'refundComment' && effect === 'write'),
        ).toHaveLength(1);
      },
    },
    {
      name: 'a refund that becomes a credit note and its refund',
      settings: { refunds: 'refund', account: STRIPE },
      async prepare() {
        const { charges = [] } = await tables('stripe');
        const charge = charges.findLast((one) => Number(one.amount_refunded) < Number(one.amount) - 500);
        await act({ act: 'refund', charge: String(charge?.id), amountMinor: 500 });
        return latestEvent('refund.created');
      },
      begin: tellPayment,
      check({ steps }) {
        expect(written(steps)).toEqual(expect.arrayContaining(['creditNote', 'givenBack', 'refundComment']));
      },
    },
    {
      name: 'an invoice of Stripe with its lines, in a foreign currency, whose fee is an expense',
      settings: { fees: 'bankCharges', account: STRIPE, feeAccount: COSTS, lines: true },
      async prepare() {
        const lines = [
          { description: 'Seat', amountMinor: 9_990, quantity: 3, discountMinor: 990, taxPercent: 20 },
          { description: 'Book', amountMinor: 1_055, taxPercent: 5.5, inclusive: true },
        ];
        const wish = {
          act: 'invoice',
          email: 'seats@exemple.example',
          name: 'Seats Ltd',
          currency: 'usd',
          lines,
        };
        const { id } = await act<{ id: string }>(wish);
        await act({ act: 'pay-invoice', invoice: id });
        return latestEvent('payment_intent.succeeded');
      },
      begin: tellPayment,
      check({ steps }) {
        expect(written(steps)).toEqual(expect.arrayContaining(['invoice', 'settlement', 'expense']));
      },
    },
    {
      name: 'a fee that is told later',
      settings: { fees: 'bankCharges', account: STRIPE },
      async prepare() {
        const wish = { email: 'plus.tard@exemple.example', amountMinor: 8_000, feeLater: true };
        const { charge } = (await paidBy(wish)) as { charge: { id: string } };
        await act({ act: 'settle-charge', charge: charge.id });
        return latestEvent('charge.updated');
      },
      begin: tellPayment,
      check({ steps }) {
        expect(written(steps)).toEqual([]);
      },
    },
    {
      name: 'a payout',
      settings: { payouts: true, account: STRIPE, bank: BANK },
      async prepare() {
        const at = Math.floor(Date.now() / 1_000) - 30 * 86_400;
        await paidBy({ email: 'mois.passe@exemple.example', amountMinor: 50_000, at });
        const { payout } = await act<{ payout: { id: string } }>({ act: 'pay-out' });
        await act({ act: 'end-payout', payout: payout.id, status: 'paid' });
        return latestEvent('payout.paid');
      },
      begin: tellPayment,
      check({ steps }) {
        expect(written(steps)).toEqual(['transfer']);
      },
    },
    {
      name: 'an invoice that was paid by two payments',
      async prepare() {
        await play(liaison.sandboxUrl, 'stripe-invoice-two-payments');
        return latestEvent('invoice.paid');
      },
      begin: tellPayment,
      check({ steps }) {
        expect(steps.filter(({ step, effect }) => step === 'invoice' && effect === 'write')).toHaveLength(2);
      },
    },
    {
      name: 'a subscription that becomes a recurring invoice, with an end',
      settings: { subscriptions: 'profiles' },
      async prepare() {
        const { subscription } = await play(liaison.sandboxUrl, 'subscription-begins');
        await play(liaison.sandboxUrl, 'subscription-cancelled', { subscription });
        return latestEvent('customer.subscription.created');
      },
      begin: tellPayment,
      check({ steps }) {
        expect(written(steps)).toContain('profile');
      },
    },
    {
      name: 'a dispute of a payment',
      async prepare() {
        const { charges = [] } = await tables('stripe');
        await act({ act: 'dispute', charge: String(charges.at(-1)?.id) });
        return latestEvent('charge.dispute.created');
      },
      begin: tellPayment,
    },
  ],
  'payment-tickets': [
    {
      name: 'a customer whom the desk does not know',
      prepare: () =>
        failed({ email: 'solde@exemple.example', name: 'Solde Bas', description: 'Suivi mensuel' }),
      begin: tellPayment,
      check({ steps }) {
        const open = steps.find(({ step, effect }) => step === 'open' && effect === 'write');
        expect(open?.fields.map(({ titles }) => titles?.fr)).toEqual(
          expect.arrayContaining(['Objet', 'Description', 'Contact', 'E-mail', 'Statut']),
        );
      },
    },
    {
      name: 'the same payment, once more',
      prepare: async () => failed({ payment: await lastFailed() }),
      begin: tellPayment,
      check({ steps }) {
        expect(steps.filter(({ effect }) => effect === 'write').map(({ step }) => step)).toEqual(['comment']);
      },
    },
    {
      name: 'it is paid after all, and the ticket is to be closed then',
      settings: { closeWhenPaid: true },
      async prepare() {
        await act({ act: 'pay-after-all', payment: await lastFailed() });
        return latestEvent('payment_intent.succeeded');
      },
      begin: tellPayment,
      check({ steps }) {
        expect(steps.filter(({ effect }) => effect === 'write').map(({ step }) => step)).toEqual([
          'comment',
          'close',
        ]);
      },
    },
    {
      name: 'a name that is longer than a subject',
      settings: { closeWhenPaid: false },
      prepare: () => failed({ email: 'long@exemple.example', name: 'Longue '.repeat(50).trim() }),
      begin: tellPayment,
      check({ warnings }) {
        expect(warnings.map(({ sentence }) => sentence.fr).join()).toMatch(
          /«\u00a0Objet\u00a0» est trop long/,
        );
      },
    },
    {
      name: 'a payment that nothing went wrong with',
      async prepare() {
        await paidBy({ email: 'tout.va.bien@exemple.example' });
        return latestEvent('payment_intent.succeeded');
      },
      begin: tellPayment,
    },
  ],
  'channel-tickets': [
    {
      name: 'a message with the mark in its text, of somebody whom the desk does not know',
      integration: () => channel,
      prepare: () => writtenInTeams('<p>🎫 *Panne* &amp; <b>fumée</b></p><p>Au dépôt</p>'),
      begin: tellThread,
      check({ steps }) {
        expect(written(steps)).toEqual(['open', 'tell']);
      },
    },
    {
      name: 'a message that nobody marked',
      integration: () => channel,
      prepare: () => writtenInTeams('<p>Bonjour</p>'),
      begin: tellThread,
      check({ steps }) {
        expect(steps.map(({ step }) => step)).toEqual(['known', 'start']);
      },
    },
  ],
  'announce-tickets': [
    {
      name: 'a ticket that is urgent',
      integration: () => tickets,
      prepare: () => urgentTicket('RE: <!here> *panne*'),
      begin: tellTicket,
      check({ steps }) {
        expect(steps.find(({ step }) => step === 'message')?.message).toMatch(
          /^🚨 Ticket urgent #\d+: RE: <!here>/,
        );
      },
    },
    {
      name: 'a ticket of another priority',
      integration: () => tickets,
      async prepare() {
        const id = await urgentTicket('Pas si grave');
        await json(`${liaison.sandboxUrl}/_sandbox/acts/zoho-desk`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ act: 'change', ticket: id, priority: 'Low' }),
        });
        return id;
      },
      begin: tellTicket,
    },
  ],
  'orders-beside-ticket': [
    {
      name: 'a ticket of somebody who ordered',
      integration: () => beside,
      prepare: () => urgentTicket('Ma commande ?', 'juliette@boulangerie-pelissier.example'),
      begin: tellTicket,
      check({ steps }) {
        const comment = steps.find(({ step, effect }) => step === 'comment' && effect === 'write');
        expect(comment?.fields.map(({ titles }) => titles?.fr)).toEqual(
          expect.arrayContaining(['Commentaire']),
        );
      },
    },
    {
      name: 'a ticket of somebody who did not',
      integration: () => beside,
      prepare: () => urgentTicket('Une question', 'jamais@exemple.example'),
      begin: tellTicket,
    },
  ],
  'form-answers': [
    {
      name: 'an answer of somebody new',
      prepare: () =>
        answered({ prenom: 'Jade', nom: 'Perrin', email: 'jade@perrin.example', besoin: ['Carnets'] }),
      begin: deliveredAfterAll,
      check({ steps }) {
        const made = steps.find(({ step }) => step === 'upsert');
        expect(made?.fields.map(({ titles, value }) => [titles.fr, value])).toEqual(
          expect.arrayContaining([['E-mail', 'jade@perrin.example']]),
        );
      },
    },
    {
      name: 'an answer that completes a lead',
      async prepare() {
        await madeIn('Leads', { Last_Name: 'Vasseur', Email: 'vasseur@exemple.example', Company: 'Avant' });
        return answered({ nom: 'Vasseur', email: 'vasseur@exemple.example', tel: '+33639981099' });
      },
      begin: deliveredAfterAll,
    },
    {
      name: 'an answer without an address',
      prepare: () => answered({ nom: 'Sansmail', accord: true }),
      begin: deliveredAfterAll,
    },
  ],
  'chat-notes': [
    {
      name: 'a chat of a contact',
      prepare: () => chatted({ name: 'Juliette', email: 'juliette@boulangerie-pelissier.example' }),
      begin: toldThatItEnded,
      check({ steps }) {
        expect(written(steps)).toEqual(['note']);
        const note = steps.find(({ step, effect }) => step === 'note' && effect === 'write');
        expect(note?.fields.map(({ titles }) => titles.fr)).toEqual(
          expect.arrayContaining(['Titre de la note', 'Note']),
        );
      },
    },
    {
      name: 'a chat of somebody new',
      prepare: () => chatted({ name: 'Ondine Vial', email: 'ondine@vial.example', phone: '+33639984411' }),
      begin: toldThatItEnded,
      check({ steps }) {
        expect(written(steps)).toEqual(['upsert', 'note']);
      },
    },
    {
      name: 'a chat that is noted, and was rated since',
      async prepare() {
        const { conversations = [] } = await tables('zoho-salesiq');
        const conversation = String(conversations.at(-1)?.id);
        await siq({ act: 'rate', conversation, rating: 5, feedback: 'Parfait' });
        return conversation;
      },
      begin: toldThatItEnded,
      check({ steps }) {
        expect(written(steps)).toEqual(['rewrite']);
      },
    },
    {
      name: 'a chat of nobody',
      prepare: () => chatted({}),
      begin: toldThatItEnded,
    },
  ],
  'records-beside-chat': [
    {
      name: 'a lead whom the chat knows',
      integration: () => besideChat,
      async prepare() {
        await siq({ act: 'visit', email: 'visiteur@exemple.example' });
        const lead = { Last_Name: 'Visiteur', Email: 'visiteur@exemple.example', Company: 'Essai' };
        return `Leads ${await madeIn('Leads', lead)}`;
      },
      begin: editLead,
      check({ steps }) {
        const told = steps.find(({ step, effect }) => step === 'tell' && effect === 'write');
        expect(told?.fields.map(({ titles, value }) => [titles.fr, value])).toEqual(
          expect.arrayContaining([['CRM', 'Prospect · Visiteur · Essai']]),
        );
      },
    },
  ],
  'mail-to-crm': [
    {
      name: 'a mail of a contact',
      prepare: () =>
        madeIn('Contacts', { First_Name: 'Ysé', Last_Name: 'Arnal', Email: 'yse@arnal.example' }),
      begin: logTried,
      check({ steps }) {
        const put = steps.find(({ step, effect }) => step === 'mail' && effect === 'write');
        expect(put?.fields.map(({ titles, value }) => [titles?.fr, value])).toEqual(
          expect.arrayContaining([
            ['Objet', 'Votre devis'],
            ['Adresse de l’expéditeur', 'yse@arnal.example'],
          ]),
        );
      },
    },
    {
      name: 'a mail that the CRM has on the record already',
      async prepare() {
        const id = await madeIn('Contacts', { Last_Name: 'Brac', Email: 'brac@exemple.example' });
        const { from, subject, at, messageId } = triedMail('brac@exemple.example', 'Brac');
        await zoho.call('POST', `/crm/v8/Contacts/${id}/actions/associate_email`, {
          Emails: [
            {
              ...{ from: { email: from.address }, to: [{ email: 'contact@exemple.example' }], subject },
              ...{ content: 'Merci', original_message_id: messageId, sent: false, date_time: at },
            },
          ],
        });
        return id;
      },
      begin: logTried,
    },
  ],
  'conversation-to-crm': [
    {
      name: 'a mail of a conversation that is logged',
      integration: () => mailbox,
      async prepare() {
        const id = await madeIn('Contacts', { Last_Name: 'Coste', Email: 'coste@exemple.example' });
        const client = new Client({ connectionString: place.connectionString });
        await client.connect();
        await client.query(
          `insert into links (organisation_id, integration, left_id, right_id) select organisation_id, id, $2, $3 from integrations where id = $1`,
          [
            ...[mailbox, conversationLink('AAQkSuivie=')],
            followedText([{ module: 'Contacts', id, name: 'Coste' }]),
          ],
        );
        await client.end();
        return received({ conversation: 'AAQkSuivie=', files: [{ name: 'devis.txt', text: 'douze mille' }] });
      },
      begin: tellMail,
      check({ steps }) {
        expect(written(steps)).toEqual(['file', 'mail']);
      },
    },
    {
      name: 'a mail of another conversation',
      integration: () => mailbox,
      prepare: () => received({ conversation: 'AAQkAutre=' }),
      begin: tellMail,
      check({ steps }) {
        expect(steps.map(({ step }) => step)).toEqual(['head']);
      },
    },
  ],
  'sheet-row-to-lead': [
    {
      name: 'a new row',
      prepare: () => newRow('Odile', 'Garnier', 'odile.garnier@exemple.example', '01 02 03 04 05', 'Garnier'),
      begin: nextLook,
      check({ steps }) {
        const made = steps.find(({ step }) => step === 'upsert');
        expect(made?.fields.map(({ titles, value }) => [titles.fr, value])).toEqual(
          expect.arrayContaining([['E-mail', 'odile.garnier@exemple.example']]),
        );
      },
    },
    {
      name: 'a row without an address',
      prepare: () => newRow('Sans', 'Adresse', '', '', 'Nulle part'),
      begin: nextLook,
    },
    {
      name: 'a row with an address that a lead has',
      async prepare() {
        await madeIn('Leads', {
          First_Name: 'Ulysse',
          Last_Name: 'Tavernier',
          Email: 'ulysse@exemple.example',
          Company: 'Avant',
        });
        return newRow('Ulysse', 'Tavernier', 'ulysse@exemple.example', '', 'Après');
      },
      begin: nextLook,
    },
    {
      name: 'a row that was corrected',
      async prepare() {
        const row = String(line);
        await google.call(
          'PUT',
          `/v4/spreadsheets/${BOOK}/values/${encodeURIComponent(`Leads!E${row}:E${row}`)}?valueInputOption=USER_ENTERED`,
          { values: [['Encore après']] },
        );
        return row;
      },
      begin: nextLook,
      check({ steps, warnings }) {
        expect(steps.at(-1)).toMatchObject({ step: 'update', effect: 'write' });
        expect(warnings.map(({ sentence }) => sentence.fr).join()).toContain('déjà devenue un prospect');
      },
    },
  ],
};

const siq = <T>(wish: object) =>
  json<T>(`${liaison.sandboxUrl}/_sandbox/acts/zoho-salesiq`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  });

/** A chat that is over. @returns its id. */
async function chatted(who: object): Promise<string> {
  const { conversation } = await siq<{ conversation: { id: string } }>({
    ...{ act: 'begin', question: 'Faites-vous des vitrines ?' },
    ...who,
  });
  await siq({ act: 'pick-up', conversation: conversation.id });
  await siq({ act: 'end', conversation: conversation.id });
  return conversation.id;
}

/** Once the webhook stands, SalesIQ tells of the end. */
async function toldThatItEnded(conversation: string): Promise<void> {
  await until(() => webhookOf(liaison.sandboxUrl, 'zoho-salesiq').catch(() => null));
  await siq({ act: 'announce', event: 'conversation.completed', conversation });
}

async function editLead(record: string): Promise<void> {
  const [, id] = record.split(' ');
  await zoho.call('PUT', '/crm/v8/Leads', { data: [{ id, Phone: '+33 1 02 03 04 06' }] });
}

/** Somebody answers the form while nobody listens. @returns the answer’s token. */
async function answered(answers: object): Promise<string> {
  const { response } = await json<{ response: { token: string } }>(
    `${liaison.sandboxUrl}/_sandbox/acts/typeform`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ act: 'answer', answers, unheard: true }),
    },
  );
  return response.token;
}

/** Once the webhook stands, the last answer is delivered after all. */
async function deliveredAfterAll(): Promise<void> {
  await until(() => webhookOf(liaison.sandboxUrl, 'typeform').catch(() => null));
  await play(liaison.sandboxUrl, 'typeform-again');
}

/** What was taken once is not taken again under its own name. */
async function tellAgain(id: string): Promise<void> {
  const { events = [] } = await tables('stripe');
  const event = events.find((one) => one.id === id);
  await deliverStripe(await webhookOf(liaison.sandboxUrl, 'stripe'), {
    object: 'event',
    ...event,
    id: `${id}_again`,
  });
}

const set = (id: string, change: object) => call(liaison, 'PATCH', `/integrations/${id}`, change);

beforeAll(async () => {
  place = await newServedPlace();
  liaison = await startLiaison(place);
  await allSettled(liaison.url);
  const scope = 'ZohoCRM.modules.ALL,ZohoCRM.settings.ALL';
  zoho = await outsideUser(liaison.sandboxUrl, 'zoho', 'zoho-crm', 'zoho-crm', scope);
  google = await outsideUser(
    liaison.sandboxUrl,
    'google',
    'google-sheets',
    'google-sheets',
    'https://www.googleapis.com/auth/spreadsheets',
  );
  const { flows: catalogue } = await call<{
    flows: {
      id: string;
      roles: Record<string, { accounts: { connection: string; connector: { id: string } }[] }>;
    }[];
  }>(liaison, 'GET', '/flows');
  const accounts = catalogue.find(({ id }) => id === 'announce')?.roles.target?.accounts ?? [];
  const target = (connector: string) => accounts.find((one) => one.connector.id === connector)?.connection;
  const make = async (name: string, connector: string, settings: object, flow = 'announce') =>
    (
      await call<{ id: string }>(liaison, 'POST', '/integrations', {
        flow,
        name,
        owner: 'organisation',
        connections: { target: target(connector) },
        settings: { place: '#ventes', ...settings },
        enabled: false,
      })
    ).id;
  cliq = await make('cliq', 'zoho-cliq', { module: 'Deals' });
  leads = await make('leads', 'slack', {
    module: 'Leads',
    when: 'edited',
    template: '{Full_Name}, {Company}',
  });
  const shops = catalogue.find(({ id }) => id === 'orders-beside-ticket')?.roles.shop?.accounts ?? [];
  beside = (
    await call<{ id: string }>(liaison, 'POST', '/integrations', {
      flow: 'orders-beside-ticket',
      name: 'beside',
      owner: 'organisation',
      connections: { shop: shops.find(({ connector }) => connector.id === 'woocommerce')?.connection },
      settings: {},
      enabled: false,
    })
  ).id;
  const notions = catalogue.find(({ id }) => id === 'record-page')?.roles.target?.accounts ?? [];
  pages = (
    await call<{ id: string }>(liaison, 'POST', '/integrations', {
      flow: 'record-page',
      name: 'pages',
      owner: 'organisation',
      connections: { target: notions[0]?.connection },
      settings: {
        dataSource: SOURCES.projects,
        properties: [
          { header: 'Montant', field: 'Amount' },
          { header: 'Clôture', field: 'Closing_Date' },
        ],
        body: '# {Deal_Name}',
      },
      enabled: false,
    })
  ).id;
  const mailboxes = catalogue.find(({ id }) => id === 'conversation-to-crm')?.roles.source?.accounts ?? [];
  mailbox = (
    await call<{ id: string }>(liaison, 'POST', '/integrations', {
      flow: 'conversation-to-crm',
      name: 'mailbox',
      owner: 'organisation',
      connections: { source: mailboxes[0]?.connection },
      settings: {},
      enabled: false,
    })
  ).id;
  const tables = catalogue.find(({ id }) => id === 'sheet-to-table')?.roles.target?.accounts ?? [];
  table = (
    await call<{ id: string }>(liaison, 'POST', '/integrations', {
      flow: 'sheet-to-table',
      name: 'table',
      owner: 'organisation',
      connections: { target: tables[0]?.connection },
      settings: {
        ...{ spreadsheetId: SALES_SPREADSHEET_ID, sheet: 'Saisie libre' },
        columns: [
          { header: 'Jour', field: 'text' },
          { header: 'Remarque', field: 'text' },
        ],
        ...{ workspace: SALES_WORKSPACE, table: 'Saisie' },
      },
      enabled: false,
    })
  ).id;
  const chats = catalogue.find(({ id }) => id === 'records-beside-chat')?.roles.target?.accounts ?? [];
  besideChat = (
    await call<{ id: string }>(liaison, 'POST', '/integrations', {
      flow: 'records-beside-chat',
      name: 'beside the chat',
      owner: 'organisation',
      connections: { target: chats[0]?.connection },
      settings: { portal: 'atelierlumen' },
      enabled: false,
    })
  ).id;
  const desks = catalogue.find(({ id }) => id === 'channel-tickets')?.roles;
  channel = (
    await call<{ id: string }>(liaison, 'POST', '/integrations', {
      flow: 'channel-tickets',
      name: 'messages to tickets',
      owner: 'organisation',
      connections: {
        source: desks?.source?.accounts[0]?.connection,
        desk: desks?.desk?.accounts[0]?.connection,
      },
      // What it opens is told of by the desk, too, and would begin a run of its own.
      settings: { place: CHANNEL, answers: 'none' },
      enabled: false,
    })
  ).id;
  tickets = await make('urgent', 'slack', { place: '#support-urgent' }, 'announce-tickets');
  const { integrations } = await call<{ integrations: { id: string; enabled: boolean }[] }>(
    liaison,
    'GET',
    '/integrations',
  );
  for (const { id, enabled } of integrations) if (enabled) await set(id, { enabled: false });
  await allSettled(liaison.url);
}, 120_000);
afterAll(async () => {
  await endAll(place, [liaison]);
});

it('is shown for every automation that there is', () => {
  expect(Object.keys(SITUATIONS).sort()).toEqual([...flows.keys()].sort());
  for (const { trial } of flows.values()) expect(trial.records).toBeInstanceOf(Function);
});

describe.each(Object.entries(SITUATIONS))('a try of %s', (flow, situations) => {
  it.each(situations)('changes nothing and shows what the run does: $name', async (situation) => {
    const id = situation.integration?.() ?? flow;
    if (situation.settings !== undefined) await set(id, { settings: situation.settings });
    const record = await situation.prepare();
    const known = new Set((await runsOf(liaison, id)).map((run) => run.id));
    const before = await standings(liaison, place.connectionString);
    const list = await offered(liaison, id);
    expect(list.problem).toBeNull();
    const tried = await tryOn(liaison, id, record);
    expect(await standings(liaison, place.connectionString)).toEqual(before);
    expect(tried.record).not.toBeNull();
    expect(list.records?.length).toBeGreaterThan(0);

    await set(id, { enabled: true });
    await situation.begin(record);
    const run = await nextRun(liaison, id, known);
    await set(id, { enabled: false });
    await allSettled(liaison.url);
    expectSame(tried, run);
    situation.check?.(tried);
  });
});

/** Of flows that nothing is set up of by itself. */
const OTHERS: Readonly<Record<string, () => string>> = {
  announce: () => cliq,
  'record-page': () => pages,
  'sheet-to-table': () => table,
  'conversation-to-crm': () => mailbox,
  'records-beside-chat': () => besideChat,
  'channel-tickets': () => channel,
};

it('changes nothing either that would be stored a while later', async () => {
  const STORED_AFTER_MS = 2_500;
  await sleep(STORED_AFTER_MS);
  const before = await standings(liaison, place.connectionString, true);
  for (const id of [...flows.keys()].map((flow) => OTHERS[flow]?.() ?? flow)) {
    const tried = await tryOn(liaison, id);
    expect(tried.record).not.toBeNull();
    expect(tried.outcome.error).toBeNull();
  }
  await sleep(STORED_AFTER_MS);
  expect(await standings(liaison, place.connectionString, true)).toEqual(before);
});
