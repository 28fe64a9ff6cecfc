import { z } from 'zod';
import type { Sentence } from '../../core/sentence.ts';

/** Settings of every flow that takes somebody who wrote of their own accord to the CRM. */

/** @param titles who is looked for. */
export const lookField = (titles: Sentence) =>
  z
    .enum(['both', 'contacts', 'leads'])
    .default('both')
    .meta({
      titles,
      hints: {
        en: 'By the e-mail address; without one, by the phone number and the name.',
        fr: 'Par l’adresse e-mail\u00a0; sans elle, par le numéro de téléphone et le nom.',
      },
      choices: {
        both: { en: 'The contacts, then the leads', fr: 'Les contacts, puis les prospects' },
        contacts: { en: 'The contacts', fr: 'Les contacts' },
        leads: { en: 'The leads', fr: 'Les prospects' },
      },
    });

/** @param hints who becomes nothing all the same. */
export const makeField = (hints?: Sentence) =>
  z
    .enum(['lead', 'contact', 'nothing'])
    .default('lead')
    .meta({
      titles: { en: 'Who is found nowhere becomes', fr: 'Qui n’est trouvé nulle part devient' },
      ...(hints === undefined ? {} : { hints }),
      choices: {
        lead: { en: 'A lead', fr: 'Un prospect' },
        contact: { en: 'A contact', fr: 'Un contact' },
        nothing: { en: 'Nothing', fr: 'Rien' },
      },
    });

export const leadSourceField = () =>
  z
    .string()
    .trim()
    .max(100)
    .default('')
    .meta({
      titles: { en: 'Lead source of new records', fr: 'Origine des nouvelles fiches' },
      empty: { en: 'as the CRM sets it', fr: 'celle du CRM' },
    });

export const disposableField = () =>
  z
    .boolean()
    .default(false)
    .meta({
      titles: {
        en: 'Leave out disposable e-mail addresses',
        fr: 'Laisser de côté les adresses e-mail jetables',
      },
    });
