import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { portalSetting } from '../../core/chat/portal-setting.ts';
import { type Automation, defineAutomation, type VendorSetting } from '../../core/flow.ts';
import { subjectOf } from '../announce/subject.ts';
import { ANY_TOPIC, look, moduleOf, topicsOf } from './occasion.ts';
import { said } from './sentences.ts';
import { type Settings, settings } from './settings.ts';
import { type Step, steps } from './steps.ts';
import { tellOfRecord } from './tell-of-record.ts';
import { recordTrial } from './try-record.ts';

const portals = portalSetting<Settings>('target');
/** What the CRM knows of people is told nowhere before somebody chose where. */
const portal: VendorSetting<Settings> = {
  ...portals,
  check: async (source, reference) =>
    source.settings.portal === ''
      ? { refused: said.notChosen }
      : ((await portals.check?.(source, reference)) ?? null),
};

/** Whoever chats with visitors sees what the CRM knows of them, kept up to date. */
export const recordsBesideChat: Automation<Settings, Step> = defineAutomation({
  kind: 'automation',
  id: 'records-beside-chat',
  purpose: 'pages',
  titles: { en: 'CRM records beside the chat', fr: 'Fiches du CRM à côté du chat' },
  direction: {
    en: 'When a lead, a contact or a deal of Zoho CRM changes, operators of the site’s chat see of the visitor with that e-mail address who they are, whose they are, and with which deals.',
    fr: 'Quand un prospect, un contact ou une affaire de Zoho CRM change, les opérateurs du chat du site voient, pour le visiteur qui a cette adresse e-mail, qui il est, à qui il est confié et avec quelles affaires.',
  },
  native: {
    en: 'Zoho SalesIQ shows a visitor’s record of Zoho CRM in a panel of the chat. Use it when every operator may sign in to the CRM and see its records: this flow puts a few lines there that you choose, for operators without any access to the CRM, and shows in the log what each of them was told.',
    fr: 'Zoho SalesIQ montre la fiche Zoho CRM d’un visiteur dans un volet du chat. Utilisez-le si chaque opérateur peut se connecter au CRM et en voir les fiches\u00a0: ce flux y met quelques lignes que vous choisissez, pour des opérateurs sans aucun accès au CRM, et montre dans le journal ce qui leur a été dit.',
  },
  roles: { source: { connector: 'zoho-crm' }, target: { offers: 'chats' } },
  settings,
  chosenFirst: true,
  vendorSettings: { portal },
  trial: recordTrial,
  trigger: {
    kind: 'event',
    connector: 'zoho-crm',
    topics: topicsOf(settings.parse({})),
    topicsOf,
    listensTo: topicsOf,
    mayBeginBy: (topic) => ANY_TOPIC.test(topic),
    coalesce: true,
    record: ({ recordId, topic }) =>
      recordId === null ? null : { object: subjectOf(moduleOf(topic)).object, id: recordId },
    sweep: {
      everySeconds: 60,
      recognisedBy: 'record',
      look: ({ client, settings: set, ...since }) => look(client(zohoCrm), set, since),
    },
  },
  steps,
  run: tellOfRecord,
});
