import { leftOutText } from '../../core/filter/judge.ts';
import type { Outcome } from '../../core/flow.ts';
import { moneyOfMovement } from '../../core/movement.ts';
import type { Sentence } from '../../core/sentence.ts';
import { type Booking, bookMovement } from './book-payment.ts';
import { noteOnContact } from './note-on-contact.ts';
import { leftOutPayment } from './payment-filter.ts';
import { type Reading, readPayments } from './read-payment.ts';
import type { Context } from './steps.ts';
import { aboutMoney } from './texts.ts';

const NOTHING: Readonly<Record<NonNullable<Reading['none']>, Sentence>> = {
  zero: { en: 'Nothing was paid: the amount is zero.', fr: 'Rien n’a été payé\u00a0: le montant est nul.' },
  elsewhere: {
    en: 'No money came through Stripe for this invoice: it was marked as paid elsewhere, or it is the receipt of a payment that is booked by itself. Nothing to do.',
    fr: 'Aucun argent n’est passé par Stripe pour cette facture\u00a0: elle a été marquée comme payée ailleurs, ou c’est le reçu d’un paiement enregistré pour lui-même. Rien à faire.',
  },
  'not-yet': {
    en: 'The money has not come yet: it is booked when Stripe says that it did.',
    fr: 'L’argent n’est pas encore arrivé\u00a0: il sera enregistré quand Stripe l’annoncera.',
  },
  'by-its-invoice': {
    en: 'This checkout brought no payment of its own: what is due comes with its invoice.',
    fr: 'Ce passage en caisse n’a pas donné de paiement\u00a0: ce qui est dû vient avec sa facture.',
  },
};

/**
 * The money that an event tells of becomes customers, invoices and payments in Books, one of each for each
 * movement, and a note in the CRM.
 */
export async function bookPayments(context: Context): Promise<Outcome> {
  const { label, forItem } = context;
  const { payments, none } = await readPayments(context);
  const [first] = payments;
  if (first === undefined) return { state: 'skipped', summary: NOTHING[none ?? 'elsewhere'] };
  label(first.name ?? first.email ?? first.identity);

  const bookings: Booking[] = [];
  let where: Sentence = { en: '', fr: '' };
  const leftOut: Sentence[] = [];
  for (const [index, payment] of payments.entries()) {
    const why = await leftOutPayment(context, payment);
    if (why !== null) {
      leftOut.push(why);
      continue;
    }
    // The first, which is mostly the only one, goes by the steps' own names.
    const own = index === 0 ? context : forItem(payment.identity);
    const booking = await bookMovement(own, payment);
    bookings.push(booking);
    const noted = await noteOnce(own, booking);
    const last = noted ?? where;
    where = joined([last, ...booking.more]);
  }
  const [why] = leftOut;
  if (why !== undefined && bookings.length === 0)
    return { state: 'skipped', summary: leftOutText(why, false) };
  return { state: 'done', summary: summaryOf(bookings, where) };
}

const joined = (sentences: readonly Sentence[]): Sentence => ({
  en: sentences.map(({ en }) => en).join(''),
  fr: sentences.map(({ fr }) => fr).join(''),
});

/** Of the runs that tell of one payment, one notes it: they may be side by side. */
async function noteOnce(context: Context, { payment, invoice, day }: Booking): Promise<Sentence | null> {
  const notes = context.settings.noteInCrm && (await context.once(`note ${payment.identity}`));
  if (notes) return noteOnContact(context, payment, invoice, day);
  return payment.email === null && invoice.isNew
    ? { en: ' The payer gave no e-mail.', fr: ' Le payeur n’a pas donné d’e-mail.' }
    : null;
}

function summaryOf(bookings: readonly Booking[], where: Sentence): Sentence {
  const [first] = bookings;
  if (first === undefined) return where;
  const minor = bookings.reduce((sum, { payment }) => sum + payment.amountMinor, 0);
  const money = { ...moneyOfMovement(first.payment), minor };
  const who = first.invoice.customerName;
  const numbers = bookings.map(({ invoice }) => invoice.number).join(', ');
  const several = bookings.length > 1;
  if (bookings.every(({ invoice }) => !invoice.isNew)) {
    return aboutMoney(
      money,
      (amount) =>
        `Already recorded, nothing to do: ${amount} from ${who}, ${several ? 'invoices' : 'invoice'} ${numbers}.${where.en}`,
      (amount) =>
        `Déjà enregistré, rien à faire\u00a0: ${amount} de ${who}, ${several ? 'factures' : 'facture'} ${numbers}.${where.fr}`,
    );
  }
  return aboutMoney(
    money,
    (amount) => `${amount} from ${who} booked as ${several ? 'invoices' : 'invoice'} ${numbers}.${where.en}`,
    (amount) =>
      `${amount} de ${who} enregistrés\u00a0: ${several ? 'factures' : 'facture'} ${numbers}.${where.fr}`,
  );
}
