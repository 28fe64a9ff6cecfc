import { slack } from '../../connectors/slack/connector.ts';
import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { defineAutomation } from '../../core/flow.ts';
import { channelSetting } from './channel-setting.ts';
import { dealText } from './message.ts';
import { settings } from './settings.ts';

export const dealWonToSlack = defineAutomation({
  kind: 'automation',
  id: 'deal-won-to-slack',
  titles: { en: 'Won deals to Slack', fr: 'Affaires gagnées vers Slack' },
  direction: {
    en: 'When a deal is won in Zoho CRM, a message is posted to a Slack channel.',
    fr: 'Quand une affaire est gagnée dans Zoho CRM, un message est publié dans un canal Slack.',
  },
  native: {
    en: 'Zoho CRM offers a Slack extension with fixed messages, and Zoho Flow a “send channel message” action. Use them when the wording does not matter and a doubled message now and then is fine.',
    fr: 'Zoho CRM propose une extension Slack aux messages figés, et Zoho Flow une action « envoyer un message dans un canal ». Utilisez-les si le texte importe peu et si un doublon occasionnel ne gêne pas.',
  },
  connectors: ['zoho-crm', 'slack'],
  settings,
  vendorSettings: { channel: channelSetting },
  trigger: {
    kind: 'event',
    connector: 'zoho-crm',
    topics: ['Deals.workflow'],
    coalesce: true,
    record: (event) => (event.recordId === null ? null : { object: 'zohoCrm.deals', id: event.recordId }),
  },
  steps: {
    deal: {
      titles: { en: 'Read the deal', fr: 'Lire l’affaire' },
      connector: 'zoho-crm',
      effect: 'read',
    },
    message: {
      titles: { en: 'Post the message', fr: 'Publier le message' },
      connector: 'slack',
      effect: 'lookup',
    },
  },
  async run({
    event,
    settings: { channel, template, wonStage },
    organisation,
    client,
    read,
    write,
    once,
    label,
  }) {
    const id = event.recordId ?? '';
    const deal = await read('deal', () => client(zohoCrm).record('Deals', id));
    if (deal === null) {
      return {
        state: 'skipped',
        summary: { en: 'The deal no longer exists.', fr: 'L’affaire n’existe plus.' },
      };
    }
    const name = String(deal.Deal_Name ?? id);
    label(name);
    if (deal.Stage !== wonStage) {
      const stage = String(deal.Stage ?? '-');
      return {
        state: 'skipped',
        summary: {
          en: `Not won: the deal stands at “${stage}”.`,
          fr: `Non gagnée : l’affaire est à « ${stage} ».`,
        },
      };
    }
    // Two subscriptions may announce the same win; an edit later is another state, announced as a win only by a rule.
    if (!(await once(`${id} ${String(deal.Modified_Time)}`))) {
      return {
        state: 'skipped',
        summary: { en: 'This win was announced already.', fr: 'Ce gain a déjà été annoncé.' },
      };
    }
    const text = dealText(template, deal, organisation.locale);
    await write('message', {
      find: (marker) => client(slack).findMessage({ channel, marker, since: event.receivedAt }),
      send: (marker) => client(slack).postMessage({ channel, text, marker }),
    });
    return {
      state: 'done',
      summary: {
        en: `“${name}” was announced in ${channel}.`,
        fr: `« ${name} » a été annoncée dans ${channel}.`,
      },
    };
  },
});
