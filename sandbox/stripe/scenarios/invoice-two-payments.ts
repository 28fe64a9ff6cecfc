import type { Scenario } from '../../core/scenario.ts';
import { nothing, read } from '../../scenarios/parameters.ts';
import { spokenAmount } from '../../scenarios/spoken.ts';
import { sendInvoice } from '../invoices.ts';
import { newPayer } from '../pay.ts';
import { payInvoicePart } from '../settle-invoice.ts';
import { unbilledContact } from './payer.ts';

const PARTS = [60_000, 40_000] as const;

export const stripeInvoiceTwoPayments: Scenario = {
  id: 'stripe-invoice-two-payments',
  titles: { en: 'An invoice is paid in two parts', fr: 'Une facture est payée en deux fois' },
  description: {
    en: 'A Stripe invoice of €1,000 is paid by two payments, €600 and €400: Books must hold 1,000, not 1,600 or 2,000.',
    fr: 'Une facture Stripe de 1 000 € est payée par deux règlements, 600 € et 400 € : Books doit en compter 1 000, ni 1 600 ni 2 000.',
  },
  async play(stage) {
    read(stage, nothing);
    const desk = stage.desk('stripe');
    const payer = unbilledContact(stage);
    const customer = newPayer(desk, payer);
    const total = PARTS.reduce((sum, part) => sum + part, 0);
    const invoice = sendInvoice(desk, {
      customerId: customer.id,
      amountMinor: total,
      currency: 'eur',
      description: 'Refonte du site, acompte et solde',
    });
    const paid = PARTS.map((amountMinor) => payInvoicePart(desk, { invoiceId: invoice.id, amountMinor }));
    const spoken = spokenAmount(total, 'eur');
    return {
      sentence: {
        en: `${payer.name} paid an invoice of ${spoken.en} through Stripe in two parts.`,
        fr: `${payer.name} a payé une facture de ${spoken.fr} avec Stripe, en deux fois.`,
      },
      invoice: invoice.id,
      paymentIntents: paid.map(({ intent }) => intent.id),
      customer: customer.id,
      email: payer.email,
      amountMinor: total,
      currency: 'eur',
      events: paid.flatMap(({ events }) => events),
    };
  },
};
