import { z } from 'zod';
import type { VendorSetting } from '../../../core/flow.ts';
import { accountSetting } from './account-setting.ts';

/** What becomes of money that went back, and which account it is in: for every flow that books. */
export const refundSettings = {
  refunds: z
    .enum(['comment', 'creditNote', 'refund'])
    .default('comment')
    .meta({
      titles: { en: 'What refunds become in Books', fr: 'Ce que deviennent les remboursements dans Books' },
      hints: {
        en: 'Each once. The invoice stays as it was sent. Refunds that are noted already stay comments.',
        fr: 'Chacun une fois. La facture reste telle qu’envoyée. Les remboursements déjà inscrits restent des commentaires.',
      },
      choices: {
        comment: { en: 'A comment on the invoice', fr: 'Un commentaire sur la facture' },
        creditNote: {
          en: 'A credit note, which your accountant settles',
          fr: 'Un avoir, que votre comptable solde',
        },
        refund: {
          en: 'A credit note, and the refund paid from the account below',
          fr: 'Un avoir, et son remboursement payé depuis le compte ci-dessous',
        },
      },
    }),
  account: z
    .string()
    .trim()
    .max(50)
    .default('')
    .meta({
      titles: { en: 'Account in Books that the money is in', fr: 'Compte Books où se trouve l’argent' },
      hints: {
        en: 'Payments come into it and refunds leave it: mostly a clearing account of its own.',
        fr: 'Les règlements y arrivent et les remboursements en partent\u00a0: le plus souvent un compte d’attente dédié.',
      },
      empty: { en: 'the one that Books takes by itself', fr: 'celui que Books prend de lui-même' },
    }),
};

/** What has to be known of settings to say whether an account must be chosen. */
interface Wishes {
  readonly refunds: 'comment' | 'creditNote' | 'refund';
  readonly account: string;
  readonly fees?: 'none' | 'bankCharges' | 'expense';
  readonly payouts?: boolean;
  readonly disputes?: 'comment' | 'transfer';
}

export const moneyAccountSetting = <Settings extends Wishes>(): VendorSetting<Settings> =>
  accountSetting({
    kind: 'money',
    value: ({ account }) => account,
    needed: ({ refunds, fees, payouts, disputes }) =>
      refunds === 'refund' || fees === 'expense' || payouts === true || disputes === 'transfer'
        ? {
            en: 'Choose the account that the money is in: refunds, fees, payouts and disputed money leave it.',
            fr: 'Choisissez le compte où se trouve l’argent\u00a0: remboursements, frais, virements et argent contesté en partent.',
          }
        : null,
  });
