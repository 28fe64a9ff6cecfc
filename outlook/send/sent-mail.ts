/// <reference types="office-js" />
import { fileOf, fitting, type MailWish, named } from '../mail/mail-of.ts';
import { ask } from '../office/ask.ts';
import { addressOf } from '../office/item.ts';

/**
 * A draft as it is about to be sent.
 *
 * @param now when it is sent, ISO 8601.
 * @throws OutlookFailed where Outlook does not give it.
 */
export async function sentMail(
  draft: Office.MessageCompose,
  { draftId, now }: { readonly draftId: string; readonly now: string },
): Promise<MailWish> {
  const people = async (field: Office.Recipients) =>
    named((await ask<Office.EmailAddressDetails[]>((done) => field.getAsync(done))).map(addressOf));
  const [subject, from, to, cc, bcc, content, files] = await Promise.all([
    ask<string>((done) => draft.subject.getAsync(done)),
    ask<Office.EmailAddressDetails>((done) => draft.from.getAsync(done)),
    people(draft.to),
    people(draft.cc),
    people(draft.bcc),
    ask<string>((done) => draft.body.getAsync(Office.CoercionType.Html, done)),
    ask<Office.AttachmentDetailsCompose[]>((done) => draft.getAttachmentsAsync(done)),
  ]);
  const wanted = files.filter(({ attachmentType }) => attachmentType === 'file');
  const fits = fitting(wanted);
  const attachments: MailWish['attachments'] = [];
  for (const [place, one] of wanted.entries()) {
    const about = {
      name: one.name,
      contentType: 'application/octet-stream',
      size: one.size,
      inline: one.isInline,
    };
    attachments.push(fileOf(about, fits[place] ? await contentOf(draft, one.id) : null));
  }
  return {
    messageId: null,
    draftId,
    conversationId: draft.conversationId || null,
    subject,
    from: addressOf(from),
    to,
    cc,
    bcc,
    at: now,
    sent: true,
    body: { format: 'html', content },
    attachments,
  };
}

/** Base64; null where it is no file of bytes. */
async function contentOf(draft: Office.MessageCompose, id: string): Promise<string | null> {
  const { content, format } = await ask<Office.AttachmentContent>((done) =>
    draft.getAttachmentContentAsync(id, done),
  );
  return format === Office.MailboxEnums.AttachmentContentFormat.Base64 ? content : null;
}
