import { slack } from '../../connectors/slack/connector.ts';
import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { topicWhen } from '../../connectors/zoho-crm/rules.ts';
import { sweepStage } from '../../connectors/zoho-crm/stage-sweep.ts';
import { defineAutomation } from '../../core/flow.ts';
import { channelSetting } from './channel-setting.ts';
import { dealText, STANDARD_MONEY } from './message.ts';
import { moneyFieldsOf, needsFieldKinds } from './money-fields.ts';
import { previewMessage } from './preview-message.ts';
import { settings } from './settings.ts';
import { stageSetting } from './stage-setting.ts';
import { templateSetting } from './template-setting.ts';
import { isToldAlready } from './told-already.ts';

const TOPIC = 'Deals.workflow';

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
  vendorSettings: { channel: channelSetting, template: templateSetting, wonStage: stageSetting },
  preview: previewMessage,
  trigger: {
    kind: 'event',
    connector: 'zoho-crm',
    topics: [TOPIC],
    listensTo: ({ wonStage }) => [topicWhen(TOPIC, wonStage)],
    coalesce: true,
    record: (event) => (event.recordId === null ? null : { object: 'zohoCrm.deals', id: event.recordId }),
    sweep: {
      everySeconds: 60,
      recognisedBy: 'record',
      look: ({ client, settings: { wonStage }, ...since }) =>
        sweepStage(client(zohoCrm), { stage: wonStage, topic: TOPIC }, since),
    },
  },
  steps: {
    deal: {
      titles: { en: 'Read the deal', fr: 'Lire l’affaire' },
      connector: 'zoho-crm',
      effect: 'read',
    },
    win: {
      titles: { en: 'See since when it is won', fr: 'Voir depuis quand elle est gagnée' },
      connector: 'zoho-crm',
      effect: 'read',
    },
    fields: {
      titles: { en: 'See which fields hold money', fr: 'Voir quels champs contiennent de l’argent' },
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
    linked,
    link,
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
    const stands = String(deal.Modified_Time);
    // Two subscriptions may announce the same win at once, and a lost delivery may come when a sweep has found the win.
    const isTold = await isToldAlready({ client, linked, read }, id, wonStage);
    if (isTold || !(await once(`${id} ${stands}`))) {
      return {
        state: 'skipped',
        summary: { en: 'This win was announced already.', fr: 'Ce gain a déjà été annoncé.' },
      };
    }
    const moneyFields = needsFieldKinds(template, deal)
      ? new Set(await read('fields', () => moneyFieldsOf(client(zohoCrm))))
      : STANDARD_MONEY;
    const facts = { moneyFields, address: client(zohoCrm).dealAddress(id) };
    const text = dealText(template, deal, organisation, facts);
    await write('message', {
      find: (marker) => client(slack).findMessage({ channel, marker, since: event.receivedAt }),
      send: (marker) => client(slack).postMessage({ channel, text, marker }),
    });
    await link(id, stands);
    return {
      state: 'done',
      summary: {
        en: `“${name}” was announced in ${channel}.`,
        fr: `« ${name} » a été annoncée dans ${channel}.`,
      },
    };
  },
});
