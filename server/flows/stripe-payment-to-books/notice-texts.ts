import type { Dispute, DisputeFact, DisputeTurn, Refund } from '../../connectors/stripe/shapes.ts';
import { dayIn } from '../../core/day-in.ts';
import { fitText } from '../../core/fit-text.ts';
import { formatMoney } from '../../core/money.ts';
import type { ReturnState } from '../../core/movement.ts';
import { languageOf, type Sentence } from '../../core/sentence.ts';
import { dayText } from './texts.ts';

interface Where {
  readonly locale: string;
  readonly timeZone: string;
}

/** A reason is one of Stripe's words; room enough for any of them. */
const LONGEST_REASON = 200;

const spoken = (sentence: Sentence, locale: string): string => sentence[languageOf(locale)];

const REFUND_STATES: Readonly<Record<ReturnState, Sentence | null>> = {
  pending: { en: 'pending', fr: 'en attente' },
  moved: null,
  failed: { en: 'failed', fr: 'échoué' },
};

const mark = (id: string, state: string | null): string => (state === null ? `(${id})` : `(${id}, ${state})`);

/** What a comment bears that says so of a refund, in either language. */
export function refundMarks(id: string, state: ReturnState): string[] {
  const words = REFUND_STATES[state];
  return words === null ? [mark(id, null)] : [mark(id, words.en), mark(id, words.fr)];
}

const STILL_CREDIT: Sentence = {
  en: 'No credit note was made: the payment holds credit of the customer. Refund that in Zoho Books.',
  fr: 'Aucun avoir n’a été fait\u00a0: le règlement comporte un crédit du client. Remboursez-le dans Zoho Books.',
};

/** @param credit number of the credit note that was made of it; null: none was, for its payment left the customer credit. */
export function refundText(
  refund: Refund,
  state: ReturnState,
  { locale, timeZone }: Where,
  credit?: string | null,
): string {
  const amount = formatMoney({ minor: refund.amountMinor, currency: refund.currency }, locale);
  const date = dayText(dayIn(timeZone, refund.createdAt), locale);
  const words = REFUND_STATES[state];
  const end = mark(refund.id, words === null ? null : spoken(words, locale));
  const why =
    refund.failureReason === undefined ? '' : `\u00a0: ${fitText(refund.failureReason, LONGEST_REASON)}`;
  const texts: Readonly<Record<ReturnState, Sentence>> = {
    pending: {
      en: `Stripe refund of ${amount} asked for on ${date}: nothing has gone back yet ${end}.`,
      fr: `Remboursement Stripe de ${amount} demandé le ${date}\u00a0: rien n’est encore reparti ${end}.`,
    },
    moved: {
      en: `Stripe refund of ${amount} on ${date} ${end}.`,
      fr: `Remboursement Stripe de ${amount} le ${date} ${end}.`,
    },
    failed: {
      en: `The Stripe refund of ${amount} of ${date} failed and nothing went back${why.replace('\u00a0:', ':')} ${end}.`,
      fr: `Le remboursement Stripe de ${amount} du ${date} a échoué, rien n’est reparti${why} ${end}.`,
    },
  };
  const made: Sentence =
    credit === null ? STILL_CREDIT : { en: `Credit note ${credit}.`, fr: `Avoir ${credit}.` };
  const document = credit === undefined ? '' : ` ${spoken(made, locale)}`;
  return `${spoken(texts[state], locale)}${document}`;
}

/** The line of a credit note. */
export const creditNoteLine = (refundId: string, invoice: string, locale: string): string =>
  spoken(
    {
      en: `Refund ${refundId} of invoice ${invoice}`,
      fr: `Remboursement ${refundId} de la facture ${invoice}`,
    },
    locale,
  );

/** What stands below the lines of a credit note. */
export function creditNoteText(
  { id, reason, paymentIdentity }: Refund,
  invoice: string,
  locale: string,
): string {
  const because = reason === null ? '' : ` (${fitText(reason, LONGEST_REASON)})`;
  return spoken(
    {
      en: `Invoice ${invoice}, Stripe payment ${paymentIdentity}, refund ${id}${because}.`,
      fr: `Facture ${invoice}, paiement Stripe ${paymentIdentity}, remboursement ${id}${because}.`,
    },
    locale,
  );
}

const TURNS: Readonly<Record<DisputeTurn, Sentence>> = {
  opened: { en: 'opened', fr: 'ouvert' },
  withdrawn: { en: 'funds withdrawn', fr: 'fonds retirés' },
  reinstated: { en: 'funds reinstated', fr: 'fonds rendus' },
  won: { en: 'won', fr: 'gagné' },
  lost: { en: 'lost', fr: 'perdu' },
  closed: { en: 'closed', fr: 'clos' },
};

/** What a comment bears that says so of a dispute, in either language. */
export const disputeMarks = (id: string, turn: DisputeTurn): string[] => [
  mark(id, TURNS[turn].en),
  mark(id, TURNS[turn].fr),
];

export function disputeText(dispute: Dispute, fact: DisputeFact, { locale, timeZone }: Where): string {
  const money = (minor: number): string => formatMoney({ minor, currency: fact.currency }, locale);
  const amount = money(fact.amountMinor);
  const date = dayText(dayIn(timeZone, fact.at), locale);
  const end = mark(dispute.id, spoken(TURNS[fact.turn], locale));
  const reason = dispute.reason === null ? '' : fitText(dispute.reason, LONGEST_REASON);
  const because: Sentence =
    reason === '' ? { en: '', fr: '' } : { en: `, reason: ${reason}`, fr: `, motif\u00a0: ${reason}` };
  const fee: Sentence =
    fact.feeMinor === null || fact.feeMinor === 0
      ? { en: '', fr: '' }
      : { en: `, plus a fee of ${money(fact.feeMinor)}`, fr: `, plus ${money(fact.feeMinor)} de frais` };
  const texts: Readonly<Record<DisputeTurn, Sentence>> = {
    opened: {
      en: `Stripe dispute of ${amount} opened on ${date}${because.en} ${end}.`,
      fr: `Litige Stripe de ${amount} ouvert le ${date}${because.fr} ${end}.`,
    },
    withdrawn: {
      en: `Stripe dispute: ${amount} withdrawn on ${date}${fee.en} ${end}.`,
      fr: `Litige Stripe\u00a0: ${amount} retirés le ${date}${fee.fr} ${end}.`,
    },
    reinstated: {
      en: `Stripe dispute: ${amount} given back to you on ${date} ${end}.`,
      fr: `Litige Stripe\u00a0: ${amount} vous ont été rendus le ${date} ${end}.`,
    },
    won: {
      en: `Stripe dispute of ${amount} won on ${date} ${end}.`,
      fr: `Litige Stripe de ${amount} gagné le ${date} ${end}.`,
    },
    lost: {
      en: `Stripe dispute of ${amount} lost on ${date}: the money stays with the payer ${end}.`,
      fr: `Litige Stripe de ${amount} perdu le ${date}\u00a0: l’argent reste au payeur ${end}.`,
    },
    closed: {
      en: `Stripe inquiry about ${amount} closed on ${date} without money moving ${end}.`,
      fr: `Demande Stripe sur ${amount} close le ${date} sans mouvement d’argent ${end}.`,
    },
  };
  return spoken(texts[fact.turn], locale);
}
