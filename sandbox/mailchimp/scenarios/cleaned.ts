import { z } from 'zod';
import type { Scenario } from '../../core/scenario.ts';
import { afterSync } from '../../scenarios/after-sync.ts';
import { read } from '../../scenarios/parameters.ts';
import { AUDIENCE_ID } from '../account.ts';
import { clean } from '../acts.ts';
import { memberFor, refusing } from './member.ts';

const parameters = z.strictObject({ email: z.email().optional() });

export const mailchimpCleaned: Scenario = {
  id: 'mailchimp-cleaned',
  titles: { en: 'An address bounces in Mailchimp', fr: 'Une adresse est en erreur dans Mailchimp' },
  parameters,
  expect: afterSync('optOut'),
  description: {
    en: 'Mailchimp cleans the address of a subscriber out of the audience.',
    fr: 'Mailchimp retire l’adresse d’un abonné de l’audience.',
  },
  async play(stage) {
    const { email } = read(stage, parameters);
    const { desk, member, name } = memberFor(stage, email);
    refusing(() => clean(desk, AUDIENCE_ID, member.email));
    return {
      sentence: {
        en: `The address of ${name} (${member.email}) bounces: Mailchimp cleaned it.`,
        fr: `L’adresse de ${name} (${member.email}) est en erreur : Mailchimp l’a nettoyée.`,
      },
      email: member.email,
      contact: member.contactId,
    };
  },
};
