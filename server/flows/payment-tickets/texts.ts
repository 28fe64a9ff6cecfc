import { fitText } from '../../core/fit-text.ts';
import { formatTime, type Writing } from '../../core/format.ts';
import { formatMoney, type Money } from '../../core/money.ts';
import { languageOf, type Sentence } from '../../core/sentence.ts';
import { fillTemplate } from '../../core/template.ts';
import { templatePlaces } from '../../core/template-places.ts';
import { type PaymentTrouble, payerName, type TroubleKind } from '../../core/trouble.ts';

export const DEFAULT_SUBJECT = '{Trouble} – {Amount} – {Customer}';

/** A value is somebody's, and may be of any length; the whole of it is where the payment is. */
const LONGEST_VALUE = 2_000;

export const KINDS: Readonly<Record<TroubleKind, Sentence>> = {
  failed: { en: 'Payment failed', fr: 'Paiement échoué' },
  disputed: { en: 'Payment disputed', fr: 'Paiement contesté' },
  refund: { en: 'Refund', fr: 'Remboursement' },
  paid: { en: 'Paid after all', fr: 'Finalement réglé' },
};

export const moneyOfTrouble = ({
  amountMinor: minor,
  currency,
}: Pick<PaymentTrouble, 'amountMinor' | 'currency'>): Money => ({ minor, currency });

/** What can be put into the subject and the first lines, by the name that stands in braces. */
export const places = templatePlaces<PaymentTrouble>([
  [
    'Trouble',
    { en: 'What happened', fr: 'Ce qui est arrivé' },
    ({ kind }, { locale }) => KINDS[kind][languageOf(locale)],
  ],
  [
    'Amount',
    { en: 'Amount', fr: 'Montant' },
    (trouble, { locale }) => formatMoney(moneyOfTrouble(trouble), locale),
  ],
  ['Customer', { en: 'Customer', fr: 'Client' }, payerName],
  ['Email', { en: 'Customer’s e-mail', fr: 'E-mail du client' }, ({ payer }) => payer.email],
  ['Reason', { en: 'Reason', fr: 'Motif' }, ({ reason }, { locale }) => reason?.[languageOf(locale)] ?? null],
  ['Description', { en: 'What it is for', fr: 'Objet du paiement' }, ({ about }) => about],
  ['Payment', { en: 'Payment’s number', fr: 'Numéro du paiement' }, ({ payment }) => payment],
]);

const filled = (template: string, trouble: PaymentTrouble, writing: Writing): string =>
  fillTemplate(template, (place) => places.value(place, trouble, writing));

/** One line, as long as the desk takes it; what is too long ends visibly, and stands whole below. */
export const subjectText = (
  template: string,
  trouble: PaymentTrouble,
  writing: Writing,
  longest: number,
): string => fitText(filled(template, trouble, writing).replace(/\s+/gu, ' ').trim(), longest);

/** What a new ticket says, a paragraph each. */
export function ticketLines(introduction: string, trouble: PaymentTrouble, writing: Writing): string[] {
  const { locale, timeZone } = writing;
  const language = languageOf(locale);
  const { payer, reason, about } = trouble;
  const address = payer.email === null || payer.email === payerName(trouble) ? '' : ` <${payer.email}>`;
  const row = ({ en, fr }: Sentence, value: string | null): string[] =>
    value === null || value === ''
      ? []
      : [language === 'fr' ? `${fr}\u00a0: ${cut(value)}` : `${en}: ${cut(value)}`];
  const own = introduction === '' ? [] : [filled(introduction, trouble, writing), ''];
  return [
    ...own,
    ...row(KINDS[trouble.kind], formatMoney(moneyOfTrouble(trouble), locale)),
    ...row({ en: 'Customer', fr: 'Client' }, `${payerName(trouble)}${address}`),
    ...row({ en: 'For', fr: 'Pour' }, about),
    ...row({ en: 'Reason', fr: 'Motif' }, reason?.[language] ?? null),
    ...row({ en: 'When', fr: 'Quand' }, formatTime(trouble.at, locale, timeZone)),
    ...row({ en: 'Payment', fr: 'Paiement' }, trouble.payment),
  ];
}

const cut = (value: string): string => fitText(value, LONGEST_VALUE);

/** What a ticket that is there is told: one line. */
export function commentLine(trouble: PaymentTrouble, { locale, timeZone }: Writing): string {
  const language = languageOf(locale);
  const amount = formatMoney(moneyOfTrouble(trouble), locale);
  const when = formatTime(trouble.at, locale, timeZone);
  const reason = trouble.reason === null ? '' : cut(trouble.reason[language]);
  const about = trouble.about === null ? '' : ` (${cut(trouble.about)})`;
  const what = KINDS[trouble.kind][language];
  const ends = [when, reason].filter((part) => part !== null && part !== '').join(', ');
  const colon = language === 'fr' ? '\u00a0: ' : ': ';
  return `${what}${colon}${amount}${about}${ends === '' ? '' : `, ${ends}`}. ${trouble.payment}`;
}

/** A sentence of the log about an amount and whoever pays it. */
export function aboutTrouble(
  trouble: PaymentTrouble,
  en: (what: string) => string,
  fr: (what: string) => string,
): Sentence {
  const what = (language: 'en' | 'fr', locale: string): string =>
    `${KINDS[trouble.kind][language]} (${formatMoney(moneyOfTrouble(trouble), locale)}, ${payerName(trouble)})`;
  return { en: en(what('en', 'en-GB')), fr: fr(what('fr', 'fr-FR')) };
}
