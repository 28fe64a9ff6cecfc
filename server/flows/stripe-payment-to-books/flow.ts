import { z } from 'zod';
import { accountSetting } from '../../connectors/zoho-books/booking/account-setting.ts';
import { isInBooks } from '../../connectors/zoho-books/booking/customer-failures.ts';
import { feeAccountSetting, feeSettings } from '../../connectors/zoho-books/booking/fee-settings.ts';
import { creditedKey } from '../../connectors/zoho-books/booking/give-back.ts';
import { spentKey } from '../../connectors/zoho-books/booking/record-fee.ts';
import { moneyAccountSetting, refundSettings } from '../../connectors/zoho-books/booking/refund-settings.ts';
import { transferKey } from '../../connectors/zoho-books/booking/transfer-money.ts';
import { defineAutomation, type Outcome } from '../../core/flow.ts';
import { bookPayments } from './book-payments.ts';
import { carryCustomersDiscount } from './carry-customers-discount.ts';
import { disputeAccounts } from './carry-disputes.ts';
import { carryPayout, payoutLinks } from './carry-payout.ts';
import { carrySubscription } from './carry-subscription.ts';
import { isChildSettled } from './child-invoice.ts';
import { ALL_TOPICS, topicsFor } from './heard-topics.ts';
import { keys } from './keys.ts';
import { lookForLost, standingReachMs } from './look-for-lost.ts';
import { noteDisputes } from './note-disputes.ts';
import { noteFee } from './note-fee.ts';
import { noteRefunds } from './note-refunds.ts';
import { paymentFilter } from './payment-filter.ts';
import { steps } from './steps.ts';
import { recordOf } from './topics.ts';
import { paymentTrial } from './try-payment.ts';

const settings = z.object({
  noteInCrm: z
    .boolean()
    .default(true)
    .meta({
      titles: { en: 'Note the payment on the CRM contact', fr: 'Inscrire le paiement sur le contact CRM' },
      hints: {
        en: 'A note with the amount and the invoice number, on the contact with the same e-mail.',
        fr: 'Une note avec le montant et le numéro de facture, sur le contact qui a le même e-mail.',
      },
    }),
  paymentMode: z
    .enum(['Stripe', 'Credit Card', 'Bank Transfer', 'Cash', 'Others'])
    .default('Stripe')
    .meta({ titles: { en: 'Payment mode in Books', fr: 'Mode de règlement dans Books' } }),
  lines: z
    .boolean()
    .default(false)
    .meta({
      titles: {
        en: 'Take over the lines of Stripe’s invoices',
        fr: 'Reprendre les lignes des factures Stripe',
      },
      hints: {
        en: 'With taxes and discounts, where one payment paid the whole invoice. The sum is what was paid. Otherwise an invoice has one line.',
        fr: 'Avec taxes et remises, si un seul paiement a payé toute la facture. La somme est ce qui a été payé. Sinon une facture a une seule ligne.',
      },
    }),
  settles: z
    .enum(['none', 'named', 'asked'])
    .default('none')
    .meta({
      titles: {
        en: 'Payments of an invoice that Books sent',
        fr: 'Paiements d’une facture envoyée par Books',
      },
      hints: {
        en: 'The number is looked for in the payment’s metadata (invoice_number), then in its description. What does not fit waits on the shelf and is never guessed.',
        fr: 'Le numéro est cherché dans les métadonnées du paiement (invoice_number), puis dans sa description. Ce qui ne correspond pas attend de côté et n’est jamais deviné.',
      },
      choices: {
        none: { en: 'A new invoice for every payment', fr: 'Une nouvelle facture pour chaque paiement' },
        named: {
          en: 'Settle the invoice whose number the payment names',
          fr: 'Régler la facture dont le paiement donne le numéro',
        },
        asked: {
          en: 'The same, and ask where an open invoice of the customer has the same amount',
          fr: 'De même, et demander si une facture ouverte du client a le même montant',
        },
      },
    }),
  subscriptions: z
    .enum(['invoices', 'profiles'])
    .default('invoices')
    .meta({
      titles: { en: 'Subscriptions', fr: 'Abonnements' },
      hints: {
        en: 'A recurring invoice makes its invoices in Books by itself, and payments settle these: none is made of a payment then. Choose in Books, under Settings, Recurring Invoices, that they are created as drafts, or Books sends what Stripe sent already. Changed back, each is stopped with its next payment; what it made stays.',
        fr: 'Une facture récurrente fait ses factures dans Books toute seule, et les paiements règlent celles-ci : aucune n’est alors faite d’un paiement. Choisissez dans Books, sous Paramètres, Factures récurrentes, de les créer comme brouillons, sinon Books envoie ce que Stripe a déjà envoyé. Au retour à l’autre choix, chacune est arrêtée à son prochain paiement ; ce qu’elle a fait reste.',
      },
      choices: {
        invoices: {
          en: 'One invoice for each that Stripe issues and is paid',
          fr: 'Une facture pour chacune que Stripe émet et qui est payée',
        },
        profiles: {
          en: 'A recurring invoice in Books that follows the subscription',
          fr: 'Une facture récurrente dans Books qui suit l’abonnement',
        },
      },
    }),
  standing: z
    .enum(['new', 'all'])
    .default('new')
    .meta({
      titles: { en: 'Recurring invoices are made of', fr: 'Les factures récurrentes concernent' },
      hints: {
        en: 'Those that stand begin with their next period: the one that they are in is booked already.',
        fr: 'Les abonnements en cours commencent à leur prochaine période : celle en cours est déjà enregistrée.',
      },
      choices: {
        new: { en: 'Subscriptions that begin from now on', fr: 'Les abonnements qui commencent désormais' },
        all: { en: 'Those that stand as well', fr: 'Aussi ceux en cours' },
      },
    }),
  ...refundSettings,
  disputes: z
    .enum(['comment', 'transfer'])
    .default('comment')
    .meta({
      titles: { en: 'What disputes become in Books', fr: 'Ce que deviennent les litiges dans Books' },
      hints: {
        en: 'Each is noted on its invoice. Money that Stripe withdraws can go to an account of its own, with the fee, on the day on which it moved; won, it comes back; lost, your accountant writes it off there. Disputes whose money is noted already stay comments.',
        fr: 'Chacun est inscrit sur sa facture. L’argent que Stripe retire peut passer sur un compte à part, frais compris, au jour du mouvement\u00a0; gagné, il en revient\u00a0; perdu, votre comptable l’y passe en perte. Les litiges dont l’argent est déjà inscrit restent des commentaires.',
      },
      choices: {
        comment: { en: 'Comments on the invoice', fr: 'Des commentaires sur la facture' },
        transfer: {
          en: 'Comments, and a transfer for each movement of their money',
          fr: 'Des commentaires, et un virement par mouvement de leur argent',
        },
      },
    }),
  disputed: z
    .string()
    .trim()
    .max(50)
    .default('')
    .meta({
      titles: { en: 'Account in Books of disputed money', fr: 'Compte Books des paiements contestés' },
      hints: {
        en: 'Where it lies while nobody knows whose it is: mostly a clearing account of its own.',
        fr: 'Là où il reste tant que personne ne sait à qui il est\u00a0: le plus souvent un compte d’attente dédié.',
      },
      empty: { en: 'not chosen', fr: 'non choisi' },
    }),
  ...feeSettings,
  payouts: z
    .boolean()
    .default(false)
    .meta({
      titles: {
        en: 'Record payouts as transfers to the bank',
        fr: 'Enregistrer les virements vers la banque',
      },
      hints: {
        en: 'From the account that the money is in, once for each payout, and back where it failed.',
        fr: 'Depuis le compte où se trouve l’argent, une fois par virement, et retour s’il a échoué.',
      },
    }),
  bank: z
    .string()
    .trim()
    .max(50)
    .default('')
    .meta({
      titles: { en: 'Account in Books of the bank', fr: 'Compte Books de la banque' },
      hints: { en: 'Where payouts arrive.', fr: 'Là où arrivent les virements.' },
      empty: { en: 'not chosen', fr: 'non choisi' },
    }),
});

export type Settings = z.output<typeof settings>;

/** Where payouts arrive. */
const bankSetting = accountSetting<Settings>({
  kind: 'money',
  value: ({ bank }) => bank,
  needed: ({ payouts }) =>
    payouts
      ? {
          en: 'Choose the account that payouts arrive in.',
          fr: 'Choisissez le compte où arrivent les virements.',
        }
      : null,
});

/** Where disputed money lies. */
const disputedSetting = accountSetting<Settings>({
  kind: 'money',
  value: ({ disputed }) => disputed,
  needed: ({ disputes }) =>
    disputes === 'transfer'
      ? {
          en: 'Choose the account that disputed money goes to.',
          fr: 'Choisissez le compte où passe l’argent contesté.',
        }
      : null,
});

export const stripePaymentToBooks = defineAutomation({
  kind: 'automation',
  id: 'stripe-payment-to-books',
  titles: { en: 'Stripe payments to Zoho Books', fr: 'Paiements Stripe vers Zoho Books' },
  direction: {
    en: 'When a payment succeeds in Stripe, Zoho Books gets the customer (found by e-mail, or created), an invoice and its payment, and the CRM contact shows it.',
    fr: 'Quand un paiement Stripe aboutit, Zoho Books reçoit le client (retrouvé par e-mail, ou créé), une facture et son règlement, et le contact CRM l’affiche.',
  },
  native: {
    en: 'Zoho Books offers Stripe as a payment gateway: use it when customers pay invoices that Books itself sent. This flow is for payments that begin in Stripe (checkout, subscriptions, payment links).',
    fr: 'Zoho Books propose Stripe comme passerelle de paiement\u00a0: utilisez-la si les clients paient des factures envoyées par Books. Ce flux concerne les paiements nés dans Stripe (checkout, abonnements, liens de paiement).',
  },
  purpose: 'payments',
  nativePage: 'https://www.zoho.com/books/help/online-payments/stripe.html',
  roles: {
    source: { connector: 'stripe' },
    target: { connector: 'zoho-books' },
    note: { connector: 'zoho-crm', optional: true },
  },
  settings,
  vendorSettings: {
    account: moneyAccountSetting<Settings>(),
    feeAccount: feeAccountSetting<Settings>(),
    bank: bankSetting,
    disputed: disputedSetting,
  },
  trigger: {
    kind: 'event',
    connector: 'stripe',
    topics: ALL_TOPICS,
    topicsOf: topicsFor,
    listensTo: topicsFor,
    coalesce: false,
    record: recordOf,
    reachMs: standingReachMs,
    sweep: {
      everySeconds: 60,
      recognisedBy: 'event',
      look: lookForLost,
    },
  },
  filter: paymentFilter,
  trial: paymentTrial,
  steps,
  isThere: async (what, { client }) =>
    (await isChildSettled(what, client)) ?? (await isInBooks(what, { client })),
  booking: {
    payment: keys.booked,
    credit: creditedKey,
    transfer: transferKey,
    accounts: disputeAccounts,
    fees: {
      due: keys.feeDue,
      done: keys.feeDone,
      expense: spentKey,
      isWished: ({ fees }) => fees !== 'none',
    },
    payouts: payoutLinks,
  },
  run(context): Promise<Outcome> {
    const { topic } = context.event;
    if (topic.startsWith('customer.subscription.')) return carrySubscription(context);
    if (topic.startsWith('customer.discount.')) return carryCustomersDiscount(context);
    if (topic.startsWith('payout.')) return carryPayout(context);
    if (topic === 'charge.updated') return noteFee(context);
    if (topic.includes('dispute')) return noteDisputes(context);
    return topic.includes('refund') ? noteRefunds(context) : bookPayments(context);
  },
});
