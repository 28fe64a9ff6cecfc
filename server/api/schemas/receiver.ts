import { z } from 'zod';
import { failure } from './run.ts';
import { instant, json, sentence } from './words.ts';

/** Addresses of other applications that are told what Liaison did: webhooks out. */

const factId = z.string().max(100);
const address = z
  .string()
  .max(2_000)
  .describe('https, a public name, the usual port. Nothing is sent into a private network.');
const description = z.string().trim().max(200);
const factIds = z.array(factId).min(1).max(50).describe('What it is told of: ids of `offered`.');
const ofIntegrations = z
  .array(z.string().max(100))
  .min(1)
  .max(500)
  .nullable()
  .describe('Of which integrations; null: of all of them.');

export const receiver = z.object({
  id: z.uuid(),
  url: z.string(),
  description: z.string(),
  facts: z.array(z.string()),
  integrations: z.array(z.string()).nullable(),
  state: z
    .enum(['active', 'paused', 'failed', 'ended'])
    .describe(
      '`paused`: what happens waits until somebody goes on. `failed`: nothing was taken for five days; `ended`: the application answered 410. To these nothing more is sent, and nothing more is kept for them.',
    ),
  failingSince: instant.nullable().describe('Since when every attempt fails; null: the last one was taken.'),
  lastTakenAt: instant.nullable(),
  waiting: z.int().nonnegative(),
  failed: z.int().nonnegative().describe('Not tried again by themselves.'),
  twoSecretsUntil: instant.nullable().describe('Until when the secret before signs, too; null: one signs.'),
  createdAt: instant,
  application: z
    .object({ id: z.string(), titles: sentence })
    .nullable()
    .describe('Another application that made it for itself, by somebody’s leave; null: a person made it.'),
});

const offeredFact = z.object({
  id: z.string(),
  titles: sentence,
  says: sentence.describe('When it is told.'),
  version: z.int().positive(),
  schema: json.describe('JSON Schema of what is sent.'),
});

export const receivers = z.object({
  receivers: z.array(receiver),
  offered: z.array(offeredFact).describe('What receivers can be told of.'),
  most: z
    .int()
    .positive()
    .describe('Receivers that an organisation can have, those of other applications not counted.'),
});

export const receiverWish = z.object({
  url: address,
  description: description.default(''),
  facts: factIds,
  integrations: ofIntegrations.default(null),
});

export const receiverChange = z.object({
  url: address.optional(),
  description: description.optional(),
  facts: factIds.optional(),
  integrations: ofIntegrations.optional(),
  state: z.enum(['active', 'paused']).optional(),
});

export const receiverWithSecret = z.object({
  receiver,
  secret: z
    .string()
    .describe(
      'What dispatches are signed with (Standard Webhooks, `whsec_…`). Shown now and never again. After a rotation the one before signs beside it for a day.',
    ),
});

export const deletedReceiver = z.object({ deleted: z.literal(true) });

export const dispatch = z.object({
  id: z.uuid().describe('What the receiver is sent as `webhook-id`, the same at every attempt.'),
  fact: z.string().describe('Its type; `test`: somebody tried the address.'),
  titles: sentence,
  integration: z.object({ id: z.string(), titles: sentence.describe('What it was called then.') }).nullable(),
  happenedAt: instant,
  state: z.enum(['waiting', 'done', 'failed']),
  tries: z.int().nonnegative(),
  triedAt: instant.nullable(),
  dueAt: instant.nullable().describe('When it is tried next; null: it is not, by itself.'),
  status: z.int().nullable().describe('What was answered last; null: nothing.'),
  answer: z.string().nullable().describe('The beginning of that answer.'),
  error: failure.nullable().describe('Why it was not taken.'),
  message: json.describe('What is sent.'),
});

export const dispatchesQuery = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional()
    .describe('What the page before gave as `next`.'),
  state: z.enum(['waiting', 'done', 'failed']).optional(),
});

export const dispatchesPage = z.object({
  dispatches: z.array(dispatch).describe('Newest first.'),
  next: z.string().nullable(),
});

export const factsQuery = z.object({
  integration: z.string().max(100).optional().describe('Of this integration alone.'),
});

export const facts = z.object({
  facts: z.array(json).min(1).describe('As receivers are sent them.'),
  isExample: z.boolean().describe('Nothing of the kind was told yet, or is kept still: this is an example.'),
});

export const resendWish = z.object({ since: instant.describe('Of what happened from then on.') });
export const resent = z.object({ count: z.int().nonnegative() });
