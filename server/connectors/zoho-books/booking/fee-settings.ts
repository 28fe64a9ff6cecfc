import { z } from 'zod';
import type { VendorSetting } from '../../../core/flow.ts';
import { accountSetting } from './account-setting.ts';

/** What becomes of what a payment provider keeps. */
export const feeSettings = {
  fees: z
    .enum(['none', 'bankCharges', 'expense'])
    .default('none')
    .meta({
      titles: { en: 'What fees become in Books', fr: 'Ce que deviennent les frais dans Books' },
      hints: {
        en: 'Of payments that are booked from now on. A fee that is told later is recorded when it is. One in another currency than its payment is always an expense.',
        fr: 'Pour les paiements enregistrés à partir de maintenant. Des frais connus plus tard sont enregistrés alors. Dans une autre devise que le paiement, ils sont toujours une dépense.',
      },
      choices: {
        none: { en: 'Nothing', fr: 'Rien' },
        bankCharges: { en: 'Bank charges of the payment', fr: 'Des frais bancaires du règlement' },
        expense: {
          en: 'An expense, paid from the account of the money',
          fr: 'Une dépense, payée depuis le compte de l’argent',
        },
      },
    }),
  feeAccount: z
    .string()
    .trim()
    .max(50)
    .default('')
    .meta({
      titles: { en: 'Account in Books of the fees', fr: 'Compte Books des frais' },
      hints: {
        en: 'Where fees stand that become an expense.',
        fr: 'Là où vont les frais qui deviennent une dépense.',
      },
      empty: { en: 'not chosen', fr: 'non choisi' },
    }),
};

interface Wishes {
  readonly fees: 'none' | 'bankCharges' | 'expense';
  readonly feeAccount: string;
}

export const feeAccountSetting = <Settings extends Wishes>(): VendorSetting<Settings> =>
  accountSetting({
    kind: 'costs',
    value: ({ feeAccount }) => feeAccount,
    needed: ({ fees }) =>
      fees === 'expense'
        ? {
            en: 'Choose the account that fees stand in.',
            fr: 'Choisissez le compte où vont les frais.',
          }
        : null,
  });
