import { z } from 'zod';
import { company } from '../../company/index.ts';
import type { Scenario } from '../../core/scenario.ts';
import { afterSync } from '../../scenarios/after-sync.ts';
import { read } from '../../scenarios/parameters.ts';
import { AUDIENCE_ID } from '../account.ts';
import { click } from '../acts.ts';
import { campaignFor, memberFor, refusing } from './member.ts';

const parameters = z.strictObject({ email: z.email().optional(), url: z.url().optional() });

export const mailchimpClick: Scenario = {
  id: 'mailchimp-click',
  titles: { en: 'A reader clicks in a campaign', fr: 'Un lecteur clique dans une campagne' },
  parameters,
  expect: afterSync('activity'),
  description: {
    en: 'A subscriber opens the last campaign and follows a link.',
    fr: 'Un abonné ouvre la dernière campagne et suit un lien.',
  },
  async play(stage) {
    const { email, url = `${company.website}/contact` } = read(stage, parameters);
    const { desk, member, name } = memberFor(stage, email);
    const campaign = campaignFor(desk);
    refusing(() => click(desk, campaign.id, AUDIENCE_ID, member.email, url));
    return {
      sentence: {
        en: `${name} followed ${url} in “${campaign.title}”.`,
        fr: `${name} a suivi ${url} dans « ${campaign.title} ».`,
      },
      campaign: campaign.id,
      email: member.email,
      url,
    };
  },
};
