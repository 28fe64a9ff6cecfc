import { z } from 'zod';

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
  look: z
    .enum(['both', 'contacts', 'leads'])
    .default('both')
    .meta({
      titles: { en: 'Look for the visitor among', fr: 'Chercher le visiteur parmi' },
      hints: {
        en: 'By the e-mail address; without one, by the phone number and the name.',
        fr: 'Par l’adresse e-mail\u00a0; sans elle, par le numéro de téléphone et le nom.',
      },
      choices: {
        both: { en: 'The contacts, then the leads', fr: 'Les contacts, puis les prospects' },
        contacts: { en: 'The contacts', fr: 'Les contacts' },
        leads: { en: 'The leads', fr: 'Les prospects' },
      },
    }),
  make: z
    .enum(['lead', 'contact', 'nothing'])
    .default('lead')
    .meta({
      titles: { en: 'Who is found nowhere becomes', fr: 'Qui n’est trouvé nulle part devient' },
      hints: {
        en: 'Whoever leaves neither an e-mail address nor a phone number becomes nothing.',
        fr: 'Qui ne laisse ni adresse e-mail ni numéro de téléphone ne devient rien.',
      },
      choices: {
        lead: { en: 'A lead', fr: 'Un prospect' },
        contact: { en: 'A contact', fr: 'Un contact' },
        nothing: { en: 'Nothing', fr: 'Rien' },
      },
    }),
  leadSource: z
    .string()
    .trim()
    .max(100)
    .default('')
    .meta({
      titles: { en: 'Lead source of new records', fr: 'Origine des nouvelles fiches' },
      empty: { en: 'as the CRM sets it', fr: 'celle du CRM' },
    }),
  missed: z
    .boolean()
    .default(true)
    .meta({
      titles: { en: 'Take chats that nobody picked up, too', fr: 'Reprendre aussi les chats manqués' },
    }),
  disposable: z
    .boolean()
    .default(false)
    .meta({
      titles: {
        en: 'Leave out disposable e-mail addresses',
        fr: 'Laisser de côté les adresses e-mail jetables',
      },
    }),
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
