import { z } from 'zod';
import { connectorName, durationMs, instant, label, sentence } from './words.ts';

export const runState = z
  .enum(['waiting', 'running', 'done', 'skipped', 'shelved', 'superseded'])
  .describe('`waiting` with a failed attempt behind it will be tried again at `nextAttemptAt`.');

/** What went wrong, for people: our sentence, the vendor's own words, and the field that it refused. */
export const failure = z.object({
  kind: z.enum([
    'retry-later',
    'rate-limited',
    'reconnect',
    'cursor-lost',
    'rejected',
    'gone',
    'conflict',
    'unknown',
  ]),
  actor: z.enum(['engine', 'admin', 'liaison']).describe('Who must act for the work to go on.'),
  sentence,
  vendorMessage: z.string().nullable().describe("The vendor's own words, redacted."),
  field: z.string().nullable().describe("The field that the vendor refused, by the vendor's name for it."),
});

const runFailure = failure.extend({
  fieldTitles: sentence.nullable().describe('What people call that field, where it is known.'),
});

export const runSummary = z.object({
  id: z.uuid(),
  integration: z.object({ id: z.string(), titles: sentence.describe('What it is called.') }),
  flow: z.object({ id: z.string(), titles: sentence }).describe('What the integration is one of.'),
  record: z.object({
    object: z.string().describe('The connector and its object, joined by a dot.'),
    titles: sentence.nullable().describe('The name of the object in words.'),
    id: z.string(),
    knownById: z.boolean().describe('False: the id is Liaison’s own, and says nothing to people.'),
    label: label.nullable().describe('What people know the record by: a name, or words in both languages.'),
    url: z.url().nullable().describe("The record in the vendor's own interface."),
  }),
  state: runState,
  attempts: z.int().nonnegative().describe('Failed attempts since the run began or was last replayed.'),
  nextAttemptAt: instant.nullable().describe('When a waiting run that failed is tried again.'),
  summary: sentence.nullable().describe('What the run did, once it is done or skipped.'),
  error: runFailure.nullable(),
  createdAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  durationMs: durationMs.nullable(),
});

/** One request that a step sent and what came back, redacted before it was stored. */
export const exchange = z.object({
  method: z.string(),
  url: z.string(),
  status: z.int().nullable().describe('Null when no answer came.'),
  ms: durationMs.nullable(),
  startedAt: instant,
  requestBody: z.string().nullable(),
  responseBody: z.string().nullable(),
  error: z.string().nullable().describe('Why there is no answer (timeout, reset).'),
});

export const step = z.object({
  name: z.string(),
  titles: sentence,
  connector: connectorName,
  effect: z
    .enum(['read', 'idempotency-key', 'keyed', 'lookup'])
    .describe('A read, or how a repeated write is recognised.'),
  state: z
    .enum(['not-started', 'sending', 'done', 'failed'])
    .describe('`sending`: sent, and its outcome not known yet.'),
  found: z.boolean().describe('Of a write that is done: its record was there already, nothing was made.'),
  attempts: z.int().nonnegative(),
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  durationMs: durationMs.nullable(),
  error: runFailure.nullable(),
  exchanges: z.array(exchange),
});

export const runDetail = runSummary.extend({
  mayReplay: z.boolean().describe('Whether the asker may take it up again, once it failed.'),
  steps: z.array(step),
  droppedAfterDays: z
    .int()
    .nullable()
    .describe('What was sent and answered is gone, after so many days; null: it is kept.'),
  event: z.object({
    id: z.string(),
    connector: connectorName,
    topic: z.string(),
    receivedAt: instant,
    body: z.string().nullable().describe('The delivery, redacted; null: its age is over.'),
    joined: z.int().nonnegative().describe('Further events of the same record that this run answers too.'),
  }),
});

export const runFilter = z.object({
  integration: z.string().min(1).max(100).optional(),
  flow: z.string().min(1).max(100).optional().describe('Of all its integrations.'),
  record: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe(
      'Part of the record’s name, in any case and without accents, of what the run did (an invoice’s number), or an id or address that its event names.',
    ),
  from: instant.optional().describe('Runs made at this moment or later.'),
  to: instant.optional().describe('Runs made before this moment.'),
});

export const runsQuery = runFilter.extend({
  state: runState.optional(),
  cursor: z.string().min(1).max(500).optional().describe('`next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const runsPage = z.object({
  runs: z.array(runSummary).describe('Newest first.'),
  next: z.string().nullable().describe('Cursor of the next page; null at the end.'),
});

const count = z.int().nonnegative();

export const runCounts = z.object({
  waiting: count,
  running: count,
  done: count,
  skipped: count,
  shelved: count.describe('The shelf: failed for good, waiting for a person.'),
  superseded: count,
  retrying: count.describe('Those of `waiting` that failed and will be tried again.'),
});

export const replayed = z.object({ replayed: count });

export const liveRun = runSummary.describe('A run as it now is, each time it changes.');
