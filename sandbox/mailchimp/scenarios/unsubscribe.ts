import { z } from 'zod';
import type { Scenario } from '../../core/scenario.ts';
import { afterSync } from '../../scenarios/after-sync.ts';
import { read } from '../../scenarios/parameters.ts';
import { AUDIENCE_ID } from '../account.ts';
import { unsubscribe } from '../acts.ts';
import { memberFor, refusing } from './member.ts';

const parameters = z.strictObject({ email: z.email().optional() });

export const mailchimpUnsubscribe: Scenario = {
  id: 'mailchimp-unsubscribe',
  titles: { en: 'Somebody unsubscribes in Mailchimp', fr: 'Quelqu’un se désabonne dans Mailchimp' },
  parameters,
  expect: afterSync('optOut'),
  description: {
    en: 'A reader follows the link at the foot of a newsletter. Nobody but the reader can undo it.',
    fr: 'Une personne suit le lien au bas d’une lettre. Elle seule peut revenir.',
  },
  async play(stage) {
    const { email } = read(stage, parameters);
    const { desk, member, name } = memberFor(stage, email);
    refusing(() => unsubscribe(desk, AUDIENCE_ID, member.email));
    return {
      sentence: {
        en: `${name} (${member.email}) unsubscribed from the newsletter.`,
        fr: `${name} (${member.email}) s’est désabonné(e) de la lettre.`,
      },
      email: member.email,
      contact: member.contactId,
    };
  },
};
