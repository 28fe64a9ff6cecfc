import { z } from 'zod';
import { disposableField, leadSourceField, lookField, makeField } from '../form-answers/person-settings.ts';

export const portalField = () =>
  z
    .string()
    .trim()
    .max(200)
    .default('')
    .meta({
      titles: { en: 'Portal', fr: 'Portail' },
      hints: {
        en: 'Where the account has several.',
        fr: 'Si le compte en a plusieurs.',
      },
      empty: { en: 'the account’s first', fr: 'le premier du compte' },
      step: 'records',
    });

export const dealsField = () =>
  z
    .enum(['amounts', 'names', 'none'])
    .default('amounts')
    .meta({
      titles: { en: 'Operators see deals', fr: 'Les opérateurs voient les affaires' },
      choices: {
        amounts: { en: 'With stage and amount', fr: 'Avec étape et montant' },
        names: { en: 'With stage, without amount', fr: 'Avec étape, sans montant' },
        none: { en: 'Not at all', fr: 'Pas du tout' },
      },
    });

export const settings = z.object({
  portal: portalField(),
  look: lookField({ en: 'Look for the visitor among', fr: 'Chercher le visiteur parmi' }),
  make: makeField({
    en: 'Whoever leaves neither an e-mail address nor a phone number becomes nothing.',
    fr: 'Qui ne laisse ni adresse e-mail ni numéro de téléphone ne devient rien.',
  }),
  leadSource: leadSourceField(),
  missed: z
    .boolean()
    .default(true)
    .meta({
      titles: { en: 'Take chats that nobody picked up, too', fr: 'Reprendre aussi les chats manqués' },
    }),
  disposable: disposableField(),
  tell: z
    .boolean()
    .default(true)
    .meta({
      titles: {
        en: 'Tell the operator who writes, when a chat begins',
        fr: 'Dire à l’opérateur qui écrit, quand un chat commence',
      },
      hints: {
        en: 'Lead or contact, of whom, with which deals: beside the chat, where the visitor does not see it.',
        fr: 'Prospect ou contact, de qui, avec quelles affaires\u00a0: à côté du chat, là où le visiteur ne le voit pas.',
      },
    }),
  deals: dealsField(),
});

export type Settings = z.output<typeof settings>;
