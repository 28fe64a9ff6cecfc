import type { PreparedFile, PreparedMail } from './prepare-mail.ts';

/** A file of a mail that is to be logged, kept apart from the event for as long as a run needs it. */
export interface KeptFile extends Pick<PreparedFile, 'name' | 'contentType'> {
  readonly id: string;
}

/** What somebody asks for who has a mail logged on a record: the body of the event that begins its run. */
export interface AskedMail {
  /** Under which its place is remembered: the event's own key. */
  readonly key: string;
  /** What the mail is known by, wherever it is read. */
  readonly identity: string;
  readonly module: string;
  readonly record: string;
  /** An earlier text of the same draft was logged there, too: no CRM takes it back. */
  readonly isChanged?: boolean;
  readonly mail: Omit<PreparedMail, 'files'> & { readonly files: readonly KeptFile[] };
}

/** Nobody but Liaison writes such events. */
export const askedMail = (body: Readonly<Record<string, unknown>>): AskedMail => body as unknown as AskedMail;
