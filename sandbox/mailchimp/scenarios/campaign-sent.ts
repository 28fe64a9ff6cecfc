import { z } from 'zod';
import { company } from '../../company/index.ts';
import type { Scenario } from '../../core/scenario.ts';
import { afterSync } from '../../scenarios/after-sync.ts';
import { read } from '../../scenarios/parameters.ts';
import { AUDIENCE_ID } from '../account.ts';
import { click, open, sendCampaign } from '../acts.ts';

const parameters = z.strictObject({
  title: z.string().min(1).optional(),
  subject: z.string().min(1).optional(),
});

/** One reader in so many opens, and one in so many clicks. */
const OPENS = 2;
const CLICKS = 5;

export const mailchimpCampaignSent: Scenario = {
  id: 'mailchimp-campaign-sent',
  titles: { en: 'A campaign is sent', fr: 'Une campagne est envoyée' },
  parameters,
  expect: afterSync('activity'),
  description: {
    en: 'The newsletter goes out to everybody who is subscribed; half of them open it, some click.',
    fr: 'La lettre part à tous les abonnés ; la moitié l’ouvre, quelques-uns cliquent.',
  },
  async play(stage) {
    const { title, subject } = read(stage, parameters);
    const desk = stage.desk('mailchimp');
    const month = new Intl.DateTimeFormat('fr-FR', { month: 'long', timeZone: company.timeZone });
    const { campaign, recipients } = sendCampaign(desk, AUDIENCE_ID, {
      title: title ?? `Lettre de ${month.format(stage.clock())}, n° ${desk.digits('', 3)}`,
      subject: subject ?? 'Des nouvelles de l’atelier',
    });
    const opened = recipients.filter((_, index) => index % OPENS === 0);
    const clicked = recipients.filter((_, index) => index % CLICKS === 0);
    for (const { email } of opened) open(desk, campaign.id, AUDIENCE_ID, email);
    for (const { email } of clicked)
      click(desk, campaign.id, AUDIENCE_ID, email, `${company.website}/realisations`);
    return {
      sentence: {
        en: `“${campaign.title}” was sent to ${recipients.length} people.`,
        fr: `« ${campaign.title} » a été envoyée à ${recipients.length} personnes.`,
      },
      campaign: campaign.id,
      recipients: recipients.length,
      opened: opened.map(({ email }) => email),
      clicked: clicked.map(({ email }) => email),
    };
  },
};
