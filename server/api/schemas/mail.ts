import { z } from 'zod';
import { runState } from './run.ts';
import { instant, sentence } from './words.ts';

const count = z.int().nonnegative();
const link = z.url({ protocol: /^https?$/ });
/** As a mail has it; whether it is an address at all is read, not believed. */
const address = z.string().trim().min(1).max(320);
const name = z.string().trim().max(1_000);

/** A module of people, and the ones that a mail may be logged on beside. */
const personModule = z.enum(['Contacts', 'Leads']);
export const loggedModule = z.enum(['Contacts', 'Leads', 'Accounts', 'Deals']);
const recordId = z.string().regex(/^\d{1,25}$/);

const named = z.object({ id: z.string(), name: z.string(), url: link.nullable() });
const money = z.object({
  minor: z.int().describe('A whole number of the currency’s minor unit.'),
  currency: z.string().describe('ISO 4217'),
});

const deal = z.object({
  id: z.string(),
  name: z.string(),
  stage: z.string().nullable(),
  amount: money.nullable(),
  closing: z.string().nullable().describe('A day: `2026-11-23`.'),
  url: link.nullable(),
});

const note = z.object({
  id: z.string(),
  title: z.string().nullable(),
  text: z.string().describe('At most 500 characters of it.'),
  at: instant.nullable(),
  by: z.string().nullable(),
});

const knownPerson = z.object({
  module: personModule,
  id: z.string(),
  name: z.string(),
  emails: z.array(z.string()),
  phone: z.string().nullable(),
  title: z.string().nullable().describe('Job title.'),
  company: z.string().nullable(),
  account: named.nullable(),
  owner: z.object({ id: z.string(), name: z.string() }).nullable(),
  url: link.nullable().describe('The record in the CRM.'),
  deals: z.array(deal).describe('Open ones of the person and of their account, the next to close first.'),
  moreDeals: z.boolean(),
  notes: z
    .array(note)
    .nullable()
    .describe('The newest; null: not read, because the mail has too many people.'),
});

const sender = z.object({
  address: z.string().describe('As it was asked for, without a name, in small letters.'),
  internal: z.boolean().describe('It is of one of the organisation’s own users.'),
  user: z.object({ id: z.string(), name: z.string() }).nullable(),
  records: z
    .array(knownPerson)
    .describe('Every contact and lead with this address, contacts first. Empty: nobody.'),
});

export const mailPeopleQuery = z.object({
  address: z
    .union([address, z.array(address).min(1).max(50)])
    .describe('Repeated for each address of the mail: the sender first, then who else it is to.'),
});

export const mailLogging = z.object({
  state: z.enum(['on', 'off']),
  sentence: sentence.nullable().describe('Why a mail cannot be logged, and who can change that.'),
  integration: z.string().nullable().describe('Whose runs the logged mails are.'),
});

export const mailPeople = z.object({
  people: z.array(sender).describe('In the order of the addresses, each once.'),
  more: count.describe('Addresses that were not looked up: there were too many.'),
  logging: mailLogging,
});

/** What a person corrected, before it is written. Lengths are the CRM’s own to judge. */
export const mailPersonWish = z.object({
  id: z
    .string()
    .min(8)
    .max(100)
    .describe('What the page names this creation by, the same at every attempt: it is done once.'),
  module: personModule,
  firstName: name.default(''),
  lastName: name.min(1),
  email: address,
  phone: name.default(''),
  company: name.default(''),
});

export const madeMailPerson = z.object({
  outcome: z.enum(['made', 'existed']).describe('`existed`: somebody has this address by now.'),
  record: z.object({
    module: personModule,
    id: z.string(),
    name: z.string(),
    url: link.nullable(),
  }),
  account: named
    .extend({ outcome: z.enum(['made', 'found']) })
    .nullable()
    .describe('Of a contact: the account of the company that was given.'),
});

const correspondent = z.object({ name: name.default(''), address });

export const mailSuggestionWish = z.object({
  from: correspondent.describe('As the mail names them: a name may be anything.'),
  text: z
    .string()
    .max(60_000)
    .default('')
    .describe('The mail as plain text, or HTML; what is quoted of others is left aside.'),
  format: z.enum(['text', 'html']).default('text'),
});

export const mailSuggestion = z.object({
  firstName: z.string(),
  lastName: z.string(),
  email: z.string().nullable().describe('The true address; null: there is none.'),
  phone: z.string(),
  company: z.string(),
  title: z.string().describe('Job title, as the signature has it.'),
  claims: z
    .string()
    .nullable()
    .describe('Another address that the name claims to be: `"ceo@bank.example" <x@evil.example>`.'),
});

const attachment = z.object({
  name: name.default(''),
  contentType: z.string().max(255).default('application/octet-stream'),
  size: count.describe('Bytes.'),
  inline: z.boolean().default(false),
  content: z
    .base64()
    .nullable()
    .default(null)
    .describe('Null: it was too large for the page, or is none; it is named as left out.'),
});

/** A mail as a mailbox has it. */
export const loggedMail = z.object({
  messageId: z
    .string()
    .trim()
    .max(2_000)
    .nullable()
    .default(null)
    .describe('The Internet Message-ID. Null: the mail has none, or none yet.'),
  draftId: z
    .string()
    .min(8)
    .max(100)
    .nullable()
    .default(null)
    .describe('What the page names a mail by that has no Message-ID yet, the same at every attempt.'),
  conversationId: z.string().max(1_000).nullable().default(null),
  subject: z.string().max(10_000).default(''),
  from: correspondent,
  to: z.array(correspondent).max(1_000).default([]),
  cc: z.array(correspondent).max(1_000).default([]),
  bcc: z.array(correspondent).max(1_000).default([]),
  at: instant.describe('When it was sent.'),
  sent: z.boolean().describe('True: somebody of the organisation sent it; false: it came.'),
  body: z.object({
    format: z.enum(['html', 'text']),
    content: z.string().max(20_000_000),
  }),
  attachments: z.array(attachment).max(200).default([]),
});

export const mailLogWish = z.object({
  mail: loggedMail,
  records: z
    .array(z.object({ module: loggedModule, id: recordId }))
    .min(1)
    .max(10)
    .describe('The contact or lead, and the deal where one was chosen.'),
});

const mailLog = z.object({
  module: loggedModule,
  id: z.string(),
  name: z.string().nullable().describe('What the record is called, where it is known.'),
  url: link.nullable(),
  state: runState,
  sentence: sentence.nullable().describe('How it ended, or why it could not be done.'),
  run: z.uuid().nullable().describe('Null: it is about to begin.'),
  at: instant.describe('When somebody asked for it.'),
  by: z.string().nullable(),
  crmId: z.string().nullable().describe('The CRM’s own id of the mail.'),
});

export const mailLogs = z.object({ logs: z.array(mailLog) });

export const loggedMails = z.object({
  logs: z.array(
    mailLog.extend({
      isNew: z.boolean().describe('False: it was asked for before, and is done once.'),
    }),
  ),
  leftOut: z
    .array(z.object({ name: z.string(), sentence }))
    .describe('Attachments that the CRM does not take, and why.'),
});

export const mailLogsQuery = z.object({
  messageId: z.string().trim().min(1).max(2_000),
  from: address.optional().describe('With it, another mail that bears the same id is not meant.'),
  subject: z.string().max(10_000).optional(),
});

export const conversationAddress = z.object({ conversation: z.string().min(1).max(1_000) });

export const conversationWish = z.object({
  on: z.boolean(),
  records: z
    .array(z.object({ module: loggedModule, id: recordId }))
    .max(10)
    .default([])
    .describe('Where its mails are logged; where it is turned on there is at least one.'),
});

export const conversation = z.object({
  conversation: z.string(),
  state: z
    .enum(['on', 'off', 'no-mailbox'])
    .describe('`no-mailbox`: the person’s own mailbox is not connected for it.'),
  sentence: sentence.nullable().describe('What is to be done first.'),
  connect: z.string().nullable().describe('Path of ours where the mailbox is connected; null: none.'),
  records: z.array(z.object({ module: loggedModule, id: z.string(), name: z.string().nullable() })),
});
