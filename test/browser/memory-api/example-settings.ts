import type { Application, Connection, Flow } from '../../../server/api/contract.ts';
import { CONNECTOR_NAMES, DEAL_FLOW, PAYMENT_FLOW } from './example-runs.ts';

const { CRM, SLACK, STRIPE, BOOKS } = CONNECTOR_NAMES;

/** What is the same of every integration, of the first one of a flow. */
const firstOf = (flow: Flow['flow']) => ({
  id: flow.id,
  flow,
  name: null,
  titles: flow.titles,
  owner: 'organisation' as const,
});

/** The account of a role; null: none is connected. */
const using = (connector: Connection['connector'], number: number | null): Flow['connections'][string] => ({
  connector,
  titles: connector.titles,
  optional: false,
  connection: number === null ? null : `00000000-0000-4000-8000-00000000000${number}`,
  account: number === null ? null : { id: `account-${number}`, name: 'Atelier Lumen' },
  state: number === null ? 'absent' : 'active',
});

export function exampleFlows(): Flow[] {
  return [
    {
      ...firstOf(DEAL_FLOW),
      enabled: true,
      connections: { source: using(CRM, 1), target: using(SLACK, 2) },
      direction: {
        en: 'When a deal is won in Zoho CRM, a message goes to a Slack channel.',
        fr: 'Quand une affaire est gagnée dans Zoho CRM, un message part dans un canal Slack.',
      },
      frequency: { en: 'At once, when it happens.', fr: 'Aussitôt, quand cela arrive.' },
      native: {
        en: 'Zoho Flow offers this with a template. Use it when one fixed message is enough.',
        fr: 'Zoho Flow le propose avec un modèle. Préférez-le si un message fixe suffit.',
      },
      kind: 'automation',
      looks: null,
      connectors: [
        { ...CRM, connected: true },
        { ...SLACK, connected: true },
      ],
      settings: {
        version: '',
        schema: {
          type: 'object',
          properties: {
            channel: {
              type: 'string',
              titles: { en: 'Channel', fr: 'Canal' },
              default: '#ventes',
              minLength: 1,
            },
            template: {
              type: 'string',
              titles: { en: 'Message', fr: 'Message' },
              hints: { en: 'Fields stand in braces.', fr: 'Les champs sont entre accolades.' },
              default: '🎉 Deal gagné ! {Deal_Name}',
              maxLength: 3000,
            },
            smallest: {
              type: 'number',
              titles: { en: 'Smallest amount', fr: 'Montant minimal' },
              minimum: 0,
              default: 0,
            },
            mentionOwner: {
              type: 'boolean',
              titles: { en: 'Mention the owner', fr: 'Citer le responsable' },
              default: false,
            },
            emphasis: {
              type: 'string',
              enum: ['plain', 'bold'],
              titles: { en: 'Emphasis', fr: 'Mise en valeur' },
              default: 'plain',
            },
          },
          required: ['channel', 'template', 'smallest', 'mentionOwner', 'emphasis'],
          additionalProperties: false,
        },
        values: {
          channel: '#ventes',
          template: '🎉 Deal gagné ! {Deal_Name} - {Amount}€ par {Owner}',
          smallest: 0,
          mentionOwner: false,
          emphasis: 'plain',
        },
        offered: [],
      },
      filters: false,
      filter: null,
      filterTakes: null,
      filterWords: null,
      filterVersion: 'none',
      previews: false,
      steps: [
        {
          name: 'deal',
          titles: { en: 'Read the deal', fr: 'Lire l’affaire' },
          connector: CRM,
          effect: 'read',
        },
        {
          name: 'message',
          titles: { en: 'Post the message', fr: 'Publier le message' },
          connector: SLACK,
          effect: 'lookup',
        },
      ],
    },
    {
      ...firstOf(PAYMENT_FLOW),
      enabled: false,
      connections: { source: using(STRIPE, null), target: using(BOOKS, 3) },
      direction: {
        en: 'When Stripe takes a payment, Zoho Books gets the customer, the invoice and its payment.',
        fr: 'Quand Stripe encaisse un paiement, Zoho Books reçoit le client, la facture et son règlement.',
      },
      frequency: { en: 'Looked for every minute.', fr: 'Recherché chaque minute.' },
      native: {
        en: 'Zoho Books takes Stripe payments of its own invoices. Use that when every sale begins in Books.',
        fr: 'Zoho Books encaisse ses propres factures par Stripe. Préférez-le si chaque vente naît dans Books.',
      },
      kind: 'automation',
      looks: null,
      connectors: [
        { ...STRIPE, connected: false },
        { ...BOOKS, connected: true },
      ],
      settings: {
        schema: { type: 'object', properties: {}, additionalProperties: false },
        values: {},
        offered: [],
        version: '',
      },
      filters: false,
      filter: null,
      filterTakes: null,
      filterWords: null,
      filterVersion: 'none',
      previews: false,
      steps: [],
    },
  ];
}

export function exampleConnections(): Connection[] {
  const flow = { ...DEAL_FLOW, enabled: true };
  return [
    {
      id: '019a0000-0000-7000-8000-0000000000c1',
      grant: '019a0000-0000-7000-8000-0000000000a1',
      connector: CRM,
      owner: 'organisation',
      person: null,
      state: 'active',
      health: 'works',
      lastSuccessAt: '2026-11-24T09:30:00Z',
      lastFailure: null,
      account: {
        id: '20098765432',
        name: 'Atelier Lumen',
        user: 'Hugo Marchetti · hugo@atelier-lumen.example',
        dataCentre: { id: 'eu', titles: { en: 'European Union', fr: 'Union européenne' } },
      },
      since: '2026-11-02T08:00:00Z',
      delivery: null,
      reconnectUrl: '/oauth/start/zoho-crm?connection=019a0000-0000-7000-8000-0000000000c1',
      flows: [flow],
    },
    {
      id: '019a0000-0000-7000-8000-0000000000c2',
      grant: '019a0000-0000-7000-8000-0000000000a2',
      connector: SLACK,
      owner: 'organisation',
      person: null,
      state: 'reconnect',
      health: 'reconnect',
      lastSuccessAt: '2026-11-23T18:00:00Z',
      lastFailure: {
        kind: 'reconnect',
        actor: 'admin',
        sentence: {
          en: 'Slack no longer accepts the connection. An admin has to connect Slack again in the settings.',
          fr: 'Slack n’accepte plus la connexion. Un administrateur doit reconnecter Slack dans les réglages.',
        },
        vendorMessage: 'token_revoked',
        field: null,
        at: '2026-11-24T08:00:00Z',
      },
      account: { id: 'T1', name: 'atelier-lumen.slack.com', user: null, dataCentre: null },
      since: '2026-11-02T08:05:00Z',
      delivery: null,
      reconnectUrl: '/oauth/start/slack?connection=019a0000-0000-7000-8000-0000000000c2',
      flows: [flow],
    },
  ];
}

/** The applications whose accounts these are, and one that has none. */
export function exampleApplications(): Application[] {
  const flow = { ...DEAL_FLOW, enabled: true };
  return [
    {
      connector: CRM,
      family: { id: 'zoho', titles: { en: 'Zoho', fr: 'Zoho' } },
      authorisation: {
        kind: 'oauth',
        site: null,
        connectUrl: '/oauth/start/zoho-crm',
        scopes: [
          {
            scope: 'ZohoCRM.modules.ALL',
            reason: { en: 'To read and update records.', fr: 'Pour lire et mettre à jour les fiches.' },
          },
        ],
      },
      flows: [flow],
      granted: [],
    },
    {
      connector: SLACK,
      family: null,
      authorisation: {
        kind: 'oauth',
        site: null,
        connectUrl: '/oauth/start/slack',
        scopes: [
          { scope: 'chat:write', reason: { en: 'To post the messages.', fr: 'Pour publier les messages.' } },
        ],
      },
      flows: [flow],
      granted: [],
    },
    {
      connector: STRIPE,
      family: null,
      authorisation: {
        kind: 'key',
        fields: null,
        site: null,
        connectUrl: null,
        whyTyped: null,
        instructions: {
          en: 'In Stripe, create a restricted key that may read payments, and paste it here.',
          fr: 'Dans Stripe, créez une clé restreinte qui peut lire les paiements, puis collez-la ici.',
        },
      },
      flows: [{ ...PAYMENT_FLOW, enabled: false }],
      granted: [],
    },
  ];
}
