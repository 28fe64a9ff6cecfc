import type { Request } from '../../server/api/contract.ts';
import type { MailAttachment, ReadMail } from '../office/item.ts';
import type { Outlook } from '../office/outlook.ts';

export type MailWish = Request<'logMail'>['body']['mail'];
type File = NonNullable<MailWish['attachments']>[number];

/** Bytes of files that one request carries; what is beyond goes by its name alone. */
const MOST_BYTES = 25 * 1024 * 1024;

/** Files in the order of the mail, as many as fit; the others without their content. */
export function fitting(files: readonly { readonly size: number }[]): boolean[] {
  let left = MOST_BYTES;
  return files.map(({ size }) => {
    if (size > left) return false;
    left -= size;
    return true;
  });
}

/**
 * The whole mail, as it is logged. One file after the other: Outlook refuses many at once.
 *
 * @throws OutlookFailed, also where another mail was opened meanwhile.
 */
export async function mailOf(
  outlook: Pick<Outlook, 'body' | 'attachment'>,
  mail: ReadMail,
  options: {
    /** With its attachments. */
    readonly files: boolean;
    /** Somebody of the organisation wrote it. */
    readonly sent: boolean;
  },
): Promise<MailWish> {
  const content = await outlook.body(mail, 'html');
  const wanted = options.files ? mail.attachments.filter(({ isFile }) => isFile) : [];
  const fits = fitting(wanted);
  const attachments: File[] = [];
  for (const [place, one] of wanted.entries())
    attachments.push(fileOf(one, fits[place] ? await outlook.attachment(mail, one) : null));
  return {
    messageId: mail.messageId || null,
    draftId: null,
    conversationId: mail.conversationId,
    subject: mail.subject,
    from: mail.from,
    to: named(mail.to),
    cc: named(mail.cc),
    bcc: [],
    at: mail.at,
    sent: options.sent,
    body: { format: 'html', content },
    attachments,
  };
}

export const fileOf = (
  { name, contentType, size, inline }: Pick<MailAttachment, 'name' | 'contentType' | 'size' | 'inline'>,
  content: string | null,
): File => ({ name, contentType, size, inline, content });

/** A list of people, or something in Outlook, may have no address. */
export const named = <Who extends { address: string }>(all: readonly Who[]): Who[] =>
  all.filter(({ address }) => address !== '');
