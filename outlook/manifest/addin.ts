import { v5 as uuidFrom } from 'uuid';

/** What both manifests say of one server's pane. */
export interface Addin {
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly host: string;
  /** The same for each server at every time: another id would be another add-in beside the first. */
  readonly unifiedId: string;
  readonly xmlId: string;
  readonly pane: string;
  /** The page that hears of a mail that is sent. */
  readonly send: string;
  /** Where somebody goes in the dialog of the sign-in, beside this server. */
  readonly signInOrigins: readonly string[];
  icon(size: 16 | 32 | 64 | 80 | 128): string;
}

/**
 * Of the manifest itself, and raised when what it says changes: the pages are the server's, of whatever version it is.
 * Outlook takes none below 1.
 */
export const MANIFEST_VERSION = '1.0.0';

/** What the pane reads with: contents of attachments, mailboxes that are shared. `office/outlook.ts` asks for it again. */
export const NEEDED_MAILBOX = '1.8';
/** What is told of a mail that is sent. Outlooks that know less do not tell. */
export const SEND_MAILBOX = '1.12';

export class NoAddress extends Error {
  override readonly name = 'NoAddress';
}

/**
 * @param publicUrl where this server is reached from the browsers of those who use Outlook.
 * @throws NoAddress with a sentence, where Outlook could not open pages from there.
 */
export function addinAt(publicUrl: string | undefined, signInOrigins: readonly string[]): Addin {
  if (publicUrl === undefined || publicUrl.trim() === '')
    throw new NoAddress(
      'Set PUBLIC_URL to the address of this server, or give it: npm run outlook -- https://liaison.example.com',
    );
  const url = URL.parse(publicUrl.trim());
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '')
    throw new NoAddress(`Outlook opens pages over https only, and PUBLIC_URL is ${publicUrl}.`);
  if (url.search !== '' || url.hash !== '')
    throw new NoAddress(
      `PUBLIC_URL is the address that all paths begin with, and ${publicUrl} ends with something else.`,
    );
  const root = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  return {
    publicUrl: root,
    host: url.host,
    unifiedId: uuidFrom(`${root}/outlook/manifest.json`, uuidFrom.URL),
    xmlId: uuidFrom(`${root}/outlook/manifest.xml`, uuidFrom.URL),
    pane: `${root}/outlook/pane.html`,
    send: `${root}/outlook/send.html`,
    signInOrigins,
    icon: (size) => `${root}/outlook/icons/icon-${size}.png`,
  };
}
