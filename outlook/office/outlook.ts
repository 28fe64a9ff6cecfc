/// <reference types="office-js" />
import { ask, OutlookFailed } from './ask.ts';
import {
  addressOf,
  type Draft,
  itemOf,
  type MailAddress,
  type MailAttachment,
  type OfficeItem,
  type OpenItem,
} from './item.ts';
import { SEND_NOTE, type SendWish, sendWishOf } from './send-wish.ts';

/** The only file, beside the dialog's two, that speaks with Office. All that comes from it is a hint: the server believes none of it. */

/** `script`: Office's script did not come; `outside`: no Outlook is around; `old`: one that knows too little. */
export type WhyNoOutlook = 'script' | 'outside' | 'old';

export class NoOutlook extends Error {
  override readonly name = 'NoOutlook';
  readonly why: WhyNoOutlook;

  constructor(why: WhyNoOutlook) {
    super(why);
    this.why = why;
  }
}

/** A mailbox that is shared with the person who looks. */
export interface SharedMailbox {
  /** E-mail address of whose it is. */
  readonly owner: string;
}

export type BodyForm = 'text' | 'html';

export interface Outlook {
  /** BCP 47. */
  readonly locale: string;
  /** Address of the mailbox's own person, to tell their mails from others'. */
  readonly own: string;
  /** The same object until another mail is opened. */
  readonly item: () => OpenItem;
  readonly onItem: (listener: () => void) => () => void;
  /** Whether Outlook is dark; null: it does not say. */
  readonly isDark: () => boolean | null;
  readonly onTheme: (listener: () => void) => () => void;
  /** @throws OutlookFailed, also where another mail is open by then. */
  body(item: OpenItem, form: BodyForm): Promise<string>;
  /** Its bytes in base64. */
  attachment(item: OpenItem, one: MailAttachment): Promise<string>;
  /** The mail's own lines of transport; empty where Outlook does not give them. */
  headers(item: OpenItem): Promise<string>;
  /** Null: the person's own mailbox. */
  shared(item: OpenItem): Promise<SharedMailbox | null>;
  /** Puts a piece of text where the cursor is. `html` where the mail is formatted. */
  insert(draft: Draft, piece: { readonly text: string; readonly html: string }): Promise<void>;
  /** Saves the draft, so that it has a conversation. @returns its id; null where Outlook tells none. */
  conversationOf(draft: Draft): Promise<string | null>;
  recipients(draft: Draft): Promise<readonly MailAddress[]>;
  /** Until another item is open. */
  onRecipients(draft: Draft, listener: () => void): void;
  /** Whether this Outlook tells a page of ours when a mail is sent. */
  readonly tellsOfSending: boolean;
  /** What is to be done when the draft is sent; null: nothing. Held as long as the draft is open. */
  onSend(draft: Draft): Promise<SendWish | null>;
  keepOnSend(draft: Draft, wish: SendWish | null): Promise<void>;
}

/** Attachments' contents, and mailboxes that are shared. https://learn.microsoft.com/javascript/api/requirement-sets/outlook/outlook-api-requirement-sets */
const NEEDED = '1.8';
const PATIENCE_MS = 10_000;

/** @throws NoOutlook, within ten seconds. */
export async function connectToOutlook(): Promise<Outlook> {
  if (typeof Office === 'undefined') throw new NoOutlook('script');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS);
  });
  const info = await Promise.race([Office.onReady(), late]).finally(() => clearTimeout(timer));
  if (info?.host !== Office.HostType.Outlook) throw new NoOutlook('outside');
  if (!Office.context.requirements.isSetSupported('Mailbox', NEEDED)) throw new NoOutlook('old');
  return outlookOf(Office.context.mailbox);
}

export function outlookOf(mailbox: Office.Mailbox): Outlook {
  const items = listeners();
  const themes = listeners();
  let held = mailbox.item;
  let item = itemOf(held);
  const look = () => {
    held = mailbox.item;
    item = itemOf(held);
    items.tell();
  };
  const hear = (event: Office.EventType, then: () => void) => {
    // Older ones do not know each event; the pane is then as it was opened.
    void ask<void>((done) => mailbox.addHandlerAsync(event, then, done)).catch(() => undefined);
  };
  hear(Office.EventType.ItemChanged, look);
  hear(Office.EventType.OfficeThemeChanged, themes.tell);

  /** Office answers for what is open by the time it answers: another mail's text would be taken for this one's. */
  async function of<T>(wanted: OpenItem, work: (found: OfficeItem) => Promise<T>): Promise<T> {
    const found = held;
    if (wanted !== item || found === null || found === undefined) throw gone();
    const answer = await work(found);
    if (wanted !== item || mailbox.item !== found) throw gone();
    return answer;
  }

  return {
    locale: Office.context.displayLanguage,
    own: mailbox.userProfile?.emailAddress ?? '',
    item: () => item,
    onItem: items.add,
    isDark,
    onTheme: themes.add,
    body: (wanted, form) =>
      of(wanted, (found) =>
        ask<string>((done) =>
          found.body.getAsync(form === 'html' ? Office.CoercionType.Html : Office.CoercionType.Text, done),
        ),
      ),
    attachment: (wanted, one) =>
      of(wanted, async (found) => {
        const { content, format } = await ask<Office.AttachmentContent>((done) =>
          found.getAttachmentContentAsync(one.id, done),
        );
        if (format === Office.MailboxEnums.AttachmentContentFormat.Base64) return content;
        // A mail in the mail comes as its text.
        return base64Of(content);
      }),
    headers: (wanted) =>
      of(wanted, (found) => ask<string>((done) => found.getAllInternetHeadersAsync(done))).catch((error) => {
        if (error instanceof OutlookFailed && error.code !== null) return '';
        throw error;
      }),
    shared: (wanted) =>
      of(wanted, async (found) => {
        // Only an item of such a mailbox knows the call.
        if (typeof found.getSharedPropertiesAsync !== 'function') return null;
        const shared = await ask<Office.SharedProperties>((done) =>
          found.getSharedPropertiesAsync(done),
        ).catch(() => null);
        return shared === null ? null : { owner: shared.owner };
      }),
    insert: (draft, { text, html }) =>
      of(draft, async (found) => {
        const kind = await ask<Office.CoercionType>((done) => found.body.getTypeAsync(done));
        const isHtml = kind === Office.CoercionType.Html;
        await ask<void>((done) =>
          found.body.setSelectedDataAsync(
            isHtml ? html : text,
            { coercionType: isHtml ? Office.CoercionType.Html : Office.CoercionType.Text },
            done,
          ),
        );
      }),
    conversationOf: (draft) =>
      of(draft, async (found) => {
        if (found.conversationId) return found.conversationId;
        await ask<string>((done) => found.saveAsync(done));
        return found.conversationId || null;
      }),
    recipients: (draft) =>
      of(draft, async (found) => {
        const fields = found as unknown as Office.MessageCompose;
        const lists = await Promise.all(
          [fields.to, fields.cc].map((field) =>
            ask<Office.EmailAddressDetails[]>((done) => field.getAsync(done)),
          ),
        );
        return lists.flat().map(addressOf);
      }),
    onRecipients(draft, listener) {
      const found = held;
      if (draft !== item || found === null || found === undefined) return;
      void ask<void>((done) =>
        (found as unknown as Office.MessageCompose).addHandlerAsync(
          Office.EventType.RecipientsChanged,
          listener,
          done,
        ),
      ).catch(() => undefined);
    },
    tellsOfSending: tellsOfSending(mailbox),
    onSend: (draft) =>
      of(draft, async (found) =>
        sendWishOf(
          await ask<string>((done) => sessionData(found).getAsync(SEND_NOTE, done)).catch(() => null),
        ),
      ),
    keepOnSend: (draft, wish) =>
      of(draft, (found) =>
        ask<void>((done) =>
          wish === null
            ? sessionData(found).removeAsync(SEND_NOTE, done)
            : sessionData(found).setAsync(SEND_NOTE, JSON.stringify(wish), done),
        ),
      ),
  };
}

const sessionData = (found: OfficeItem): Office.SessionData =>
  (found as unknown as Office.MessageCompose).sessionData;

/** The set that knows of sending; the classic Outlook for Windows runs no page then, and a script of its own kind only. */
const SENDING = '1.12';
function tellsOfSending({ diagnostics }: Office.Mailbox): boolean {
  const isClassic =
    diagnostics?.hostName === 'Outlook' && Office.context.platform === Office.PlatformType?.PC;
  return !isClassic && Office.context.requirements.isSetSupported('Mailbox', SENDING);
}

const gone = () => new OutlookFailed(null, 'another mail is open');

function listeners() {
  const all = new Set<() => void>();
  return {
    add(listener: () => void) {
      all.add(listener);
      return () => void all.delete(listener);
    },
    tell() {
      for (const listener of all) listener();
    },
  };
}

/** By the background that Outlook paints: it names no theme everywhere. */
function isDark(): boolean | null {
  const ground = /^#([0-9a-f]{6})$/i.exec(Office.context.officeTheme?.bodyBackgroundColor ?? '')?.[1];
  if (ground === undefined) return null;
  const [red = 0, green = 0, blue = 0] = (ground.match(/../g) ?? []).map((part) => Number.parseInt(part, 16));
  return (red * 299 + green * 587 + blue * 114) / 1000 < 128;
}

function base64Of(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}
