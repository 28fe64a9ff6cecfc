import { createHash, randomUUID } from 'node:crypto';
import type { Automation } from '../../core/flow.ts';
import { trueAddress } from '../../core/mail/address.ts';
import type { AskedMail, KeptFile } from '../../core/mail/asked-mail.ts';
import type { MadePerson, NewPersonField } from '../../core/mail/correspondents.ts';
import { bareMessageId, identityText, type Mail } from '../../core/mail/mail.ts';
import { textOfMail } from '../../core/mail/mail-text.ts';
import { type PreparedFile, type PreparedMail, prepareMail } from '../../core/mail/prepare-mail.ts';
import { suggestPerson } from '../../core/mail/suggest-person.ts';
import type { Exclusively } from '../../engine/exclusive.ts';
import { announce } from '../../engine/notify.ts';
import type { World } from '../../engine/ports.ts';
import { ownEvent } from '../../engine/source.ts';
import { addEventFile } from '../../store/event-files.ts';
import { insertEvents } from '../../store/inbox.ts';
import { type IntegrationRow, integrationsOf } from '../../store/integrations.ts';
import {
  addMailLogs,
  forgetLost,
  type MailLog,
  madeBefore,
  mailLogsOf,
  rememberMade,
} from '../../store/mail-logs.ts';
import { ownerOf } from '../../store/users.ts';
import type { Answer } from '../contract.ts';
import type { Asker } from '../integrations/integration-services.ts';
import { notNow } from '../problem.ts';
import type { VendorLinks } from '../record/vendor-links.ts';
import { type ConversationParts, conversations, type FollowedLog } from './conversations.ts';
import { type MailCrmParts, mailCrm } from './mail-crm.ts';
import {
  NO_ADDRESS,
  NO_RECORD,
  NO_SUCH_RECORD,
  NOT_SET_UP,
  refused,
  TURNED_OFF,
  tooLong,
  WANTED,
} from './mail-problems.ts';
import type { MailLogWish, MailPersonWish, MailServices } from './mail-services.ts';
import { ledTo, logShown, personShown } from './mail-view.ts';
import { sentDrafts } from './sent-drafts.ts';

export interface StoredMailParts extends MailCrmParts, ConversationParts {
  readonly flows: ReadonlyMap<string, Automation>;
  readonly world: Pick<World, 'open' | 'organisation'>;
  readonly vendorLinks: VendorLinks;
  readonly exclusively: Exclusively;
  readonly replay: (
    organisationId: string,
    where: { sql: string; values: readonly unknown[] },
  ) => Promise<number>;
  /** In the order of time. */
  readonly newId: () => string;
}

/** Addresses of one mail that are looked up; the CRM answers for all of them at once. */
const MOST_ADDRESSES = 20;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** What stands beside a mail, over the store and the CRM. */
export function storedMailServices(parts: StoredMailParts): MailServices {
  const { database, flows, vendorLinks: lead } = parts;
  const crm = mailCrm(parts);
  const followed = conversations(parts);
  const drafts = sentDrafts(parts);

  /** Whose runs logged mails are. */
  async function logging(organisationId: string) {
    const taking = (await integrationsOf(database, organisationId)).filter(({ flow, owner }) => {
      const trigger = flows.get(flow)?.trigger;
      return owner === null && trigger?.kind === 'asked' && trigger.wish === 'log-mail';
    });
    return { on: taking.find(({ enabled }) => enabled) ?? null, isSetUp: taking.length > 0 };
  }

  async function loggingView(organisationId: string): Promise<Answer<'mailPeople'>['logging']> {
    const { on, isSetUp } = await logging(organisationId);
    if (on !== null) return { state: 'on', sentence: null, integration: on.id };
    return { state: 'off', sentence: isSetUp ? TURNED_OFF : NOT_SET_UP, integration: null };
  }

  async function made(asker: Asker, wish: MailPersonWish, email: string): Promise<MadePerson> {
    const { organisationId, user } = asker;
    const { client, declared, account } = await crm.open(organisationId);
    const known = await declared.withAddress(client, email, account);
    if (known !== null) return known;
    const [lengths, required] = await Promise.all([
      declared.lengths(client, wish.module),
      declared.required(client, wish.module),
    ]);
    const values = { ...wish, email };
    for (const [field, most] of Object.entries(lengths))
      if (values[field as NewPersonField].length > most) throw refused([field], tooLong(most));
    for (const field of required) if (values[field] === '') throw refused([field], WANTED);
    const owner = user === null ? null : await ownerOf(database, organisationId, user.id);
    return declared.make(client, { ...values, owner: owner?.id ?? null }, account);
  }

  const madeShown = (person: MadePerson): Answer<'makeMailPerson'> => ({
    ...person,
    record: { ...person.record, url: ledTo(person.record.url, lead) },
    account: person.account && { ...person.account, url: ledTo(person.account.url, lead) },
  });

  /** What the records are called, in their order. @throws a `Problem` that names the first that is not there. */
  async function named(organisationId: string, records: MailLogWish['records']) {
    const { client, declared, account } = await crm.open(organisationId);
    const found = await declared.names(client, records, account);
    return records.map(({ module, id }, index) => {
      const record = found.find((one) => one.module === module && one.id === id);
      if (record === undefined) throw refused(['records', index, 'id'], NO_SUCH_RECORD);
      return record;
    });
  }

  /** Stores what is asked for and new, and what its runs need. @returns the keys of their events. */
  async function store(
    asker: Asker,
    integration: IntegrationRow,
    { mail, prepared, identity, changed }: LoggedMail,
    records: readonly { readonly module: string; readonly id: string; readonly name: string }[],
  ): Promise<ReadonlySet<string>> {
    const { organisationId, user } = asker;
    const connector = crm.connector?.id ?? '';
    const { files, ...rest } = prepared;
    const kept = files.map((file) => ({ file, id: randomUUID() }));
    const { messageId } = mail;
    const wishes = records.map(({ module, id, name }) => {
      const key = parts.newId();
      const body: AskedMail = {
        ...{ key: `${integration.id} ${key}`, identity, module, record: id },
        ...(changed.has(`${module} ${id}`) && { isChanged: true }),
        mail: { ...rest, files: kept.map(keptFile) },
      };
      const of = { organisationId, connector, account: '', integration: integration.id };
      const event = ownEvent(of, { key, recordId: id, body: { ...body } });
      const log = {
        ...{ organisationId, mail: digest(identity), module, recordId: id, recordName: name },
        message: messageId === null ? null : digest(bareMessageId(messageId)),
        ...{ integration: integration.id, eventKey: event.eventKey },
        ...{ askedBy: user?.id ?? null, askedName: user?.name ?? null },
      };
      return { event, log };
    });
    return database.transaction(async (sql) => {
      await forgetLost(sql, organisationId, digest(identity), connector);
      const fresh = await addMailLogs(
        sql,
        wishes.map(({ log }) => log),
      );
      const events = wishes.flatMap(({ event }) => (fresh.has(event.eventKey) ? [event] : []));
      if (events.length === 0) return fresh;
      const eventKeys = events.map(({ eventKey }) => eventKey);
      for (const { file, id } of kept)
        await addEventFile(sql, { organisationId, id, connector, eventKeys, content: bytesOf(file) });
      await insertEvents(sql, events, [`${connector} ${integration.id}`]);
      await announce(sql, 'work');
      return fresh;
    });
  }

  const logsOf = (organisationId: string, by: Parameters<typeof mailLogsOf>[2]): Promise<MailLog[]> =>
    mailLogsOf(database, organisationId, by, crm.connector?.id ?? '');

  return {
    async people(organisationId, addresses) {
      const all = [...new Set(addresses.flatMap((one) => trueAddress(one) ?? []))];
      const asked = all.slice(0, MOST_ADDRESSES);
      const { client, declared, account } = await crm.open(organisationId);
      const [found, staff, logs] = await Promise.all([
        declared.people(client, asked, account),
        crm.staff(organisationId, client),
        loggingView(organisationId),
      ]);
      return {
        people: asked.map((address) => {
          const user = staff.find(({ email, active }) => active && email?.toLowerCase() === address);
          return {
            address,
            internal: user !== undefined,
            user: user === undefined ? null : { id: user.id, name: user.name },
            records: found
              .filter(({ emails }) => emails.includes(address))
              .map((person) => personShown(person, lead)),
          };
        }),
        more: all.length - asked.length,
        logging: logs,
      };
    },

    async make(asker, wish) {
      const { organisationId, user } = asker;
      const email = trueAddress(wish.email);
      if (email === null) throw refused(['email'], NO_ADDRESS);
      // With all that was asked for: a form that was corrected after its answer was lost is another request.
      const asked = digest(JSON.stringify({ ...wish, email })).toString('hex');
      const onceBy = JSON.stringify([user?.id ?? null, wish.id, asked]);
      const answered = await parts.exclusively(`${organisationId} mail-person ${email}`, async () => {
        const before = (await madeBefore(database, organisationId, onceBy)) as MadePerson | null;
        if (before !== null) return before;
        const person = await made(asker, wish, email);
        await rememberMade(database, organisationId, onceBy, person);
        return person;
      });
      return madeShown(answered);
    },

    async suggest(organisationId, { from, text, format }) {
      const { locale } = await parts.world.organisation(organisationId);
      const read = format === 'html' ? textOfMail(text) : text;
      return suggestPerson(from, read, countryOf(locale));
    },

    async logs(organisationId, { messageId, from, subject }) {
      const sender = from === undefined ? null : trueAddress(from);
      const isWhole = sender !== null && subject !== undefined;
      const known = isWhole ? identityText(messageId, sender, subject) : bareMessageId(messageId);
      const [asked, byThemselves] = await Promise.all([
        logsOf(organisationId, isWhole ? { mail: digest(known) } : { message: digest(known) }),
        followed.logged(organisationId, known),
      ]);
      const isAsked = ({ module, recordId }: FollowedLog): boolean =>
        asked.some((one) => one.module === module && one.recordId === recordId);
      const logs = [...asked, ...byThemselves.filter((one) => !isAsked(one))];
      return { logs: logs.map((log) => logShown(log, null)) };
    },

    async log(asker, { mail: given, records }) {
      const { organisationId } = asker;
      const { on, isSetUp } = await logging(organisationId);
      if (on === null) throw notNow(isSetUp ? TURNED_OFF : NOT_SET_UP);
      const { declared } = await crm.open(organisationId);
      const sender = trueAddress(given.from.address);
      if (sender === null) throw refused(['mail', 'from', 'address'], NO_ADDRESS);
      const mail: Mail = { ...given, from: { name: given.from.name, address: sender } };
      const prepared = prepareMail(mail, declared.limits);
      const known = await named(organisationId, uniqueOf(records));
      const of = { organisationId, integration: on.id };
      const identity = await drafts.identityOf(of, mail);
      const { draftId, conversationId, at } = mail;
      const draft =
        mail.messageId !== null || draftId === null
          ? null
          : {
              ...{ draftId, from: sender, identity, subject: prepared.subject, at, mail: null },
              records: known.map(({ module, id }) => ({ module, id })),
            };
      const earlier = draft === null ? null : await drafts.told(of, conversationId, draft);
      const before = earlier === null ? [] : await logsOf(organisationId, { mail: digest(earlier) });
      const changed = new Set(before.map(({ module, recordId }) => `${module} ${recordId}`));
      const fresh = await store(asker, on, { mail, prepared, identity, changed }, known);
      if (draft !== null && conversationId !== null) await followed.sent(asker, conversationId, draft);
      const isMeant = ({ module, recordId }: MailLog) =>
        known.some((one) => one.module === module && one.id === recordId);
      const stood = (await logsOf(organisationId, { mail: digest(identity) })).filter(isMeant);
      const failed = stood.flatMap(({ run, state }) => (state === 'shelved' && run !== null ? [run] : []));
      if (failed.length > 0)
        await parts.replay(organisationId, { sql: 'r.id = any($2::uuid[])', values: [failed] });
      const logs =
        failed.length === 0
          ? stood
          : (await logsOf(organisationId, { mail: digest(identity) })).filter(isMeant);
      return {
        logs: logs.map((log) => {
          const record = known.find(({ module, id }) => module === log.module && id === log.recordId);
          return { ...logShown(log, ledTo(record?.url ?? null, lead)), isNew: fresh.has(log.eventKey) };
        }),
        leftOut: prepared.leftOut.map((one) => ({ ...one })),
      };
    },

    conversation: (asker, conversation) => followed.get(asker, conversation),

    async setConversation(asker, conversation, { on, records }) {
      if (!on) return followed.set(asker, conversation, []);
      if (records.length === 0) throw refused(['records'], NO_RECORD);
      const known = await named(asker.organisationId, uniqueOf(records));
      const kept = known.map(({ module, id, name }) => ({ module, id, name }));
      return followed.set(asker, conversation, kept);
    },
  };
}

interface LoggedMail {
  readonly mail: Mail;
  readonly prepared: PreparedMail;
  readonly identity: string;
  /** On which records an earlier text of it was logged. */
  readonly changed: ReadonlySet<string>;
}

const uniqueOf = (records: MailLogWish['records']): MailLogWish['records'] => [
  ...new Map(records.map((one) => [`${one.module} ${one.id}`, one])).values(),
];

const keptFile = ({ file, id }: { file: PreparedFile; id: string }): KeptFile => ({
  id,
  name: file.name,
  contentType: file.contentType,
});

function bytesOf({ content }: PreparedFile): Buffer {
  if ('text' in content) return Buffer.from(content.text);
  // A page sends files whole.
  return Buffer.from('base64' in content ? content.base64 : '', 'base64');
}

/** Whose phone numbers name no country. */
const countryOf = (locale: string): string => {
  try {
    return new Intl.Locale(locale.replaceAll('_', '-')).maximize().region ?? 'FR';
  } catch {
    return 'FR';
  }
};
