import { type Scenario, ScenarioRefused } from '../../core/scenario.ts';
import { nothing, read } from '../../scenarios/parameters.ts';
import { spokenAmount } from '../../scenarios/spoken.ts';
import { newInvoice } from '../invoice-object.ts';
import { payInvoice } from '../invoices.ts';
import { secondsNow, stripeTables } from '../rows.ts';

const MONTH = 30 * 86_400;

export const stripeInvoicePaid: Scenario = {
  id: 'stripe-invoice-paid',
  titles: { en: 'A subscription is paid', fr: 'Un abonnement est payé' },
  description: {
    en: 'A month of a subscription begins: Stripe makes the invoice and takes the payment.',
    fr: 'Un mois d’abonnement commence : Stripe fait la facture et encaisse le paiement.',
  },
  async play(stage) {
    read(stage, nothing);
    const desk = stage.desk('stripe');
    const { customers, invoices, subscriptions } = stripeTables(desk);
    const subscription = subscriptions.all().find(({ status }) => status === 'active');
    const item = subscription?.items.data[0];
    const customer = subscription && customers.get(String(subscription.customer));
    if (!subscription || !item || !customer)
      throw new ScenarioRefused('Stripe has no active subscription. Reset the sandbox.');
    const now = secondsNow(desk);
    const invoice = newInvoice(desk, {
      customer,
      amount: item.price.unit_amount ?? 0,
      currency: item.price.currency,
      description: `1 × ${item.price.nickname}`,
      bills: { subscription: subscription.id, item: item.id },
      price: { price: item.price.id, product: String(item.price.product) },
      period: { start: now, end: now + MONTH },
    });
    invoices.put(invoice.id, invoice);
    subscriptions.put(subscription.id, { ...subscription, latest_invoice: invoice.id });
    customers.put(customer.id, {
      ...customer,
      next_invoice_sequence: (customer.next_invoice_sequence ?? 1) + 1,
    });
    const paid = payInvoice(desk, { invoiceId: invoice.id });
    const spoken = spokenAmount(paid.intent.amount, paid.intent.currency);
    return {
      sentence: {
        en: `${customer.name} paid ${spoken.en} through Stripe for a month of ${item.price.nickname}.`,
        fr: `${customer.name} a payé ${spoken.fr} avec Stripe ; un mois : ${item.price.nickname}.`,
      },
      invoice: invoice.id,
      paymentIntent: paid.intent.id,
      charge: paid.charge.id,
      customer: customer.id,
      email: customer.email,
      amountMinor: paid.intent.amount,
      currency: paid.intent.currency,
      events: paid.events,
    };
  },
};
