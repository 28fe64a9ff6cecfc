import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import {
  type Automation,
  defineAutomation,
  type SettingSource,
  type VendorSetting,
} from '../../core/flow.ts';
import { settingAs } from '../../core/setting-as.ts';
import { announcementFilter } from '../announce/announcement-filter.ts';
import { moduleSetting } from '../announce/module-setting.ts';
import { ANY_TOPIC, type Announcement, listensTo, look, topicsOf } from '../announce/occasion.ts';
import { stageSetting } from '../announce/stage-setting.ts';
import { subjectOf } from '../announce/subject.ts';
import { templateSetting } from '../announce/template-setting.ts';
import { announcementTrial } from '../announce/try-announcement.ts';
import { dataSourceSetting } from './data-source-setting.ts';
import { keepPage } from './keep-page.ts';
import { readLink } from './page-link.ts';
import { idProperty, properties, propertyNames, recordFields } from './property-setting.ts';
import { ofDeals, type Settings, settings } from './settings.ts';
import { type Step, steps } from './steps.ts';

/** Every change of the module's records, as an announcement of edits hears it. */
const heard = ({ module, body }: Pick<Settings, 'module' | 'body'>): Announcement => ({
  ...{ module, when: 'edited', stage: '', place: '' },
  template: body,
});

/** The same source, of an announcement of these settings. */
const asAnnounced = <Source extends SettingSource<Settings>>(source: Source) => ({
  ...source,
  settings: heard(source.settings),
});

/** A stage of the CRM's, where one is asked for at all. */
const stageOf = (
  name: 'stage' | 'lostStage',
  isAsked: (set: Settings) => boolean,
): VendorSetting<Settings> => {
  const setting = settingAs<Settings, Announcement>(stageSetting, (set) => ({
    ...heard(set),
    when: 'reached',
    stage: set[name],
  }));
  return {
    ...setting,
    check: async (source, reference) =>
      ofDeals(source.settings) && isAsked(source.settings)
        ? ((await setting.check?.(source, reference)) ?? null)
        : null,
  };
};

/** A record of the CRM as a page in a data source of Notion, kept up to date. */
export const recordPage: Automation<Settings, Step> = defineAutomation({
  kind: 'automation',
  id: 'record-page',
  titles: { en: 'Pages of records in Notion', fr: 'Pages des fiches dans Notion' },
  direction: {
    en: 'Records of Zoho CRM get a page in a database of Notion, which every later change keeps up to date.',
    fr: 'Les fiches de Zoho CRM ont une page dans une base Notion, que chaque changement tient à jour.',
  },
  purpose: 'pages',
  native: {
    en: 'Zoho Flow links Zoho CRM with Notion by flows that you draw. Use it when a page that is made once is enough: finding the page again, keeping it up to date, texts longer than Notion takes at once and values that Notion refuses are steps that you have to draw yourself.',
    fr: 'Zoho Flow relie Zoho CRM à Notion par des flux que vous dessinez. Utilisez-le si une page créée une seule fois suffit\u00a0: retrouver la page, la tenir à jour, les textes plus longs que Notion ne les prend et les valeurs que Notion refuse sont des étapes à dessiner vous-même.',
  },
  roles: { source: { connector: 'zoho-crm' }, target: { connector: 'notion' } },
  settings,
  chosenFirst: true,
  vendorSettings: {
    module: settingAs<Settings, Announcement>(moduleSetting, heard),
    stage: stageOf('stage', ({ begin }) => begin === 'stage'),
    lostStage: stageOf('lostStage', ({ lostStage }) => lostStage !== ''),
    dataSource: dataSourceSetting,
    'properties.header': propertyNames,
    'properties.field': recordFields,
    properties,
    idProperty,
    body: settingAs<Settings, Announcement>(templateSetting, heard),
  },
  filter: {
    fields: (source) => announcementFilter.fields(asAnnounced(source)),
    again: () => true,
    count: (source, filter, place) => announcementFilter.count(asAnnounced(source), filter, place),
  },
  trial: {
    records: (source, search) => announcementTrial.records(asAnnounced(source), search),
    event: (source, record) => announcementTrial.event(asAnnounced(source), record),
  },
  links: { role: 'target', recordId: (rightId) => readLink(rightId)?.page ?? null },
  trigger: {
    kind: 'event',
    connector: 'zoho-crm',
    topics: topicsOf(heard({ module: 'Deals', body: '' })),
    topicsOf: (set) => topicsOf(heard(set)),
    listensTo: (set) => listensTo(heard(set)),
    mayBeginBy: (topic) => ANY_TOPIC.test(topic),
    coalesce: true,
    record: ({ recordId, topic }) =>
      recordId === null ? null : { object: subjectOf(topic.split('.')[0] ?? '').object, id: recordId },
    sweep: {
      everySeconds: 60,
      recognisedBy: 'record',
      look: ({ client, settings: set, ...since }) => look(client(zohoCrm), heard(set), since),
    },
  },
  steps,
  run: keepPage,
});
