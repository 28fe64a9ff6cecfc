/// <reference types="office-js" />

/** What the pane knows of what is open in Outlook. All of it comes from whoever wrote the mail: nothing of it is a proof. */

export interface MailAddress {
  /** What the writer calls themselves; empty where they say nothing. */
  readonly name: string;
  readonly address: string;
}

export interface MailAttachment {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  /** Bytes, as Outlook counts them. */
  readonly size: number;
  /** A picture within the text. */
  readonly inline: boolean;
  /** A file; else a mail in the mail, or a link to a file in the cloud. */
  readonly isFile: boolean;
}

/** A mail that is read. */
export interface ReadMail {
  readonly mode: 'read';
  /** Differs for each mail that is opened. */
  readonly key: string;
  /** The `Message-ID` of RFC 5322, the same in everybody's mailbox; empty where the mail has none. */
  readonly messageId: string;
  readonly conversationId: string | null;
  readonly subject: string;
  readonly from: MailAddress;
  /** Who sent it for whoever wrote it; the same where nobody did. */
  readonly sender: MailAddress;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly attachments: readonly MailAttachment[];
}

/** A mail that is written. */
export interface Draft {
  readonly mode: 'compose';
  readonly key: string;
  /** Null for a mail that answers none and was not saved yet. */
  readonly conversationId: string | null;
}

/** Nothing is open, or several mails, or something that is no mail. */
export interface NoMail {
  readonly mode: 'none';
  readonly key: string;
  readonly why: 'nothing' | 'meeting';
}

export type OpenItem = ReadMail | Draft | NoMail;
/** Outlook's own object for what is open. */
export type OfficeItem = NonNullable<Office.Mailbox['item']>;

let count = 0;

/** Reads what Outlook has open. Never rejects: what is missing is empty. */
export function itemOf(item: OfficeItem | null | undefined): OpenItem {
  count += 1;
  if (item === null || item === undefined) return { mode: 'none', key: `none-${count}`, why: 'nothing' };
  if (item.itemType !== 'message') return { mode: 'none', key: `none-${count}`, why: 'meeting' };
  const conversationId = item.conversationId || null;
  // Where it is written the subject is something to ask for.
  if (typeof item.subject !== 'string') return { mode: 'compose', key: `draft-${count}`, conversationId };
  const mail = item as unknown as Office.MessageRead;
  const from = addressOf(mail.from);
  return {
    mode: 'read',
    key: `${mail.itemId ?? mail.internetMessageId}-${count}`,
    messageId: mail.internetMessageId ?? '',
    conversationId,
    subject: mail.subject,
    from,
    sender: mail.sender ? addressOf(mail.sender) : from,
    to: (mail.to ?? []).map(addressOf),
    cc: (mail.cc ?? []).map(addressOf),
    at: isoOf(mail.dateTimeCreated),
    attachments: (mail.attachments ?? []).map(attachmentOf),
  };
}

export const addressOf = (found: Office.EmailAddressDetails | undefined): MailAddress => ({
  name: (found?.displayName ?? '').trim(),
  address: (found?.emailAddress ?? '').trim(),
});

const isoOf = (at: Date | undefined): string =>
  at instanceof Date && !Number.isNaN(at.getTime()) ? at.toISOString() : '';

const attachmentOf = (one: Office.AttachmentDetails): MailAttachment => ({
  id: one.id,
  name: one.name,
  contentType: one.contentType || 'application/octet-stream',
  size: one.size,
  inline: one.isInline,
  isFile: one.attachmentType === 'file',
});
