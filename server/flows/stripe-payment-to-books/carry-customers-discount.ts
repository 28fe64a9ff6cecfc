import { stripe } from '../../connectors/stripe/connector.ts';
import { carriedBy } from '../../connectors/stripe/event-object.ts';
import { idOf } from '../../connectors/stripe/object-reader.ts';
import { type Outcome, skipped } from '../../core/flow.ts';
import type { Sentence } from '../../core/sentence.ts';
import { lookAt } from './carry-subscription.ts';
import type { Context } from './steps.ts';

/**
 * A customer's discount is had by each of their subscriptions without one of its own, of which Stripe tells nothing then: each is
 * looked at.
 *
 * @throws LiaisonError the first one of those that could not be brought to it; the others are all the same.
 */
export async function carryCustomersDiscount(context: Context): Promise<Outcome> {
  const { event, settings, read, client } = context;
  const { customer, subscription } = carriedBy(event);
  const payer = idOf(customer);
  if (payer === null || idOf(subscription) !== null) return skipped(OF_ITS_SUBSCRIPTION);
  if (settings.subscriptions === 'invoices') return skipped(NONE);
  const ids = await read('subscriptionsOf', async () =>
    (await client(stripe).subscriptionsOf(payer)).map(({ id }) => id),
  );
  const outcomes: Outcome[] = [];
  const failed: unknown[] = [];
  for (const id of ids) {
    try {
      outcomes.push((await lookAt(context, id, false)).outcome);
    } catch (thrown) {
      failed.push(thrown);
    }
  }
  if (failed.length > 0) throw failed[0];
  const done = outcomes.filter(({ state }) => state === 'done');
  const [first] = done.length > 0 ? done : outcomes;
  return first ?? skipped(NONE);
}

const OF_ITS_SUBSCRIPTION: Sentence = {
  en: 'The discount is of one subscription, which tells of it itself: nothing to do.',
  fr: 'La remise est celle d’un abonnement, qui l’annonce lui-même\u00a0: rien à faire.',
};
const NONE: Sentence = {
  en: 'The customer has no subscription that is a recurring invoice: nothing to do.',
  fr: 'Le client n’a aucun abonnement qui soit une facture récurrente\u00a0: rien à faire.',
};
