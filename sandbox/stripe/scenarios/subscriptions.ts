import { z } from 'zod';
import { type Scenario, ScenarioRefused, type Stage } from '../../core/scenario.ts';
import { read } from '../../scenarios/parameters.ts';
import { type Said, spokenAmount } from '../../scenarios/spoken.ts';
import { booksAt } from '../../zoho-books/books.ts';
import { makeDue } from '../../zoho-books/make-due.ts';
import { type SubscriptionRow, stripeTables } from '../rows.ts';
import { playSubscription } from '../subscription-acts.ts';
import { personOfTheCompany } from './payer.ts';

const HOSTING = 'Hébergement et suivi';
const DAY = 86_400;

const EXPECT: Said = {
  en: 'Where the payments’ flow makes recurring invoices, it is in Zoho Books, and payments settle what it makes; otherwise each payment is booked with an invoice of its own.',
  fr: 'Si le flux des paiements fait des factures récurrentes, elle est dans Zoho Books et les paiements règlent ce qu’elle produit ; sinon chaque paiement est enregistré avec sa propre facture.',
};

/** The one that is named, or the newest that goes on. */
function chosen(stage: Stage, wanted: string | undefined): SubscriptionRow {
  const all = stripeTables(stage.desk('stripe')).subscriptions.all();
  const found = all.findLast(({ id, status }) => status !== 'canceled' && (wanted ?? id) === id);
  if (!found)
    throw new ScenarioRefused('Stripe has no subscription that goes on. Play “A customer subscribes” first.');
  return found;
}

const nameOf = ({ items }: SubscriptionRow): string => items.data[0]?.price.nickname ?? '';

function eachTime({ items, currency }: SubscriptionRow): Said {
  const minor = items.data.reduce(
    (sum, { price, quantity = 1 }) => sum + (price.unit_amount ?? 0) * quantity,
    0,
  );
  return spokenAmount(minor, currency);
}

const begun = z.strictObject({
  email: z.email().optional(),
  amountMinor: z.number().int().positive().max(99_999_999).optional(),
  currency: z
    .string()
    .regex(/^[A-Za-z]{3}$/)
    .optional(),
  trialDays: z.number().int().positive().max(365).optional(),
});

const subscriptionBegins: Scenario = {
  id: 'subscription-begins',
  titles: { en: 'A customer subscribes', fr: 'Un client s’abonne' },
  parameters: begun,
  description: {
    en: 'Somebody subscribes by the month and pays the first one, or tries it for some days without paying.',
    fr: 'Quelqu’un s’abonne au mois et paie le premier, ou l’essaie quelques jours sans payer.',
  },
  expect: EXPECT,
  async play(stage) {
    const { email, amountMinor = 4_900, currency = 'eur', trialDays } = read(stage, begun);
    const payer = email === undefined ? personOfTheCompany('juliette') : { email, name: email };
    const { subscription, intent } = playSubscription(stage.desk('stripe'), {
      act: 'subscribe',
      ...payer,
      currency,
      items: [{ name: HOSTING, amountMinor, quantity: 1, interval: 'month', every: 1 }],
      ...(trialDays === undefined ? {} : { trialDays }),
    });
    const amount = eachTime(subscription);
    return {
      sentence: {
        en: `${payer.name} subscribed through Stripe: ${amount.en} a month${trialDays === undefined ? '' : ` after ${trialDays} days of trial`}.`,
        fr: `${payer.name} s’est abonné avec Stripe : ${amount.fr} par mois${trialDays === undefined ? '' : ` après ${trialDays} jours d’essai`}.`,
      },
      subscription: subscription.id,
      customer: subscription.customer,
      paymentIntent: intent?.id ?? null,
    };
  },
};

const named = { subscription: z.string().min(1).optional() };
const changed = z.strictObject({
  ...named,
  amountMinor: z.number().int().positive().max(99_999_999).optional(),
  quantity: z.number().int().positive().max(1_000).optional(),
});

const subscriptionChanged: Scenario = {
  id: 'subscription-changed',
  titles: { en: 'A subscription changes', fr: 'Un abonnement change' },
  parameters: changed,
  description: {
    en: 'Its price or its quantity is another one from the next period on; without a wish there is one piece more.',
    fr: 'Son prix ou sa quantité change à partir de la prochaine période ; sans précision, une unité de plus.',
  },
  expect: EXPECT,
  async play(stage) {
    const { subscription: wanted, amountMinor, quantity } = read(stage, changed);
    const before = chosen(stage, wanted);
    const more = (before.items.data[0]?.quantity ?? 1) + 1;
    const wished = quantity ?? (amountMinor === undefined ? more : undefined);
    const { subscription } = playSubscription(stage.desk('stripe'), {
      act: 'change-subscription',
      subscription: before.id,
      prorate: 'none',
      ...(amountMinor === undefined ? {} : { amountMinor }),
      ...(wished === undefined ? {} : { quantity: wished }),
    });
    const [was, is] = [eachTime(before), eachTime(subscription)];
    return {
      sentence: {
        en: `The subscription to ${nameOf(before)} costs ${is.en} instead of ${was.en} from its next period on.`,
        fr: `L’abonnement ${nameOf(before)} coûte ${is.fr} au lieu de ${was.fr} dès sa prochaine période.`,
      },
      subscription: subscription.id,
    };
  },
};

const one = z.strictObject(named);

const subscriptionPaused: Scenario = {
  id: 'subscription-paused',
  titles: { en: 'A subscription is paused, or goes on', fr: 'Un abonnement est suspendu, ou reprend' },
  parameters: one,
  description: {
    en: 'Nobody is charged while it is paused. Played again it goes on.',
    fr: 'Personne n’est débité tant qu’il est suspendu. Joué à nouveau, il reprend.',
  },
  expect: EXPECT,
  async play(stage) {
    const before = chosen(stage, read(stage, one).subscription);
    const isPaused = before.pause_collection !== null;
    const { subscription } = playSubscription(stage.desk('stripe'), {
      act: isPaused ? 'resume-subscription' : 'pause-subscription',
      subscription: before.id,
    });
    return {
      sentence: isPaused
        ? {
            en: `The subscription to ${nameOf(before)} goes on.`,
            fr: `L’abonnement ${nameOf(before)} reprend.`,
          }
        : {
            en: `The subscription to ${nameOf(before)} is paused.`,
            fr: `L’abonnement ${nameOf(before)} est suspendu.`,
          },
      subscription: subscription.id,
      paused: !isPaused,
    };
  },
};

const subscriptionCancelled: Scenario = {
  id: 'subscription-cancelled',
  titles: {
    en: 'A subscription is cancelled at the end of its period',
    fr: 'Un abonnement est résilié à la fin de sa période',
  },
  parameters: one,
  description: {
    en: 'It goes on until its period is over, and ends then. Play “A period of a subscription is over” to see it end.',
    fr: 'Il continue jusqu’à la fin de sa période, puis s’arrête. Jouez « La période d’un abonnement se termine » pour le voir finir.',
  },
  expect: EXPECT,
  async play(stage) {
    const before = chosen(stage, read(stage, one).subscription);
    const { subscription } = playSubscription(stage.desk('stripe'), {
      act: 'cancel-subscription',
      subscription: before.id,
      atEnd: true,
    });
    return {
      sentence: {
        en: `The subscription to ${nameOf(before)} ends with its period.`,
        fr: `L’abonnement ${nameOf(before)} se termine avec sa période.`,
      },
      subscription: subscription.id,
    };
  },
};

const subscriptionRenewed: Scenario = {
  id: 'subscription-renewed',
  titles: { en: 'A period of a subscription is over', fr: 'La période d’un abonnement se termine' },
  parameters: one,
  description: {
    en: 'The day comes: recurring invoices make theirs in Zoho Books, and Stripe takes the payment of the next period. A subscription that was cancelled ends.',
    fr: 'Le jour arrive : les factures récurrentes produisent les leurs dans Zoho Books, et Stripe encaisse la période suivante. Un abonnement résilié se termine.',
  },
  expect: EXPECT,
  async play(stage) {
    const before = chosen(stage, read(stage, one).subscription);
    const end = before.items.data[0]?.current_period_end ?? 0;
    // A day more: an organisation may live where it is tomorrow already.
    const made = makeDue(
      booksAt(stage.desk('zoho-books')),
      new Date((end + DAY) * 1_000).toISOString().slice(0, 10),
    );
    const { subscription, intent } = playSubscription(stage.desk('stripe'), {
      act: 'renew-subscription',
      subscription: before.id,
      declined: false,
    });
    const amount = eachTime(subscription);
    const isOver = subscription.status === 'canceled';
    return {
      sentence: isOver
        ? {
            en: `The subscription to ${nameOf(before)} is over.`,
            fr: `L’abonnement ${nameOf(before)} est terminé.`,
          }
        : {
            en: `The next period of ${nameOf(before)} began: ${amount.en}.`,
            fr: `La période suivante de ${nameOf(before)} a commencé : ${amount.fr}.`,
          },
      subscription: subscription.id,
      invoices: made.map(({ invoice_id: id }) => id),
      paymentIntent: intent?.id ?? null,
    };
  },
};

/** In the order in which the page shows them. */
export const subscriptionScenarios: readonly Scenario[] = [
  subscriptionBegins,
  subscriptionChanged,
  subscriptionPaused,
  subscriptionCancelled,
  subscriptionRenewed,
];
