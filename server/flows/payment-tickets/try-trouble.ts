import type { FlowPreview, SettingSource } from '../../core/flow.ts';
import { formatMoney } from '../../core/money.ts';
import type { Sentence } from '../../core/sentence.ts';
import { ticketsOf } from '../../core/ticket/offer.ts';
import { type FlowTrial, MOST_OFFERED, type TrialRecord } from '../../core/trial.ts';
import { type PaymentTrouble, type ToldTrouble, troublesOf } from '../../core/trouble.ts';
import type { Settings } from './settings.ts';
import { KINDS, moneyOfTrouble, subjectText, ticketLines } from './texts.ts';

export const MONTH_MS = 30 * 86_400_000;
const MOST_SHOWN = 5;

function asRecord(told: ToldTrouble): TrialRecord {
  const money = moneyOfTrouble(told);
  const { en, fr } = KINDS[told.kind];
  return {
    id: told.id,
    title: told.who,
    detail: { en: `${en}, ${formatMoney(money, 'en-GB')}`, fr: `${fr}, ${formatMoney(money, 'fr-FR')}` },
    at: told.at,
  };
}

const holds = ({ id, title, detail }: TrialRecord, text: string): boolean =>
  [id, title, detail?.en, detail?.fr].some((one) => one?.toLowerCase().includes(text.toLowerCase()));

function standingText(count: number, more: boolean): Sentence {
  if (count === 0)
    return {
      en: 'No payment of the last thirty days failed and stayed unpaid.',
      fr: 'Aucun paiement de ces trente derniers jours n’est resté échoué.',
    };
  const atLeast = more ? { en: 'At least ', fr: 'Au moins ' } : { en: '', fr: '' };
  return {
    en: `${atLeast.en}${count} ${count === 1 ? 'payment' : 'payments'} of the last thirty days failed and ${count === 1 ? 'was' : 'were'} not paid since:`,
    fr: `${atLeast.fr}${count} ${count === 1 ? 'paiement' : 'paiements'} de ces trente derniers jours ${count === 1 ? 'a échoué' : 'ont échoué'} sans être ${count === 1 ? 'réglé' : 'réglés'} depuis\u00a0:`,
  };
}

/** The newest troubles of the account; a payment, a dispute or a refund can be named as well. */
export const troubleTrial: FlowTrial<Settings> = {
  async records({ role, settings }, search) {
    const told = await troublesOf(role('source')).latest();
    return told
      .filter(({ kind }) => kind === 'paid' || settings[kind] || search !== null)
      .map(asRecord)
      .filter((one) => search === null || holds(one, search))
      .slice(0, MOST_OFFERED);
  },
  event: ({ role }, record) => troublesOf(role('source')).event(record),
  async standing({ role }) {
    const { troubles, more } = await troublesOf(role('source')).standing(MONTH_MS);
    return {
      count: troubles.length,
      shown: troubles.slice(0, MOST_SHOWN).map(asRecord),
      setting: 'begin',
      said: standingText(troubles.length, more),
    };
  },
};

const invented = (currency: string): PaymentTrouble => ({
  kind: 'failed',
  payment: 'pi_…',
  names: [],
  matter: '',
  occurrence: '',
  isOver: false,
  amountMinor: 24_900,
  currency,
  payer: { id: null, email: 'juliette@boulangerie-pelissier.example', name: 'Juliette Pélissier' },
  about: 'Hébergement et suivi',
  reason: { en: 'not enough money on the account', fr: 'provision insuffisante' },
  at: '2026-11-23T09:30:00.000Z',
  page: null,
});

/** The ticket as it would look, for the latest trouble, or for an invented one. */
export async function previewTicket({
  role,
  settings,
  organisation,
}: SettingSource<Settings>): Promise<FlowPreview> {
  const source = troublesOf(role('source'));
  const [last] = (await source.latest()).filter(({ kind }) => kind === 'failed');
  const event = last === undefined ? null : await source.event(last.id);
  const read =
    event === null
      ? null
      : await source.read({ ...event, id: last?.id ?? '', connector: '', receivedAt: new Date(0) });
  const shown = read ?? invented(organisation.currency);
  const { longest } = ticketsOf(role('desk'));
  const subject = subjectText(settings.subject, shown, organisation, longest.subject);
  return {
    title: { en: 'The ticket as it will look', fr: 'Le ticket tel qu’il sera' },
    text: [subject, '', ...ticketLines(settings.introduction, shown, organisation)].join('\n'),
    basis:
      read === null
        ? {
            en: 'With an invented payment: none has failed yet.',
            fr: 'Avec un paiement inventé\u00a0: aucun n’a encore échoué.',
          }
        : {
            en: `With the last payment that failed, of ${last?.who ?? ''}.`,
            fr: `Avec le dernier paiement échoué, de ${last?.who ?? ''}.`,
          },
    warnings: [],
  };
}
