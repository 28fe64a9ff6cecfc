import { createHash } from 'node:crypto';
import type { MailAddress } from './address.ts';
import { harmlessHtml } from './mail-text.ts';

/** A mail as a mailbox has it, to be logged. */
export interface Mail {
  /** The Internet Message-ID; null: it has none, or none yet. */
  readonly messageId: string | null;
  /** What the page names a mail by that has no Message-ID yet. */
  readonly draftId: string | null;
  readonly conversationId: string | null;
  readonly subject: string;
  readonly from: MailAddress;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly bcc: readonly MailAddress[];
  /** When it was sent, ISO 8601 with an offset. */
  readonly at: string;
  /** Somebody of the organisation sent it. */
  readonly sent: boolean;
  readonly body: { readonly format: 'html' | 'text'; readonly content: string };
  readonly attachments: readonly MailFile[];
}

export interface MailFile {
  readonly name: string;
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
  readonly inline: boolean;
  /** Base64; null: it is not at hand. */
  readonly content: string | null;
  /** By what the content is fetched where it is needed; absent: it stands here, or nowhere. */
  readonly later?: string;
}

/** A Message-ID as it is compared: some programs leave its brackets out. */
export const bareMessageId = (id: string): string => id.trim().replace(/^<|>$/g, '').trim();

const START_OF_ANSWER = /^(?:(?:re|fwd?|tr|aw|wg|rv|sv|vs|antw)\s*(?:\[\d+\])?\s*:\s*)+/i;

/** A subject as it is compared. */
export const plainSubject = (subject: string): string =>
  subject.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();

/** The same without what answers and forwarded mails put before it. */
export const topicOf = (subject: string): string => plainSubject(subject).replace(START_OF_ANSWER, '');

/**
 * What one mail is known by, wherever it is read: its Message-ID, with whom it is from and its subject, since programs
 * exist that give one id to several mails. One that has no id yet goes by the page's name for it and what it says, since
 * it may be changed before it leaves, or else by what it is.
 */
export function identityOf(mail: Mail): string {
  const { messageId, draftId, from, subject, at, to, body } = mail;
  const id = messageId === null ? '' : bareMessageId(messageId);
  if (id !== '') return identityText(id, from.address, subject);
  if (draftId !== null) return JSON.stringify(['draft', draftId, wordsOf(mail)]);
  const addresses = to.map(({ address }) => address).sort();
  const moment = new Date(at).toISOString().slice(0, 19);
  return JSON.stringify([
    'none',
    from.address,
    addresses,
    plainSubject(subject),
    moment,
    body.content.length,
  ]);
}

/** A digest of all that a mail says, and of nothing that it is laid out by. */
function wordsOf({ subject, from, to, cc, bcc, body, attachments }: Mail): string {
  const said = body.format === 'html' ? harmlessHtml(body.content) : body.content;
  const people = [to, cc, bcc].map((all) => all.map(({ address }) => address.toLowerCase()).sort());
  const files = attachments.map(({ name, size, content }) => [name, size, content]);
  const all = [plainSubject(subject), from.address, people, said.replace(/\s+/g, ' ').trim(), files];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}

/** The identity of a mail of which that much is known. */
export const identityText = (messageId: string, from: string, subject: string): string =>
  JSON.stringify(['id', bareMessageId(messageId), from, plainSubject(subject)]);
