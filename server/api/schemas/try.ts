import { z } from 'zod';
import { failure } from './run.ts';
import { connectorName, instant, json, label, sentence } from './words.ts';

const settings = z
  .record(z.string(), json)
  .describe('Settings that are not saved yet. What is left out is taken as saved.');

export const tryRecord = z.object({
  id: z.string().describe('What a try of it is asked for with.'),
  title: z.string().describe('What people know it by.'),
  detail: sentence.nullable().describe('What tells it from others of that name.'),
  at: instant.nullable().describe('When it came to be as it is, where that is known.'),
});

export const tryQuery = z.object({
  search: z.string().trim().min(1).max(200).optional().describe('Only records in which this stands.'),
  settings: z.string().max(8_000).optional().describe('JSON of settings that are not saved yet.'),
});

export const tryRecords = z.object({
  records: z
    .array(tryRecord)
    .nullable()
    .describe('The latest that fit, newest first; null: they could not be read.'),
  standing: z
    .object({
      count: z.int().nonnegative().describe('Records that stand in the source now.'),
      shown: z.array(tryRecord).describe('The first few of them.'),
      setting: z
        .string()
        .describe('The setting that says whether they are taken, too, once it is turned on.'),
      chosen: json.describe('Its value.'),
      said: sentence.nullable().describe('What they are and how many; null: rows of a sheet.'),
    })
    .nullable()
    .describe('What is there before anything is looked at, where it can be taken, too.'),
  problem: failure.nullable().describe('Why the records could not be read.'),
});

export const tryWish = z
  .object({
    record: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .optional()
      .describe(
        'Id of a record, of the CRM or as the list of records gives it; absent: the latest that fits.',
      ),
    settings: settings.optional(),
  })
  .default({});

const tryRequest = z.object({
  method: z.string(),
  url: z.string(),
  body: json.describe('Its JSON, or the fields of its form, redacted; null without one.'),
  filledIn: z
    .array(
      z.object({
        at: z.string().describe('JSON pointer into this request: `/body/customer_id`, `/url`.'),
        stands: sentence.describe('What only the vendor gives, and what stands here for it.'),
      }),
    )
    .describe('What would be known in a run only: what stands in its place is no value of the vendor’s.'),
});

export const tryStep = z.object({
  step: z
    .string()
    .describe('Its declared name. A step that asks several things is here once for each of them.'),
  item: z.string().nullable().describe('What it is done for, in a run that does it for several things.'),
  titles: sentence,
  connector: connectorName.nullable(),
  effect: z
    .enum(['read', 'write'])
    .describe('`read`: it was asked just now. `write`: it would be sent, and was not.'),
  state: z
    .enum(['read', 'would-write', 'there', 'failed'])
    .describe('`there`: what the step would make is there already, and nothing would be written.'),
  fields: z
    .array(
      z.object({
        name: z.string().describe('Path of names in what is read or written.'),
        titles: sentence,
        value: z.string(),
        filledIn: z.boolean(),
        isMessage: z
          .literal(true)
          .optional()
          .describe('It is the message, which `message` shows as people would read it.'),
      }),
    )
    .describe('Every field that it would write; of what was read, those that are filled.'),
  message: z.string().nullable().describe('A message as people would read it.'),
  request: tryRequest.nullable().describe('Null: nothing was asked for it.'),
});

export const tryAnswer = z.object({
  record: tryRecord
    .extend({ title: label.describe('What people know it by: a name, or words in both languages.') })
    .nullable()
    .describe('What it was tried on; null: there is none.'),
  steps: z.array(tryStep),
  warnings: z.array(z.object({ step: z.string().nullable(), sentence })),
  outcome: z.object({
    state: z
      .enum(['done', 'skipped', 'failed', 'no-record'])
      .describe('What a run would come to now; `no-record`: there is nothing to try it on.'),
    summary: sentence,
    error: failure.nullable(),
  }),
});
