import { FACT_TYPES, type FactData, type FactType } from '../core/facts/facts.ts';
import { toldOf } from '../core/facts/message.ts';

const lead = {
  application: 'zoho-crm',
  object: 'zohoCrm.leads',
  id: '4876876000000512001',
  name: 'Zoé Lacombe',
};
const contact = {
  application: 'zoho-crm',
  object: 'zohoCrm.contacts',
  id: '4876876000000487003',
  name: 'Café Müller',
};

const LOST = {
  code: 'reconnect',
  en: 'Slack is not connected any more. Connect it again.',
  fr: 'Slack n’est plus connecté. Reconnectez-le.',
};

/** One of each, as documents show it. */
const SAMPLES: { readonly [Type in FactType]: FactData<Type> } = {
  'lead.created': { record: lead, source: { application: 'typeform' } },
  'deal.won': {
    record: {
      application: 'zoho-crm',
      object: 'zohoCrm.deals',
      id: '4876876000000498007',
      name: 'Refonte site vitrine',
    },
    stage: 'Fermé gagné',
    amount: { value: '12500.00', currency: 'EUR' },
  },
  'payment.booked': {
    reference: 'pi_3PqRsTuVwXyZ',
    source: 'stripe',
    amount: { value: '179.25', currency: 'EUR' },
    customer: 'Café Müller',
    invoice: {
      application: 'zoho-books',
      object: 'zohoBooks.invoices',
      id: '460000000038080',
      name: 'INV-00042',
    },
  },
  'record.changed': {
    operation: 'changed',
    record: contact,
    from: {
      application: 'google-people',
      object: 'googlePeople.person',
      id: 'people/c42',
      name: 'Café Müller',
    },
    fields: ['Phone', 'Mailing_City'],
  },
  'run.failed': {
    run: '019a3c1e-7b52-7c55-9f0e-2d1b8a6f4c11',
    record: { application: 'stripe', object: 'stripe.payments', id: 'pi_3PqRsTuVwXyZ', name: 'Café Müller' },
    reason: {
      code: 'rejected',
      en: 'Zoho Books has no currency of that name.',
      fr: 'Zoho Books n’a pas de devise de ce nom.',
    },
  },
  'integration.paused': {
    reason: {
      code: 'brake',
      en: 'Contacts is paused: 120 linked records seem to have been deleted at once.',
      fr: 'Contacts est en pause\u00a0: 120 fiches liées semblent avoir été supprimées d’un coup.',
    },
  },
  'alert.opened': { alert: '31', reason: LOST },
  'alert.closed': { alert: '31', reason: LOST },
};

const FLOWS: Readonly<Record<FactType, string | null>> = {
  'lead.created': 'form-answers',
  'deal.won': 'announce',
  'payment.booked': 'stripe-payment-to-books',
  'record.changed': 'contacts-google-crm',
  'run.failed': 'stripe-payment-to-books',
  'integration.paused': 'contacts-google-crm',
  'alert.opened': null,
  'alert.closed': null,
};

const integrationOf = (flow: string | null) => (flow === null ? null : { id: flow, flow, name: null });

/** What is told of each, made as what really happened is. */
export const SAMPLE_MESSAGES: Readonly<Record<FactType, ReturnType<typeof toldOf>>> = Object.fromEntries(
  FACT_TYPES.map((type) => [
    type,
    toldOf({
      fact: type,
      key: `sample ${type}`,
      integration: integrationOf(FLOWS[type]),
      data: SAMPLES[type],
      happenedAt: new Date('2026-03-02T09:15:27.114Z'),
    }),
  ]),
) as Record<FactType, ReturnType<typeof toldOf>>;
