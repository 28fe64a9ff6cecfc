import { z } from 'zod';
import { failure, runState } from './run.ts';
import { connectorName, instant, sentence } from './words.ts';

/** API name of a module, and a record's id as the CRM writes it. */
export const recordAddress = z.object({
  module: z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,49}$/),
  id: z.string().regex(/^\d{1,25}$/),
});

const tone = z.enum(['good', 'bad', 'busy', 'quiet']);

const value = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('words'), words: sentence }),
  z.object({
    kind: z.literal('money'),
    minor: z.int().describe('A whole number of the currency’s minor unit.'),
    currency: z.string().describe('ISO 4217'),
  }),
  z.object({
    kind: z.literal('date'),
    at: z.string().describe('A moment (ISO 8601), or a day (`2026-11-23`).'),
    says: sentence.optional().describe('What the date is of, where the row does not say.'),
    clock: z.boolean().optional().describe('The hour matters, on any day.'),
  }),
  z.object({ kind: z.literal('state'), words: sentence, tone }),
]);

const link = z.url({ protocol: /^https?$/ });

const row = z.object({
  id: z.string(),
  label: value,
  values: z.array(value),
  note: sentence.optional(),
  url: link.optional().describe('Where the vendor shows it.'),
  key: z.string().optional(),
  beside: z.string().optional().describe('The `key` of the row of the same group that it belongs beside.'),
  copy: z.string().optional().describe('Text that people paste elsewhere.'),
});

const section = z.object({
  id: z.string(),
  titles: sentence,
  layout: z.enum(['facts', 'rows', 'timeline']),
  rows: z.array(row),
  empty: sentence.optional().describe('Said in place of no rows.'),
  more: z.boolean().optional().describe('The vendor has more than is shown.'),
});

const action = z.object({
  id: z.string(),
  titles: sentence,
  explains: sentence.describe('What will happen, before it does.'),
});

const cardData = z.object({
  sections: z.array(section),
  empty: sentence
    .optional()
    .describe('Said in place of sections when the vendor knows nobody of the record.'),
  actions: z.array(action),
  url: link.optional(),
});

export const recordCard = z.object({
  connector: connectorName,
  group: z.string().describe('Cards of one group are read together.'),
  groupTitles: sentence,
  state: z
    .enum(['fresh', 'cached', 'unknown', 'failing', 'absent', 'reconnect'])
    .describe(
      '`fresh`: the vendor said so just now; `cached`: it said so at `at`; `unknown`: it was not asked yet; `failing`: it was asked and failed, `data` is what it said at `at`; `absent`, `reconnect`: an admin must connect it.',
    ),
  data: cardData.nullable(),
  at: instant.nullable().describe('When the vendor said what `data` holds.'),
  error: failure.nullable(),
});

export const recordPage = z.object({
  module: z.string(),
  id: z.string(),
  title: z.string(),
  emails: z.array(z.string()).describe('What the record’s person or company is looked up by.'),
  facts: z.array(row),
  url: link.nullable().describe('The record in the CRM.'),
  at: instant.describe('When the CRM was last asked for the record.'),
  stale: failure.nullable().describe('Why the CRM could not be asked now.'),
  cards: z.array(recordCard).describe('In the order in which they are shown.'),
});

export const recordQuery = z.object({
  fresh: z
    .enum(['true', 'false'])
    .default('false')
    .describe('`true`: the CRM is asked for the record; otherwise what it last said is good enough.'),
});

const entry = z.object({
  id: z.string(),
  kind: z.enum(['run', 'sync', 'act']),
  titles: sentence.describe('Of the flow, or of the vendor.'),
  sentence,
  state: z.enum(['done', 'failed', 'waiting', 'undone']),
  runState: runState.nullable(),
  at: instant,
  by: z.string().nullable().describe('The person who did it; null: Liaison itself.'),
});

export const recordActivity = z.object({
  entries: z.array(entry).describe('What Liaison did for the record, newest first.'),
  syncs: z
    .array(
      z.object({
        sync: z.object({ id: z.string(), titles: sentence }),
        connector: connectorName.describe('Of the other side.'),
        state: z
          .enum(['in-sync', 'waiting', 'failing', 'conflict', 'differing', 'excluded', 'alone', 'off'])
          .describe('`off`: the sync has not begun, and keeps no record equal.'),
        phase: z.string().describe('Of the whole sync.'),
        why: sentence.nullable(),
        url: link.nullable().describe('The counterpart at its vendor.'),
        writtenAt: instant.nullable(),
      }),
    )
    .describe('How the record stands in each sync that could hold it.'),
});

export const askedSyncs = z.object({
  asked: z.int().nonnegative().describe('How many syncs look at the record now.'),
});

export const liveRecord = z
  .object({
    module: z.string(),
    id: z.string(),
    connectors: z.array(z.string()).describe('Whose cards may show something else now.'),
  })
  .describe('Something happened that concerns this record.');
