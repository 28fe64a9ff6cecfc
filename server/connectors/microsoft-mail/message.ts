import { z } from 'zod';
import { type MailAddress, trueAddress } from '../../core/mail/address.ts';
import type { HeldMail, MailHead } from '../../core/mail/offer.ts';

const recipient = z.object({
  emailAddress: z.object({ name: z.string().nullish(), address: z.string().nullish() }).nullish(),
});
const recipients = z.array(recipient).nullish();

export const headSchema = z.object({
  id: z.string().min(1),
  conversationId: z.string().nullish(),
  parentFolderId: z.string().nullish(),
  isDraft: z.boolean().nullish(),
  from: recipient.nullish(),
  toRecipients: recipients,
  ccRecipients: recipients,
  bccRecipients: recipients,
});

export const messageSchema = headSchema.extend({
  internetMessageId: z.string().nullish(),
  subject: z.string().nullish(),
  sentDateTime: z.string().nullish(),
  receivedDateTime: z.string().nullish(),
  body: z.object({ contentType: z.string(), content: z.string().nullish() }).nullish(),
  internetMessageHeaders: z.array(z.object({ name: z.string(), value: z.string().nullish() })).nullish(),
  attachments: z
    .array(
      z.object({
        id: z.string().min(1),
        name: z.string().nullish(),
        contentType: z.string().nullish(),
        size: z.number().nullish(),
        isInline: z.boolean().nullish(),
      }),
    )
    .nullish(),
});

export const HEAD = 'id,conversationId,parentFolderId,isDraft,from,toRecipients,ccRecipients,bccRecipients';
export const WHOLE = `${HEAD},internetMessageId,subject,sentDateTime,receivedDateTime,body,internetMessageHeaders`;
export const FILES = 'attachments($select=id,name,contentType,size,isInline)';

type Head = z.output<typeof headSchema>;

const personOf = (one: z.output<typeof recipient> | null | undefined): MailAddress => ({
  name: one?.emailAddress?.name ?? '',
  address: one?.emailAddress?.address ?? '',
});
const peopleOf = (all: z.output<typeof recipients>): MailAddress[] => (all ?? []).map(personOf);

export function headOf(message: Head): MailHead {
  const { from, toRecipients, ccRecipients, bccRecipients } = message;
  const people = [
    ...[personOf(from), ...peopleOf(toRecipients), ...peopleOf(ccRecipients), ...peopleOf(bccRecipients)],
  ];
  return {
    conversation: message.conversationId ?? '',
    isDraft: message.isDraft === true,
    folder: message.parentFolderId ?? '',
    people: people.flatMap(({ address }) => trueAddress(address) ?? []),
  };
}

/** RFC 4021: what the sender says of it. */
const SENSITIVE = /^\s*(?:private|personal)\b/i;

/** @param sent whether somebody of the organisation sent it. */
export function heldMail(message: z.output<typeof messageSchema>): HeldMail {
  const { body, sentDateTime, receivedDateTime, internetMessageHeaders } = message;
  const headers = internetMessageHeaders ?? [];
  return {
    messageId: message.internetMessageId ?? null,
    draftId: null,
    conversationId: message.conversationId ?? null,
    subject: message.subject ?? '',
    from: personOf(message.from),
    to: peopleOf(message.toRecipients),
    cc: peopleOf(message.ccRecipients),
    bcc: peopleOf(message.bccRecipients),
    at: sentDateTime ?? receivedDateTime ?? new Date(0).toISOString(),
    sent: false,
    body: { format: body?.contentType === 'html' ? 'html' : 'text', content: body?.content ?? '' },
    attachments: (message.attachments ?? []).map(({ id, name, contentType, size, isInline }) => ({
      ...{ later: id, name: name ?? '', contentType: contentType ?? 'application/octet-stream' },
      ...{ size: size ?? 0, inline: isInline === true, content: null },
    })),
    isPrivate: headers.some(
      ({ name, value }) => name.toLowerCase() === 'sensitivity' && SENSITIVE.test(value ?? ''),
    ),
  };
}
