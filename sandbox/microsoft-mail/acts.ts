import { z } from 'zod';
import type { VendorDesk } from '../core/simulator.ts';
import { actOnSubscriptions } from '../microsoft/notify.ts';
import { account } from '../microsoft-accounts/account.ts';
import { findMail, type GivenMail, putMail, sendDraft } from './mailbox.ts';
import { FOLDERS, type FolderName, type MailRow, PRIVATE_FOLDER } from './rows.ts';

const person = z.object({ name: z.string().default(''), address: z.string() });
const wishSchema = z.object({
  conversation: z.string().optional(),
  subject: z.string().default('Devis pour la vitrine'),
  from: person.optional(),
  to: z.array(person).optional(),
  cc: z.array(person).default([]),
  text: z.string().default('Bonjour,\n\nLe devis nous convient.'),
  html: z.string().optional(),
  messageId: z.string().optional(),
  folder: z.enum([...(Object.keys(FOLDERS) as FolderName[]), 'private']).optional(),
  sensitivity: z.string().nullable().default(null),
  files: z.array(z.object({ name: z.string(), text: z.string().nullable() })).default([]),
});

type Wish = Readonly<Record<string, unknown>>;

/**
 * What happens in the mailbox: `{"act": "receive", "from": {"address": …}, …}`, `{"act": "send", "to": [{"address": …}]}`,
 * `{"act": "draft", …}` and `{"act": "send-draft", "id": …}`; and what `actOnSubscriptions` knows.
 *
 * @throws Error with a sentence for an act that there is not.
 */
export function act(desk: VendorDesk, wish: Wish): object {
  switch (wish.act) {
    case 'receive':
      return told(putMail(desk, mailFrom(desk, wish, 'inbox')));
    case 'send':
      return told(putMail(desk, mailFrom(desk, wish, 'sentitems')));
    case 'draft':
      return told(putMail(desk, mailFrom(desk, wish, 'drafts')));
    case 'send-draft': {
      const draft = findMail(desk, String(wish.id));
      if (!draft?.isDraft) throw new Error(`Outlook has no draft of the id "${String(wish.id)}".`);
      return told(sendDraft(desk, draft, FOLDERS.sentitems));
    }
    default: {
      const done = actOnSubscriptions(desk, wish);
      if (done !== undefined) return done;
      throw new Error(
        'Outlook knows the acts "receive", "send", "draft", "send-draft", "lifecycle", "silence" and "drop-subscriptions".',
      );
    }
  }
}

const told = ({ id, internetMessageId, conversationId, subject }: MailRow): object => ({
  ...{ id, internetMessageId, conversationId, subject },
});

function mailFrom(desk: VendorDesk, wish: Wish, usual: FolderName): GivenMail {
  const given = wishSchema.parse(wish);
  const { email, givenName, surname } = account();
  const own = { name: `${givenName} ${surname}`.trim(), address: email };
  const isReceived = usual === 'inbox';
  const client = { name: 'Juliette Pélissier', address: 'juliette@boulangerie-pelissier.example' };
  const folder = given.folder ?? usual;
  return {
    folder: folder === 'private' ? PRIVATE_FOLDER : FOLDERS[folder],
    internetMessageId: given.messageId ?? `<${desk.id('', 20)}@mail.example>`,
    conversationId: given.conversation ?? `AAQkAGI2THk0${desk.id('', 20)}AA=`,
    subject: given.subject,
    from: given.from ?? (isReceived ? client : own),
    to: given.to ?? [isReceived ? own : client],
    cc: given.cc,
    bcc: [],
    body:
      given.html === undefined
        ? { contentType: 'text', content: given.text }
        : { contentType: 'html', content: given.html },
    isDraft: usual === 'drafts',
    sensitivity: given.sensitivity,
    attachments: given.files.map(({ name, text }) => ({
      id: `${desk.id('AAMkAGI2Att', 20)}=`,
      ...{ name, contentType: 'text/plain', isInline: false },
      content: text === null ? null : Buffer.from(text).toString('base64'),
    })),
  };
}
