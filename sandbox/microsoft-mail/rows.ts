import type { Table, VendorDesk } from '../core/simulator.ts';

export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

export interface MailAttachment {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  readonly isInline: boolean;
  /** Base64; null: it is another mail, or only a link to a file. */
  readonly content: string | null;
}

export interface MailRow {
  /** The one that stays. */
  readonly id: string;
  /** The one of the folder that it lies in: another one after a move. */
  readonly folderId: string;
  readonly folder: string;
  readonly changes: number;
  /** Milliseconds since 1970; of a mail that was sent, when that was. */
  readonly receivedAt: number;
  readonly internetMessageId: string;
  readonly conversationId: string;
  readonly subject: string;
  readonly from: Mailbox;
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly bcc: readonly Mailbox[];
  readonly body: { readonly contentType: 'html' | 'text'; readonly content: string };
  readonly isDraft: boolean;
  /** `0` to `3`: normal, personal, private, confidential; null: it was never set. */
  readonly sensitivity: string | null;
  readonly attachments: readonly MailAttachment[];
}

export interface MailFolderRow {
  readonly id: string;
  readonly displayName: string;
  readonly parentFolderId: string;
}

export const mailsOf = (desk: VendorDesk): Table<MailRow> => desk.table('mails');
export const foldersOf = (desk: VendorDesk): Table<MailFolderRow> => desk.table('folders');

/** Above every folder. */
export const ROOT = 'AAMkADvRoot=';
/** By Outlook's own names: https://learn.microsoft.com/graph/api/resources/mailfolder */
export const FOLDERS = {
  inbox: 'AAMkADvInbox=',
  sentitems: 'AAMkADvSentItems=',
  drafts: 'AAMkADvDrafts=',
  deleteditems: 'AAMkADvDeletedItems=',
  junkemail: 'AAMkADvJunkEmail=',
  outbox: 'AAMkADvOutbox=',
} as const;
export type FolderName = keyof typeof FOLDERS;

/** Of a person's own, below the inbox. */
export const PRIVATE_FOLDER = 'AAMkADvPrive=';
