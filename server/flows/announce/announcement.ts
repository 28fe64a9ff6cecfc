import type { z } from 'zod';
import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { recordCurrency } from '../../connectors/zoho-crm/record-currency.ts';
import type { Fact } from '../../core/facts/facts.ts';
import {
  type Automation,
  defineAutomation,
  type Outcome,
  type RunContext,
  type SettingSource,
  type StepDeclaration,
  type VendorSetting,
} from '../../core/flow.ts';
import { messagesOf } from '../../core/messages.ts';
import { decimalOf, roundedMoneyOf } from '../../core/money.ts';
import type { RoleDeclaration } from '../../core/roles.ts';
import { languageOf, type Sentence } from '../../core/sentence.ts';
import { settingAs } from '../../core/setting-as.ts';
import { announcementFilter, knownBefore, leftOut } from './announcement-filter.ts';
import { messageParts } from './message.ts';
import { moduleSetting } from './module-setting.ts';
import { moneyFieldsOf, needsFieldKinds } from './money-fields.ts';
import {
  ANY_TOPIC,
  type Announcement,
  editTopicsOf,
  listensTo,
  look,
  topicsOf,
  WON_TOPIC,
} from './occasion.ts';
import { placeSetting } from './place-setting.ts';
import { previewMessage } from './preview-message.ts';
import { stageSetting } from './stage-setting.ts';
import { nameOf, subjectOf, wholeText } from './subject.ts';
import { templateSetting } from './template-setting.ts';
import { isToldAlready } from './told-already.ts';
import { announcementTrial } from './try-announcement.ts';
import { whenSetting } from './when-setting.ts';

const DEALS = subjectOf('Deals').object;

/** Parts of an announcement that a vendor is asked about. */
const ASKED: Readonly<Record<keyof Announcement, VendorSetting<Announcement>>> = {
  module: moduleSetting,
  when: whenSetting,
  stage: stageSetting,
  place: placeSetting,
  template: templateSetting,
};

/** A flow that announces records of the CRM, under a name, settings and words of its own. */
export interface AnnouncingFlow<Settings>
  extends Pick<Automation, 'id' | 'titles' | 'direction' | 'native' | 'nativePage'> {
  /** Whose accounts messages go to. */
  readonly target: RoleDeclaration;
  readonly settings: z.ZodType<Settings>;
  /** What the settings mean. */
  read(settings: Settings): Announcement;
  /** Names of the settings, by what they are; a part without a name is not a setting of it. */
  readonly names: Partial<Record<keyof Announcement, string>>;
  /** The step that reads the record: its name is in the log for ever. */
  readonly reading: { readonly name: string; readonly titles: Sentence };
}

/** Messages about records of the CRM, in a place of an account that offers messages: each record's once. */
export function announcing<Settings>(flow: AnnouncingFlow<Settings>): Automation<Settings> {
  const { read, target, names, reading } = flow;
  const about = <Source extends SettingSource<Settings>>(source: Source) => ({
    ...source,
    settings: read(source.settings),
  });
  const asked = Object.entries(names).map(
    ([part, name]) => [name, settingAs(ASKED[part as keyof Announcement], read)] as const,
  );
  // Which modules it hears of is fixed where the module is no setting.
  const open =
    names.module === undefined ? {} : { topicsOf: (settings: Settings) => topicsOf(read(settings)) };
  const crm = { connector: 'zoho-crm', effect: 'read' } as const;
  const steps: Readonly<Record<string, StepDeclaration>> = {
    [reading.name]: { titles: reading.titles, ...crm },
    win: {
      titles: { en: 'See since when it is won', fr: 'Voir depuis quand elle est gagnée' },
      ...crm,
    },
    fields: {
      titles: { en: 'See which fields hold money', fr: 'Voir quels champs contiennent de l’argent' },
      ...crm,
    },
    message: {
      titles: { en: 'Post the message', fr: 'Publier le message' },
      effect: 'lookup',
      ...(target.connector === undefined ? { role: 'target' } : { connector: target.connector }),
    },
  };
  return defineAutomation<Settings, string>({
    kind: 'automation',
    id: flow.id,
    titles: flow.titles,
    direction: flow.direction,
    native: flow.native,
    purpose: 'announce',
    posts: { role: 'target', place: (settings) => read(settings).place },
    ...(flow.nativePage !== undefined && { nativePage: flow.nativePage }),
    roles: { source: { connector: 'zoho-crm' }, target },
    settings: flow.settings,
    vendorSettings: Object.fromEntries(asked),
    filter: {
      fields: (source) => announcementFilter.fields(about(source)),
      again: (settings) => announcementFilter.again(read(settings)),
      count: (source, kept, place) => announcementFilter.count(about(source), kept, place),
    },
    preview: (source) => previewMessage(about(source)),
    trial: {
      records: (source, search) => announcementTrial.records(about(source), search),
      event: (source, record) => announcementTrial.event(about(source), record),
      warnings: (played) =>
        announcementTrial.warnings({ ...played, source: about(played.source) }, reading.name),
    },
    trigger: {
      kind: 'event',
      connector: 'zoho-crm',
      topics: [WON_TOPIC],
      listensTo: (settings) => listensTo(read(settings)),
      ...open,
      editTopicsOf: (settings) => editTopicsOf(read(settings)),
      mayBeginBy: (topic) => ANY_TOPIC.test(topic),
      coalesce: true,
      record: ({ recordId, topic }) =>
        recordId === null ? null : { object: subjectOf(topic.split('.')[0] ?? '').object, id: recordId },
      sweep: {
        everySeconds: 60,
        recognisedBy: 'record',
        look: ({ client, settings, ...since }) => look(client(zohoCrm), read(settings), since),
      },
    },
    steps,
    run: (context) => announce(context, read(context.settings), reading.name),
  });
}

async function announce(
  context: Omit<RunContext<unknown, string>, 'settings' | 'forItem'>,
  announcement: Announcement,
  reading: string,
): Promise<Outcome> {
  const { event, organisation, client, role, read, write, once, link, label } = context;
  const { module, when, stage, place, template } = announcement;
  const known = await knownBefore(context, announcement);
  if (known !== null) return known;
  const id = event.recordId ?? '';
  const crm = client(zohoCrm);
  const subject = subjectOf(module);
  const record = await read(reading, () => crm.record(module, id));
  if (record === null) return { state: 'skipped', summary: subject.gone };
  const name = nameOf(subject, record, id);
  label(name);
  if (when === 'reached' && record.Stage !== stage) return notThere(String(record.Stage ?? '-'));
  const unfit = leftOut(context, record);
  if (unfit !== null) return unfit;
  const stands = String(record.Modified_Time);
  // Two subscriptions may announce the same win at once, and a lost delivery may come when a sweep has found it.
  const isTold = when === 'reached' && (await isToldAlready(context, id, stage));
  if (isTold || !(await once(when === 'created' ? `${id} made` : `${id} ${stands}`)))
    return { state: 'skipped', summary: subject.told };
  const moneyFields = needsFieldKinds(template, record, subject)
    ? new Set(await read('fields', () => moneyFieldsOf(crm, module, subject)))
    : subject.money;
  const messages = messagesOf(role('target'));
  const text = messages.compose(
    messageParts(template, record, organisation, moneyFields),
    wholeText(crm, module, id, languageOf(organisation.locale)),
  );
  await write('message', {
    find: (marker) => messages.find({ place, marker, since: event.receivedAt }),
    send: (marker) => messages.post({ place, lines: [text], marker }),
    tells: () => (when === 'reached' ? dealWon(id, stands, name, record, organisation.currency) : null),
  });
  if (when === 'reached') await link(id, stands);
  context.filter?.remember(true);
  return { state: 'done', summary: subject.announced(name, place) };
}

/** Null: there is none, or it is none that money can be. */
function amountOf(value: unknown, currency: string): { value: string; currency: string } | null {
  try {
    return { value: decimalOf(roundedMoneyOf(String(value), currency)), currency };
  } catch {
    return null;
  }
}

function dealWon(
  id: string,
  stands: string,
  name: string,
  record: Readonly<Record<string, unknown>>,
  ownCurrency: string,
): Fact {
  const currency = recordCurrency(record) ?? ownCurrency;
  const { Amount: amount, Stage: stage } = record;
  return {
    type: 'deal.won',
    // A deal that is won again, once it was open again, is another win.
    key: `deal ${id} ${stands}`,
    data: {
      record: { application: 'zoho-crm', object: DEALS, id, name },
      stage: String(stage),
      amount: amountOf(amount, currency),
    },
  };
}

const notThere = (stage: string): Outcome => ({
  state: 'skipped',
  summary: {
    en: `Not won: the deal stands at “${stage}”.`,
    fr: `Non gagnée\u00a0: l’affaire est à «\u00a0${stage}\u00a0».`,
  },
});
