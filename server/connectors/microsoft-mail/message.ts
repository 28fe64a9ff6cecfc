import { z } from 'zod';
import { type MailAddress, trueAddress } from '../../core/mail/address.ts';
import type { Mail } from '../../core/mail/mail.ts';
import type { MailCircle, MailHead } from '../../core/mail/offer.ts';

const recipient = z.object({
  emailAddress: z.object({ name: z.string().nullish(), address: z.string().nullish() }).nullish(),
});
const recipients = z.array(recipient).nullish();
const people = {
  from: recipient.nullish(),
  toRecipients: recipients,
  ccRecipients: recipients,
  bccRecipients: recipients,
};

export const headSchema = z.object({
  conversationId: z.string().nullish(),
  parentFolderId: z.string().nullish(),
  isDraft: z.boolean().nullish(),
});

export const circleSchema = z.object({
  ...people,
  singleValueExtendedProperties: z.array(z.object({ id: z.string(), value: z.string().nullish() })).nullish(),
});

export const messageSchema = z.object({
  ...people,
  conversationId: z.string().nullish(),
  internetMessageId: z.string().nullish(),
  subject: z.string().nullish(),
  sentDateTime: z.string().nullish(),
  receivedDateTime: z.string().nullish(),
  body: z.object({ contentType: z.string(), content: z.string().nullish() }).nullish(),
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

/** What each look asks for, and nothing beside it: what is answered stands in the log. */
export const HEAD = { $select: 'id,conversationId,parentFolderId,isDraft' };
const PEOPLE = 'from,toRecipients,ccRecipients,bccRecipients';
/** PidTagSensitivity: https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxcmsg */
const SENSITIVITY = 'Integer 0x36';
export const CIRCLE = {
  $select: `id,${PEOPLE}`,
  $expand: `singleValueExtendedProperties($filter=id eq '${SENSITIVITY}')`,
};
export const WHOLE = {
  $select: `id,${PEOPLE},conversationId,internetMessageId,subject,sentDateTime,receivedDateTime,body`,
  $expand: 'attachments($select=id,name,contentType,size,isInline)',
};
/** Personal, and private; the third, confidential, is said of business. */
const PRIVATE = new Set(['1', '2']);

const personOf = (one: z.output<typeof recipient> | null | undefined): MailAddress => ({
  name: one?.emailAddress?.name ?? '',
  address: one?.emailAddress?.address ?? '',
});
const peopleOf = (all: z.output<typeof recipients>): MailAddress[] => (all ?? []).map(personOf);

export const headOf = ({
  conversationId,
  isDraft,
  parentFolderId,
}: z.output<typeof headSchema>): MailHead => ({
  conversation: conversationId ?? '',
  isDraft: isDraft === true,
  folder: parentFolderId ?? '',
});

export function circleOf(message: z.output<typeof circleSchema>): MailCircle {
  const { from, toRecipients, ccRecipients, bccRecipients, singleValueExtendedProperties: marks } = message;
  const all = [
    ...[personOf(from), ...peopleOf(toRecipients), ...peopleOf(ccRecipients), ...peopleOf(bccRecipients)],
  ];
  return {
    people: all.flatMap(({ address }) => trueAddress(address) ?? []),
    isPrivate: (marks ?? []).some(({ value }) => PRIVATE.has(value ?? '')),
  };
}

/** Who of both sides sent it is not the mailbox's to say. */
export function mailOf(message: z.output<typeof messageSchema>): Mail {
  const { body, sentDateTime, receivedDateTime } = message;
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
  };
}
