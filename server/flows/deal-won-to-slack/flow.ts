import { announcing } from '../announce/announcement.ts';
import { settings } from './settings.ts';

/** A preset of announcements, as it was before there were others: won deals, in a channel of Slack. */
export const dealWonToSlack = announcing({
  id: 'deal-won-to-slack',
  titles: { en: 'Won deals to Slack', fr: 'Affaires gagnées vers Slack' },
  direction: {
    en: 'When a deal is won in Zoho CRM, a message is posted to a Slack channel.',
    fr: 'Quand une affaire est gagnée dans Zoho CRM, un message est publié dans un canal Slack.',
  },
  // The extension: https://help.zoho.com/portal/fr/kb/crm/extensions/collaboration-d-%C3%A9quipe/articles/slack-4-3-2022-1
  native: {
    en: 'Zoho CRM offers a Slack extension with fixed messages, and Zoho Flow a “send channel message” action. Use them when the wording does not matter and a doubled message now and then is fine.',
    fr: 'Zoho CRM propose une extension Slack aux messages figés, et Zoho Flow une action «\u00a0envoyer un message dans un canal\u00a0». Utilisez-les si le texte importe peu et si un doublon occasionnel ne gêne pas.',
  },
  target: { connector: 'slack' },
  settings,
  read: ({ channel, template, wonStage }) => ({
    module: 'Deals',
    when: 'reached',
    stage: wonStage,
    place: channel,
    template,
  }),
  names: { place: 'channel', template: 'template', stage: 'wonStage' },
  reading: { name: 'deal', titles: { en: 'Read the deal', fr: 'Lire l’affaire' } },
});
