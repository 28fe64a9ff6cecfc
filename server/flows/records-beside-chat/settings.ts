import { z } from 'zod';
import { dealsField } from '../chat-notes/settings.ts';

export const settings = z.object({
  portal: z
    .string()
    .trim()
    .max(200)
    .default('')
    .meta({
      titles: { en: 'Portal', fr: 'Portail' },
      hints: {
        en: 'Whose operators see what the CRM knows of a visitor.',
        fr: 'Celui dont les opérateurs voient ce que le CRM sait d’un visiteur.',
      },
      empty: { en: 'not chosen yet', fr: 'pas encore choisi' },
      step: 'records',
    }),
  of: z
    .enum(['all', 'leads', 'contacts'])
    .default('all')
    .meta({
      titles: { en: 'When these change', fr: 'Quand ceci change' },
      hints: {
        en: 'Whoever has an address in common: the contact goes before the lead, with the deals of the contact.',
        fr: 'Pour une adresse commune, le contact passe avant le prospect, avec les affaires du contact.',
      },
      step: 'records',
      choices: {
        all: { en: 'Leads, contacts and deals', fr: 'Prospects, contacts et affaires' },
        leads: { en: 'Leads', fr: 'Prospects' },
        contacts: { en: 'Contacts and deals', fr: 'Contacts et affaires' },
      },
    }),
  deals: dealsField(),
});

export type Settings = z.output<typeof settings>;
