import type { Exchange, Step } from '../../../server/api/contract.ts';
import type { StoredRun } from '../../../server/api/services.ts';

/** Runs of an invented company, for tests that need no engine. */

const CRM = { id: 'zoho-crm', titles: { en: 'Zoho CRM', fr: 'Zoho CRM' } };
const SLACK = { id: 'slack', titles: { en: 'Slack', fr: 'Slack' } };
const STRIPE = { id: 'stripe', titles: { en: 'Stripe', fr: 'Stripe' } };
const BOOKS = { id: 'zoho-books', titles: { en: 'Zoho Books', fr: 'Zoho Books' } };
export const CONNECTOR_NAMES = { CRM, SLACK, STRIPE, BOOKS };

export const DEAL_FLOW = {
  id: 'deal-won-to-slack',
  titles: { en: 'Deal won → Slack', fr: 'Affaire gagnée → Slack' },
};
export const PAYMENT_FLOW = {
  id: 'stripe-payment-to-books',
  titles: { en: 'Stripe payment → Books', fr: 'Paiement Stripe → Books' },
};

type RunFailure = NonNullable<Step['error']>;

const REJECTED: RunFailure = {
  kind: 'rejected',
  actor: 'admin',
  sentence: {
    en: 'Slack refused the message: the channel does not exist.',
    fr: 'Slack a refusé le message : le canal n’existe pas.',
  },
  vendorMessage: 'channel_not_found',
  field: 'channel',
  fieldTitles: { en: 'Channel', fr: 'Canal' },
};

const BUSY: RunFailure = {
  kind: 'rate-limited',
  actor: 'engine',
  sentence: {
    en: 'Zoho Books has had enough calls for now.',
    fr: 'Zoho Books a reçu assez d’appels pour l’instant.',
  },
  vendorMessage: 'You have exceeded the maximum number of requests per minute.',
  field: null,
  fieldTitles: null,
};

/** UUID version 7 shape, sorting by its number. */
export const runIdOf = (number: number): string =>
  `01900000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

const at = (base: number, offsetMs: number): string => new Date(base + offsetMs).toISOString();

export type Story = 'done' | 'shelved' | 'retrying' | 'running' | 'waiting' | 'skipped' | 'superseded';

/** A run that tells one of the stories, made at `madeAt` (epoch milliseconds). */
export function exampleRun(number: number, story: Story, madeAt: number, label?: string): StoredRun {
  const payment = story === 'retrying' || number % 3 === 2;
  const steps = payment ? paymentSteps(story, madeAt) : dealSteps(story, madeAt);
  const over = story === 'done' || story === 'skipped' || story === 'shelved' || story === 'superseded';
  const begun = story !== 'waiting' && story !== 'superseded';
  return {
    id: runIdOf(number),
    droppedAfterDays: null,
    integration: payment ? PAYMENT_FLOW : DEAL_FLOW,
    flow: payment ? PAYMENT_FLOW : DEAL_FLOW,
    record: payment
      ? {
          object: 'stripe.payments',
          titles: { en: 'Payment', fr: 'Paiement' },
          id: `pi_3Q${number}kLm0aB1cD2eF3gH4`,
          knownById: true,
          label: label ?? 'Chocolaterie Weiß · 240,00 €',
          url: null,
        }
      : {
          object: 'zohoCrm.deals',
          titles: { en: 'Deal', fr: 'Affaire' },
          id: `48768760000${number}`,
          knownById: true,
          label: label ?? 'Refonte site vitrine',
          url: `https://crm.zoho.eu/crm/org20098765432/tab/Potentials/48768760000${number}`,
        },
    state: story === 'retrying' ? 'waiting' : story,
    attempts: story === 'shelved' ? 5 : story === 'retrying' ? 2 : 0,
    nextAttemptAt: story === 'retrying' ? at(madeAt, 90_000) : null,
    summary: summaryOf(story, payment),
    error: story === 'shelved' ? REJECTED : story === 'retrying' ? BUSY : null,
    createdAt: at(madeAt, 0),
    startedAt: begun ? at(madeAt, 40) : null,
    finishedAt: over ? at(madeAt, 620) : null,
    durationMs: over && begun ? 580 : null,
    steps,
    event: {
      id: String(1000 + number),
      connector: payment ? STRIPE : CRM,
      topic: payment ? 'payment_intent.succeeded' : 'Deals.edit',
      receivedAt: at(madeAt, -12),
      body: payment
        ? '{"id":"evt_3Q","type":"payment_intent.succeeded","data":{"object":{"amount":24000,"currency":"eur"}}}'
        : `{"id":"48768760000${number}","module":"Deals","modified_time":"2026-11-20T10:15:00+01:00"}`,
      joined: 0,
    },
  };
}

function summaryOf(story: Story, payment: boolean): StoredRun['summary'] {
  if (story === 'skipped') {
    return {
      en: 'The deal is not won: nothing to say.',
      fr: 'L’affaire n’est pas gagnée : rien à annoncer.',
    };
  }
  if (story !== 'done') return null;
  return payment
    ? { en: 'Invoice FA-0042 paid, €240.00.', fr: 'Facture FA-0042 réglée, 240,00 €.' }
    : { en: 'Announced in #ventes.', fr: 'Annoncée dans #ventes.' };
}

function exchangeOf(madeAt: number, part: Partial<Exchange>): Exchange {
  return {
    method: 'GET',
    url: 'https://www.zohoapis.eu/crm/v8/Deals/4876876000001',
    status: 200,
    ms: 48,
    startedAt: at(madeAt, 60),
    requestBody: null,
    responseBody: null,
    error: null,
    ...part,
  };
}

function stepOf(madeAt: number, part: Pick<Step, 'name' | 'titles' | 'connector'> & Partial<Step>): Step {
  return {
    effect: 'read',
    state: 'done',
    found: false,
    attempts: 1,
    startedAt: at(madeAt, 50),
    finishedAt: at(madeAt, 110),
    durationMs: 60,
    error: null,
    exchanges: [],
    ...part,
  };
}

const NOT_STARTED = {
  state: 'not-started',
  attempts: 0,
  startedAt: null,
  finishedAt: null,
  durationMs: null,
} as const;

function dealSteps(story: Story, madeAt: number): Step[] {
  const begun = story !== 'waiting' && story !== 'superseded';
  const read = stepOf(madeAt, {
    name: 'deal',
    titles: { en: 'Read the deal', fr: 'Lire l’affaire' },
    connector: CRM,
    ...(begun
      ? {
          exchanges: [
            exchangeOf(madeAt, {
              responseBody:
                '{"data":[{"id":"4876876000001","Deal_Name":"Refonte site vitrine","Stage":"Closed Won","Amount":12500,"Owner":{"name":"Claire Fontaine","id":"4876876000101","email":"claire@atelier-lumen.example"}}]}',
            }),
          ],
        }
      : NOT_STARTED),
  });
  const request =
    'channel=%23ventes&text=%F0%9F%8E%89%20Deal%20gagn%C3%A9%20!%20Refonte%20site%20vitrine%20-%2012%20500%E2%82%AC%20par%20Claire%20Fontaine&token=%5Bhidden%5D';
  const post = exchangeOf(madeAt, {
    method: 'POST',
    url: 'https://slack.com/api/chat.postMessage',
    startedAt: at(madeAt, 130),
    requestBody: request,
    ms: 190,
  });
  const write = stepOf(madeAt, {
    name: 'message',
    titles: { en: 'Post the message', fr: 'Publier le message' },
    connector: SLACK,
    effect: 'lookup',
    ...(story === 'done' && {
      exchanges: [{ ...post, responseBody: '{"ok":true,"channel":"C0VENTES","ts":"1795454586.000100"}' }],
    }),
    ...(story === 'running' && { state: 'sending', finishedAt: null, durationMs: null }),
    ...(story === 'shelved' && {
      state: 'failed',
      attempts: 5,
      error: REJECTED,
      durationMs: 410,
      exchanges: [{ ...post, responseBody: '{"ok":false,"error":"channel_not_found"}' }],
    }),
    ...((story === 'waiting' || story === 'skipped' || story === 'superseded') && NOT_STARTED),
  });
  return [read, write];
}

function paymentSteps(story: Story, madeAt: number): Step[] {
  const begun = story !== 'waiting' && story !== 'superseded';
  const failed = story === 'retrying' || story === 'shelved';
  return [
    stepOf(madeAt, {
      name: 'customer',
      titles: { en: 'Find or create the customer', fr: 'Trouver ou créer le client' },
      connector: BOOKS,
      effect: 'lookup',
      ...(begun ? {} : NOT_STARTED),
    }),
    stepOf(madeAt, {
      name: 'invoice',
      titles: { en: 'Create the invoice', fr: 'Créer la facture' },
      connector: BOOKS,
      effect: 'lookup',
      ...(begun ? {} : NOT_STARTED),
      ...(failed && {
        state: 'failed',
        attempts: 2,
        error: BUSY,
        exchanges: [
          exchangeOf(madeAt, {
            method: 'POST',
            url: 'https://www.zohoapis.eu/books/v3/invoices?organization_id=20098765432',
            status: 429,
            requestBody: '{"customer_id":"9001","line_items":[{"rate":240,"quantity":1}]}',
            responseBody:
              '{"code":43,"message":"You have exceeded the maximum number of requests per minute."}',
          }),
        ],
      }),
    }),
    stepOf(madeAt, {
      name: 'payment',
      titles: { en: 'Record the payment', fr: 'Enregistrer le règlement' },
      connector: BOOKS,
      effect: 'lookup',
      ...(begun && !failed ? {} : NOT_STARTED),
    }),
  ];
}
