import { stripe } from '../../connectors/stripe/connector.ts';
import { type Refund, refundsFrom } from '../../connectors/stripe/shapes.ts';
import { zohoBooks } from '../../connectors/zoho-books/connector.ts';
import type { Outcome } from '../../core/flow.ts';
import type { Context } from './steps.ts';
import { aboutMoney, bookingTexts, dayIn } from './texts.ts';
import { objectOf } from './topics.ts';

const notBooked: Outcome = {
  state: 'skipped',
  summary: {
    en: 'The refunded payment was not booked by Liaison: nothing to note.',
    fr: 'Le paiement remboursé n’a pas été enregistré par Liaison : rien à inscrire.',
  },
};

/**
 * Notes refunds on the invoice of the payment they give back, as comments: what becomes of the money in
 * the books (a credit note, a refund from a bank account) is the accountant's to decide.
 */
export async function noteRefunds(context: Context): Promise<Outcome> {
  const { event, client, read, label, exclusively } = context;
  const refunds = await read('refunds', async (): Promise<readonly Refund[]> => {
    const carried = refundsFrom(objectOf(event));
    const charge = carried.chargeId;
    const current = charge === null ? [] : await client(stripe).refundsOfCharge(charge);
    return current.length > 0 ? current : carried.refunds;
  });
  const [first] = refunds;
  if (first === undefined) return notBooked;
  label(first.paymentIdentity);
  // Announced on the charge and as itself: the second one must see what the first one noted.
  return exclusively(`payment ${first.paymentIdentity}`, () => noteOnInvoice(context, first, refunds));
}

async function noteOnInvoice(
  { client, read, write, organisation }: Context,
  first: Refund,
  refunds: readonly Refund[],
): Promise<Outcome> {
  const invoice = await read('refundedInvoice', async () => {
    const found = await client(zohoBooks).invoicesByReference(first.paymentIdentity);
    return found[0] ?? null;
  });
  if (invoice === null) return notBooked;

  const texts = bookingTexts(organisation.locale);
  const lines = refunds.map((refund) => ({
    id: refund.id,
    text: texts.refund({
      refundId: refund.id,
      money: { minor: refund.amountMinor, currency: refund.currency },
      date: dayIn(organisation.timeZone, new Date(refund.createdAt)),
    }),
  }));
  const missing = async () => {
    const comments = await client(zohoBooks).comments(invoice.id);
    return lines.filter((line) => !comments.some((comment) => comment.text.includes(line.id)));
  };
  await write('refundComment', {
    findFirst: true,
    // Found when every refund is noted already.
    find: async () => ((await missing()).length === 0 ? { noted: 0 } : null),
    async send() {
      const toNote = await missing();
      for (const line of toNote) await client(zohoBooks).addComment(invoice.id, line.text);
      return { noted: toNote.length };
    },
  });
  const total = refunds.reduce((sum, refund) => sum + refund.amountMinor, 0);
  return {
    state: 'done',
    summary: aboutMoney(
      { minor: total, currency: first.currency },
      (amount) => `Refunds of ${amount} are noted on invoice ${invoice.number}.`,
      (amount) => `Remboursements de ${amount} inscrits sur la facture ${invoice.number}.`,
    ),
  };
}
