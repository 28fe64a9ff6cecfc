import type { BeginningOffer } from '../beginning.ts';
import type { RoleAccount } from '../flow.ts';
import type { Mail } from './mail.ts';

/** As much of a mail as says whether it is of a conversation that is logged: nothing of who wrote, or what. */
export interface MailHead {
  readonly conversation: string;
  readonly isDraft: boolean;
  /** The folder that it lies in. */
  readonly folder: string;
}

/** As much as says whether it is anybody else's business: still nothing of what it says. */
export interface MailCircle {
  /** Everybody whom it names, the sender first, in small letters. */
  readonly people: readonly string[];
  /** Whoever sent it marked it as private, or as personal. */
  readonly isPrivate: boolean;
}

/**
 * What a folder and all of those around it are called. Null: what lies in it was never meant to be kept (bin, junk,
 * drafts). `unclear`: not all of them are known, so that it may lie in a private one.
 */
export type MailFolders = readonly string[] | null | 'unclear';

/** How a person's mailbox is read. Events of its topics name the mail by `recordId`. Nothing is ever written there. */
export interface MailsOffer<Client> extends BeginningOffer<Client> {
  /** Bytes of a file that can be fetched. */
  readonly fileSize: number;
  /** The newest: which, and when, and nothing of what they say. */
  latest(client: Client): Promise<readonly { readonly id: string; readonly at: string }[]>;
  /** Null: there is none of this id (any more). */
  head(client: Client, id: string): Promise<MailHead | null>;
  folders(client: Client, folder: string): Promise<MailFolders>;
  circle(client: Client, id: string): Promise<MailCircle | null>;
  /** The contents of its files are fetched one by one. */
  mail(client: Client, id: string): Promise<Mail | null>;
  /** Null: it is no file with a content of its own. */
  file(client: Client, mail: string, file: string): Promise<Uint8Array | null>;
}

/** The same, of one account. */
export interface BoundMails extends Pick<MailsOffer<unknown>, 'fileSize'> {
  latest(): Promise<readonly { readonly id: string; readonly at: string }[]>;
  head(id: string): Promise<MailHead | null>;
  folders(folder: string): Promise<MailFolders>;
  circle(id: string): Promise<MailCircle | null>;
  mail(id: string): Promise<Mail | null>;
  file(mail: string, file: string): Promise<Uint8Array | null>;
}

/** The mailbox that an account offers. @throws when its connector offers none: a flow asked for no such role. */
export function mailsOf({ connector, client }: RoleAccount): BoundMails {
  const offer = connector.offers?.mails;
  if (offer === undefined) throw new Error(`${connector.id} offers no mailbox`);
  return {
    fileSize: offer.fileSize,
    latest: () => offer.latest(client),
    head: (id) => offer.head(client, id),
    folders: (folder) => offer.folders(client, folder),
    circle: (id) => offer.circle(client, id),
    mail: (id) => offer.mail(client, id),
    file: (mail, file) => offer.file(client, mail, file),
  };
}
