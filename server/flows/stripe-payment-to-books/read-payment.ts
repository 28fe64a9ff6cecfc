import { stripe } from '../../connectors/stripe/connector.ts';
import { type Payment, paymentFrom } from '../../connectors/stripe/shapes.ts';
import { LiaisonError } from '../../core/errors.ts';
import type { Context } from './steps.ts';
import { objectOf } from './topics.ts';

/**
 * The payment as Stripe has it now. An object that Stripe does not know (an account's test data that was
 * cleared) is taken from the event itself: it was signed, and payments do not change once they succeeded.
 */
export function readPayment({ event, client, read }: Context): Promise<Payment> {
  return read('payment', async () => {
    const carried = objectOf(event);
    const id = String(carried.id ?? '');
    const current = event.topic.startsWith('invoice.')
      ? await client(stripe).invoice(id)
      : await client(stripe).paymentIntent(id);
    const payment = (current === null ? null : paymentFrom(current)) ?? paymentFrom(carried);
    if (payment !== null) return payment;
    throw new LiaisonError('rejected', {
      sentence: {
        en: 'The event carries no payment that Liaison understands. Send us the run.',
        fr: 'L’événement ne porte aucun paiement que Liaison comprenne. Envoyez-nous l’exécution.',
      },
    });
  });
}
