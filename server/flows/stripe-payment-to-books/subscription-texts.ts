import { LiaisonError } from '../../core/errors.ts';
import { formatMoney, type Money } from '../../core/money.ts';
import { languageOf, type Sentence } from '../../core/sentence.ts';
import type { NoProfile } from '../../core/subscription/profile.ts';
import type { Beside } from '../../core/subscription/subscription.ts';

/** Why a subscription has no recurring invoice. Its payments are booked as an invoice each. */
export const WHY_NONE: Readonly<Record<NoProfile, Sentence>> = {
  rhythms: {
    en: 'Its items are charged at different intervals, and a recurring invoice in Zoho Books has one.',
    fr: 'Ses éléments sont facturés à des intervalles différents, et une facture récurrente de Zoho Books n’en a qu’un.',
  },
  usage: {
    en: 'It is charged by what was used, which a recurring invoice cannot know.',
    fr: 'Il est facturé selon la consommation, qu’une facture récurrente ne peut pas connaître.',
  },
  tiers: {
    en: 'Its price goes by steps of the quantity, which a recurring invoice cannot say.',
    fr: 'Son prix va par paliers de quantité, ce qu’une facture récurrente ne sait pas dire.',
  },
  amounts: {
    en: 'Stripe does not say what it costs each time.',
    fr: 'Stripe ne dit pas ce qu’il coûte à chaque fois.',
  },
  empty: { en: 'It charges for nothing.', fr: 'Il ne facture rien.' },
  free: { en: 'It costs nothing.', fr: 'Il ne coûte rien.' },
};

const BY_INVOICES: Sentence = {
  en: 'Its payments are booked as an invoice each.',
  fr: 'Ses paiements sont enregistrés avec une facture chacun.',
};

export const noProfile = (why: NoProfile): LiaisonError =>
  new LiaisonError('rejected', { field: 'subscription', sentence: joined(WHY_NONE[why], BY_INVOICES) });

export const withoutProfile = (why: NoProfile): Sentence => joined(WHY_NONE[why], BY_INVOICES);

const joined = (one: Sentence, other: Sentence): Sentence => ({
  en: `${one.en} ${other.en}`,
  fr: `${one.fr} ${other.fr}`,
});

/** What else Stripe charges, so that a payment may differ from the invoice that Books makes. */
export const BESIDE: Readonly<Record<Beside, Sentence>> = {
  discount: {
    en: ' A discount of which Stripe does not say enough is not in it: a payment that differs from the invoice waits on the shelf.',
    fr: ' Une remise dont Stripe ne dit pas assez n’y figure pas\u00a0: un paiement qui diffère de la facture attend de côté.',
  },
  tax: {
    en: ' The tax that Stripe counts by itself is not in it: a payment that differs from the invoice waits on the shelf.',
    fr: ' La taxe que Stripe calcule lui-même n’y figure pas\u00a0: un paiement qui diffère de la facture attend de côté.',
  },
};

/** The discounts that its lines were reduced by. */
export function reducedBy(money: Money): Sentence {
  const [en, fr] = [formatMoney(money, 'en-GB'), formatMoney(money, 'fr-FR')];
  return {
    en: ` Its discount of ${en} is taken off its lines.`,
    fr: ` Sa remise de ${fr} est déduite de ses lignes.`,
  };
}

/** One of them is of the next charge alone. */
export const REDUCED_ONCE: Sentence = {
  en: ' It is reduced for the next charge alone, and takes the amount that follows once that invoice is made.',
  fr: ' Elle n’est réduite que pour le prochain prélèvement, et prend le montant suivant dès que cette facture est faite.',
};

/** The profile begins with the next period. */
export const FIRST_APART: Sentence = {
  en: ' The period under way came to another amount, which a recurring invoice cannot hold: it is booked by the invoice that Stripe issued.',
  fr: ' La période en cours revient à un autre montant, qu’une facture récurrente ne peut pas porter\u00a0: elle est enregistrée d’après la facture que Stripe a émise.',
};

/** The period under way was charged the amount before, and Books has not made its invoice yet. */
export const amountFollows = (what: string, day: string): LiaisonError =>
  new LiaisonError('rejected', {
    field: 'invoice',
    waitsFor: what,
    sentence: {
      en: `The amount changes, and the recurring invoice in Zoho Books has not made the last invoice of the amount before yet, of ${day}. The new amount is carried by itself once it is there.`,
      fr: `Le montant change, et la facture récurrente de Zoho Books n’a pas encore fait la dernière facture au montant d’avant, du ${day}. Le nouveau montant est reporté tout seul dès qu’elle est là.`,
    },
  });

/** What a line is called of which Stripe says no name. */
export const subscriptionWord = (locale: string): string =>
  languageOf(locale) === 'fr' ? 'Abonnement' : 'Subscription';

/** The recurring invoice will make the one that a payment settles, and has not yet. @param what by which it is looked for. */
export const notMadeYet = (what: string, day: string): LiaisonError =>
  new LiaisonError('rejected', {
    field: 'invoice',
    waitsFor: what,
    sentence: {
      en: `The recurring invoice in Zoho Books has not made the invoice of ${day} yet. The payment goes on by itself once it is there.`,
      fr: `La facture récurrente de Zoho Books n’a pas encore fait la facture du ${day}. Le paiement reprend tout seul dès qu’elle est là.`,
    },
  });

/** An invoice of the recurring one that comes to another amount than what was paid. */
export const otherAmount = (number: string, paid: Sentence, open: string): LiaisonError =>
  new LiaisonError('rejected', {
    field: 'amount',
    sentence: {
      en: `${paid.en} was paid for this period, and the invoice ${number} of the recurring one leaves ${open} to pay: Stripe charged a change, a discount or a tax that Zoho Books does not know. Correct the invoice there to what was paid, then replay.`,
      fr: `${paid.fr} ont été payés pour cette période, et la facture ${number} de la récurrente laisse ${open} à payer\u00a0: Stripe a facturé un changement, une remise ou une taxe que Zoho Books ignore. Corrigez-y la facture au montant payé, puis rejouez.`,
    },
  });

/** Somebody recorded a payment of it by hand. */
export const paidByHand = (number: string): LiaisonError =>
  new LiaisonError('rejected', {
    field: 'invoice',
    sentence: {
      en: `The invoice ${number} of this period is paid in Zoho Books already, by a payment that Liaison did not record. If it is the same money, there is nothing to do: discard this. Otherwise delete that payment there, then replay.`,
      fr: `La facture ${number} de cette période est déjà réglée dans Zoho Books, par un règlement que Liaison n’a pas enregistré. Si c’est le même argent, il n’y a rien à faire\u00a0: écartez ceci. Sinon supprimez-y ce règlement, puis rejouez.`,
    },
  });
