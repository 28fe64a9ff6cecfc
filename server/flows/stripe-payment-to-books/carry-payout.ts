import { stripe } from '../../connectors/stripe/connector.ts';
import { announcedAt, carriedBy } from '../../connectors/stripe/event-object.ts';
import { type Payout, payoutFrom } from '../../connectors/stripe/shapes.ts';
import {
  isTransferred,
  type Transfer,
  transferKey,
  transferMoney,
} from '../../connectors/zoho-books/booking/transfer-money.ts';
import { dayIn } from '../../core/day-in.ts';
import { LiaisonError } from '../../core/errors.ts';
import type { Outcome, PayoutAccounts } from '../../core/flow.ts';
import type { Money } from '../../core/money.ts';
import { isByHand } from '../../core/reconciliation/told-again.ts';
import type { Settings } from './flow.ts';
import { keys } from './keys.ts';
import type { Context } from './steps.ts';
import { aboutMoney, payoutText } from './texts.ts';

/** By what a payout that failed is found. */
const failedReference = (id: string): string => `${id} failed`;

/** How Money finds what payouts became. */
export const payoutLinks = {
  there: (id: string): string => transferKey(id),
  back: (id: string): string => transferKey(failedReference(id)),
  between: keys.paidOut,
  accounts(made: string): PayoutAccounts | null {
    const [money = '', bank = ''] = made.split(' ');
    return money === '' || bank === '' ? null : { money, bank };
  },
  isWished: ({ payouts }: Settings): boolean => payouts,
  accountsOf: ({ account, bank }: Settings): PayoutAccounts | null =>
    account === '' || bank === '' || account === bank ? null : { money: account, bank },
};

/**
 * Money that Stripe sent to the bank is a transfer from the account of the money to the bank's, and back again where it
 * failed. What counts is how the payout stands by now, whatever an event still tells.
 */
export async function carryPayout(context: Context): Promise<Outcome> {
  const { event, client, read, label, exclusively } = context;
  const carried = carriedBy(event);
  const payout = await read('payout', async (): Promise<Payout> => {
    const current = payoutFrom(await client(stripe).payout(String(carried.id ?? ''))) ?? payoutFrom(carried);
    if (current === null) throw notUnderstood();
    return current;
  });
  const money = { minor: Math.abs(payout.amountMinor), currency: payout.currency };
  label(
    aboutMoney(
      money,
      (amount) => `Payout of ${amount}`,
      (amount) => `Virement de ${amount}`,
    ),
  );
  if (payout.status === 'pending' || money.minor === 0)
    return {
      state: 'skipped',
      summary: {
        en: 'The payout is not at the bank yet: it is recorded when it is.',
        fr: 'Le virement n’est pas encore à la banque\u00a0: il sera enregistré quand il y sera.',
      },
    };
  return exclusively(keys.payout(payout.id), () =>
    payout.status === 'paid' ? there(context, payout, money) : back(context, payout, money),
  );
}

async function there(context: Context, payout: Payout, money: Money): Promise<Outcome> {
  const accounts = payoutLinks.accountsOf(context.settings);
  if (accounts === null) throw noAccounts();
  const isNew = await transferMoney(context, transferOf(context, payout, money, accounts, false));
  await context.link(keys.paidOut(payout.id), `${accounts.money} ${accounts.bank}`);
  return outcome(isNew, money, 'is in the bank’s account', 'est sur le compte de la banque');
}

async function back(context: Context, payout: Payout, money: Money): Promise<Outcome> {
  const { settings, read, linked } = context;
  const { id: reference } = payout;
  // Back where it came from, whatever is set by now.
  const before = payoutLinks.accounts((await linked(keys.paidOut(reference))) ?? '');
  const { money: account, bank } = before ?? { money: settings.account, bank: settings.bank };
  const fromId = payout.amountMinor > 0 ? account : bank;
  if (!(await read('transferred', () => isTransferred(context, { reference, fromId }))))
    return {
      state: 'skipped',
      summary: {
        en: 'The payout failed, and no transfer of it stands in Zoho Books: nothing to do.',
        fr: 'Le virement a échoué, et Zoho Books n’en a aucune trace\u00a0: rien à faire.',
      },
    };
  const accounts = before ?? payoutLinks.accountsOf(settings);
  if (accounts === null) throw noAccounts();
  const isNew = await transferMoney(context, transferOf(context, payout, money, accounts, true));
  return outcome(
    isNew,
    money,
    'failed and is back in its account',
    'a échoué et est de retour sur son compte',
  );
}

function outcome(isNew: boolean, money: Money, en: string, fr: string): Outcome {
  const before = isNew ? { en: '', fr: '' } : { en: 'Already recorded: ', fr: 'Déjà enregistré\u00a0: ' };
  return {
    state: isNew ? 'done' : 'skipped',
    summary: aboutMoney(
      money,
      (amount) => `${before.en}${isNew ? 'The' : 'the'} payout of ${amount} ${en}.`,
      (amount) => `${before.fr}${isNew ? 'Le' : 'le'} virement de ${amount} ${fr}.`,
    ),
  };
}

/** What is below zero is taken from the bank; what failed goes the other way. */
function transferOf(
  { organisation, event }: Context,
  payout: Payout,
  money: Money,
  { money: account, bank }: PayoutAccounts,
  failed: boolean,
): Transfer {
  const toBank = payout.amountMinor > 0 !== failed;
  const at = announcedAt(event) ?? event.receivedAt.toISOString();
  return {
    fromId: toBank ? account : bank,
    toId: toBank ? bank : account,
    money,
    date: failed ? dayIn(organisation.timeZone, at) : payout.day,
    reference: failed ? failedReference(payout.id) : payout.id,
    description: payoutText(payout.id, failed ? payout.failure : null, organisation.locale),
    isAgain: isByHand(event.body),
  };
}

function notUnderstood(): LiaisonError {
  return new LiaisonError('rejected', {
    sentence: {
      en: 'The event carries no payout that Liaison understands. Send us the run.',
      fr: 'L’événement ne porte aucun virement que Liaison comprenne. Envoyez-nous l’exécution.',
    },
  });
}

function noAccounts(): LiaisonError {
  return new LiaisonError('rejected', {
    field: 'bank',
    sentence: {
      en: 'A payout goes from the account of the money to another one, the bank’s. Choose both in the settings of this integration, then replay.',
      fr: 'Un virement va du compte de l’argent à un autre, celui de la banque. Choisissez les deux dans les réglages de cette intégration, puis rejouez.',
    },
  });
}
