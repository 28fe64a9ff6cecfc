import { createHash } from 'node:crypto';
import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { MAIL_LIMITS } from '../../connectors/zoho-crm/emails.ts';
import { asLiaisonError, LiaisonError } from '../../core/errors.ts';
import { type Outcome, skipped } from '../../core/flow.ts';
import { trueAddress } from '../../core/mail/address.ts';
import {
  conversationLink,
  type FollowedRecord,
  followedIn,
  loggedLink,
  sentAs,
  sentIn,
  sentLink,
  sentText,
} from '../../core/mail/conversation.ts';
import { isInternal, ownAddresses } from '../../core/mail/internal.ts';
import { bareMessageId, identityOf, type Mail } from '../../core/mail/mail.ts';
import { type BoundMails, mailsOf } from '../../core/mail/offer.ts';
import { type MailLimits, type PreparedMail, prepareMail } from '../../core/mail/prepare-mail.ts';
import type { Sentence } from '../../core/sentence.ts';
import {
  NO_SENDER,
  type Put,
  type PutWish,
  putMail,
  putSentence,
  subjectOf,
  TAKEN,
  WAS_THERE,
} from '../mail-to-crm/put-mail.ts';
import { isPrivateFolder } from './settings.ts';
import type { Context } from './steps.ts';

/**
 * Logs a mail that came or went, where its conversation is one that its person has logged. Of every other mail nothing
 * is read but which conversation it is of, and nothing is kept.
 */
export async function followConversation(context: Context): Promise<Outcome> {
  const { event, role, read, linked, label, settings, organisation, client } = context;
  const id = event.recordId ?? '';
  const mailbox = mailsOf(role('source'));
  const followed = async (conversation: string) => followedIn(await linked(conversationLink(conversation)));
  const head = await read('head', async () => {
    const found = await mailbox.head(id);
    if (found === null) return null;
    const { conversation, folder, isDraft } = found;
    // What is sent keeps the id of its draft, and may be told of no more.
    if (isDraft && (await followed(conversation)).length > 0) throw notSentYet();
    return { conversation, folder };
  });
  if (head === null) return skipped(GONE);
  const records = await followed(head.conversation);
  if (records.length === 0) return skipped(NOT_FOLLOWED);
  const folders = await read('folders', () => mailbox.folders(head.folder));
  if (folders === null) return skipped(UNKEPT);
  if (folders === 'unclear') return skipped(UNCLEAR);
  if (isPrivateFolder(settings, folders)) return skipped(PRIVATE);
  const circle = await read('circle', () => mailbox.circle(id));
  if (circle === null) return skipped(GONE);
  if (circle.isPrivate) return skipped(PRIVATE);
  const staff = await read('staff', async () =>
    (await client(zohoCrm).allUsers()).flatMap(({ email, active }) => (active && email ? [email] : [])),
  );
  const isOwn = ownAddresses(staff);
  if (isInternal(circle.people, isOwn)) return skipped(INTERNAL);
  const mail = await read('whole', () => readMail(mailbox, id, isOwn));
  if (mail === null) return skipped(GONE);
  label(subjectOf(mail.prepared, organisation.locale));
  const elsewhere = await loggedOnSending(context, head.conversation, mail);
  const left = records.filter(({ module, id: record }) => !elsewhere.has(`${module} ${record}`));
  if (left.length === 0) return skipped(TAKEN);
  return logOn(context, { ...mail, files: settings.attachments ? mail.files : [] }, left, mailbox);
}

/** The records on which the mail was logged while it was sent. */
async function loggedOnSending(
  { linked, link, exclusively }: Context,
  conversation: string,
  { identity, prepared }: ReadMail,
): Promise<ReadonlySet<string>> {
  if (!prepared.sent) return new Set();
  const left = sentLink(conversation);
  // Another mail of it may be looked at now, and another draft told of.
  return exclusively(left, async () => {
    const sent = sentIn(await linked(left));
    const own = sentAs(sent, { ...prepared, from: prepared.from?.address ?? null }, identity);
    if (own === null) return new Set();
    // No other mail of this subject is that draft.
    if (own.mail === null)
      await link(left, sentText(sent.map((one) => (one === own ? { ...one, mail: identity } : one))));
    return new Set(own.records.map(({ module, id }) => `${module} ${id}`));
  });
}

interface ReadMail {
  readonly identity: string;
  readonly messageId: string | null;
  readonly prepared: Omit<PreparedMail, 'files'>;
  readonly files: readonly LaterFile[];
}

interface LaterFile {
  readonly name: string;
  readonly contentType: string;
  /** Null: it is the mail itself, whole. */
  readonly id: string | null;
}

async function readMail(
  mailbox: BoundMails,
  id: string,
  isOwn: (address: string) => boolean,
): Promise<ReadMail | null> {
  const mail = await mailbox.mail(id);
  if (mail === null) return null;
  const address = trueAddress(mail.from.address) ?? '';
  const own: Mail = { ...mail, from: { name: mail.from.name, address }, sent: isOwn(address) };
  const { files, ...prepared } = prepareMail(own, limitsOf(mailbox));
  return {
    identity: identityOf(own),
    messageId: mail.messageId,
    prepared,
    files: files.map(({ name, contentType, content }) => ({
      ...{ name, contentType },
      id: 'later' in content ? content.later : null,
    })),
  };
}

/** The CRM takes larger files than can be read out of the mailbox. */
const limitsOf = ({ fileSize }: BoundMails): MailLimits => ({
  ...MAIL_LIMITS,
  fileSize: Math.min(MAIL_LIMITS.fileSize, fileSize),
});

/** The content of a file, fetched when it is sent on: a long text stands with the mail alone, and is made again. */
async function contentOf(mailbox: BoundMails, mail: string, { id }: LaterFile): Promise<Uint8Array | null> {
  if (id !== null) return mailbox.file(mail, id);
  const whole = await mailbox.mail(mail);
  const [first] = whole === null ? [] : prepareMail(whole, limitsOf(mailbox)).files;
  return first !== undefined && 'text' in first.content ? Buffer.from(first.content.text) : null;
}

async function logOn(
  context: Context,
  { identity, messageId, prepared, files }: ReadMail,
  records: readonly FollowedRecord[],
  mailbox: BoundMails,
): Promise<Outcome> {
  const { event, link } = context;
  const { from } = prepared;
  if (from === null) return skipped(NO_SENDER);
  const made: { readonly record: FollowedRecord; readonly put: Put }[] = [];
  // A record that is gone keeps the others from nothing.
  const putOn = async (wish: PutWish): Promise<Put | null> => {
    try {
      return await putMail(context, wish);
    } catch (thrown) {
      if (records.length > 1 && asLiaisonError(thrown).kind === 'gone') return null;
      throw thrown;
    }
  };
  for (const record of records) {
    const put = await putOn({
      ...{ identity, module: record.module, record: record.id, mail: prepared, from },
      files: files.map(({ name, contentType, ...file }) => ({
        ...{ name, contentType },
        bytes: () => contentOf(mailbox, event.recordId ?? '', { name, contentType, ...file }),
      })),
      item: `${record.module}-${record.id}`,
    });
    if (put !== null) made.push({ record, put });
  }
  const logged = made.flatMap(({ record, put }) =>
    put.is === 'taken' ? [] : [{ ...record, crmId: put.id }],
  );
  if (logged.length > 0) {
    const said = JSON.stringify({ at: event.receivedAt.toISOString(), records: logged });
    for (const known of messageId === null ? [identity] : [identity, bareMessageId(messageId)])
      await link(loggedLink(createHash('sha256').update(known).digest('hex')), said);
  }
  const [first] = made.filter(({ put }) => put.is === 'put');
  if (first?.put.is === 'put') return { state: 'done', summary: putSentence(first.put) };
  return logged.length > 0 ? { state: 'done', summary: WAS_THERE } : skipped(TAKEN);
}

const GONE: Sentence = { en: 'The mail is gone.', fr: 'L’e-mail n’existe plus.' };
const NOT_FOLLOWED: Sentence = {
  en: 'Its conversation is not one that is logged: nothing of it was read.',
  fr: 'Sa conversation n’est pas enregistrée\u00a0: rien n’en a été lu.',
};
const DRAFT: Sentence = { en: 'It is not sent yet.', fr: 'Il n’est pas encore envoyé.' };
const DRAFT_AGAIN_MS = 120_000;
const notSentYet = (): LiaisonError =>
  new LiaisonError('retry-later', { sentence: DRAFT, againInMs: DRAFT_AGAIN_MS });
const UNKEPT: Sentence = {
  en: 'It lies in the bin, or in the junk.',
  fr: 'Il est dans la corbeille ou dans les indésirables.',
};
const UNCLEAR: Sentence = {
  en: 'Outlook does not tell all the folders around it: it may be private, and was not logged.',
  fr: 'Outlook ne dit pas tous les dossiers qui l’entourent\u00a0: il est peut-être privé, et n’a pas été enregistré.',
};
const PRIVATE: Sentence = {
  en: 'It is private: it was not logged.',
  fr: 'Il est privé\u00a0: il n’a pas été enregistré.',
};
const INTERNAL: Sentence = {
  en: 'It is between colleagues alone: it was not logged.',
  fr: 'Il est entre collègues seulement\u00a0: il n’a pas été enregistré.',
};
