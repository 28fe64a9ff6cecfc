import { stripe } from '../../connectors/stripe/connector.ts';
import { carriedBy } from '../../connectors/stripe/event-object.ts';
import { namedEvent, TOLD_AS, type ToldEvent } from '../../connectors/stripe/named-object.ts';
import type { FlowEvent } from '../../core/flow.ts';
import {
  type FlowTrial,
  MOST_OFFERED,
  type TrialEvent,
  type TrialRecord,
  type TrialSource,
} from '../../core/trial.ts';
import { eventWords } from './event-words.ts';
import type { Settings } from './flow.ts';
import { topicsFor } from './heard-topics.ts';
import { payerOf, recordOf } from './topics.ts';

type Source = TrialSource<Settings>;

const asBody = (told: ToldEvent): Record<string, unknown> =>
  JSON.parse(JSON.stringify(told)) as Record<string, unknown>;

const asEvent = (told: ToldEvent): FlowEvent => ({
  id: told.id,
  connector: stripe.id,
  topic: told.type,
  recordId: null,
  body: asBody(told),
  receivedAt: new Date(told.created * 1_000),
});

function recordIn(told: ToldEvent): TrialRecord {
  const event = asEvent(told);
  const object = carriedBy(event);
  const customer = object.customer_email ?? object.customer_name;
  const name = payerOf(event) ?? (typeof customer === 'string' ? customer : null) ?? String(object.id);
  return {
    id: told.id,
    title: name,
    detail: eventWords(told.type, object),
    at: new Date(told.created * 1_000).toISOString(),
  };
}

const holds = ({ id, title, detail }: TrialRecord, text: string): boolean =>
  [id, title, detail?.en, detail?.fr].some((one) => one?.toLowerCase().includes(text.toLowerCase()));

async function toldOf({ client }: Source, id: string): Promise<ToldEvent | null> {
  const calls = client(stripe);
  if (id.startsWith('evt_')) return calls.event(id);
  return namedEvent(calls, id, ({ object }) => TOLD_AS[object]);
}

/** Events of the last 30 days, which Stripe keeps; a payment, a charge, an invoice, a refund or a dispute can be named as well. */
export const paymentTrial: FlowTrial<Settings> = {
  async records({ client, settings }, search) {
    const told = await client(stripe).latestEvents(topicsFor(settings));
    return told
      .filter((one) => recordOf(asEvent(one)) !== null)
      .map(recordIn)
      .filter((one) => search === null || holds(one, search))
      .slice(0, MOST_OFFERED);
  },
  async event(source, record): Promise<TrialEvent | null> {
    const told = await toldOf(source, record);
    if (told === null || !topicsFor(source.settings).includes(told.type)) return null;
    const event = asEvent(told);
    const about = recordOf(event);
    return about === null ? null : { topic: told.type, recordId: about.id, body: { ...event.body } };
  },
};
