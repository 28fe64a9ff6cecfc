import type { Meaning } from '../../kit/failures.ts';

interface Rule extends Meaning {
  /** In the title or the detail of a problem, or in the error of one member of a batch. */
  readonly pattern: RegExp;
}

/**
 * What Mailchimp refuses members for, by its words: batches carry no code for it.
 * https://mailchimp.com/developer/marketing/docs/errors/
 */
const RULES: readonly Rule[] = [
  {
    pattern: /compliance state/i,
    kind: 'rejected',
    sentence: {
      en: 'This person unsubscribed in Mailchimp, or their address bounces. Only they can subscribe again: Liaison leaves them out.',
      fr: 'Cette personne s’est désabonnée dans Mailchimp, ou son adresse est en erreur. Elle seule peut se réabonner\u00a0: Liaison l’écarte.',
    },
  },
  {
    pattern: /forgotten email|permanently deleted/i,
    kind: 'rejected',
    sentence: {
      en: 'This person’s data was deleted for good in Mailchimp. Only they can come back, by a sign-up form.',
      fr: 'Les données de cette personne ont été supprimées définitivement dans Mailchimp. Elle seule peut revenir, par un formulaire.',
    },
  },
  {
    pattern: /lot of lists very recently|not allowing more signups/i,
    kind: 'retry-later',
    sentence: {
      en: 'Mailchimp takes no more sign-ups of this address for now. Nothing to do: Liaison tries again later.',
      fr: 'Mailchimp n’accepte plus d’inscription de cette adresse pour le moment. Rien à faire\u00a0: Liaison réessaiera.',
    },
  },
  {
    pattern: /fake or invalid|valid email address|domain portion of the email/i,
    kind: 'rejected',
    sentence: {
      en: 'Mailchimp does not take this e-mail address. Correct it in the record, then retry.',
      fr: 'Mailchimp n’accepte pas cette adresse e-mail. Corrigez-la dans la fiche, puis relancez.',
    },
  },
  {
    // Of a stored address too, whatever else is changed.
    pattern: /complete address/i,
    kind: 'rejected',
    sentence: {
      en: 'The postal address of this person is incomplete in Mailchimp, which takes no change of them until it is complete or empty. Complete or empty it there, then retry.',
      fr: 'L’adresse postale de cette personne est incomplète dans Mailchimp, qui n’accepte aucune modification avant qu’elle soit complète ou vide. Complétez-la ou videz-la là-bas, puis relancez.',
    },
  },
  {
    pattern: /merge fields were invalid/i,
    kind: 'rejected',
    sentence: {
      en: 'A field has a value that Mailchimp does not take. Correct the record or the audience’s fields, then retry.',
      fr: 'Un champ a une valeur que Mailchimp n’accepte pas. Corrigez la fiche ou les champs de l’audience, puis relancez.',
    },
  },
  {
    pattern: /already a list member|member exists/i,
    kind: 'rejected',
    sentence: {
      en: 'Another person of the audience has this e-mail address. Merge the two, or correct the address, then retry.',
      fr: 'Une autre personne de l’audience a cette adresse e-mail. Fusionnez les deux, ou corrigez l’adresse, puis relancez.',
    },
  },
];

/** What a refusal of Mailchimp's means, or null when its words are none that Liaison knows. */
export function refusalOf(words: string): Meaning | null {
  return RULES.find(({ pattern }) => pattern.test(words)) ?? null;
}
