import { z } from 'zod';
import { instant, label, sentence } from './words.ts';

export const whyQuery = z.object({
  record: z.string().trim().min(1).max(200).describe('A record’s id, e-mail, name, or its id at a vendor.'),
  object: z
    .string()
    .max(100)
    .optional()
    .describe(
      'What kind of record it is, as `/records` says: `record` is then its id, and nothing else is meant.',
    ),
});

export const findRecordsQuery = z.object({
  search: z
    .string()
    .trim()
    .min(2)
    .max(200)
    .describe(
      'The beginnings of words of a name or an address, or an id at a vendor; without case and accents.',
    ),
});

const integration = z.object({ id: z.string(), titles: sentence });

const foundRecord = z.object({
  object: z.string().describe('What kind of record it is.'),
  id: z.string(),
  titles: sentence.nullable().describe('What its kind is called.'),
  label: label.nullable().describe('What people know it by: a name, or words in both languages.'),
  integrations: z.array(integration).describe('Those that it was found by.'),
  at: instant.nullable().describe('Since when it is called so.'),
});

export const foundRecords = z.object({
  records: z.array(foundRecord).max(20).describe('The exact id first, then the latest.'),
});

export const why = z.object({
  about: z.array(foundRecord).describe('The records that the lines are about, as far as they are known.'),
  lines: z
    .array(
      z.object({
        at: instant,
        integration: integration.nullable(),
        kind: z.enum(['automation', 'sync']),
        record: label
          .nullable()
          .describe('What people know the record by: a name, or words in both languages.'),
        outcome: z
          .enum([
            'done',
            'skipped',
            'waiting',
            'running',
            'shelved',
            'superseded',
            'off',
            'nothing',
            'in-sync',
            'written',
            'failing',
            'conflict',
            'differing',
            'excluded',
            'filtered',
            'alone',
            'gone',
            'unseen',
            'paused',
          ])
          .describe(
            '`off`: it was off when this arrived, or is. `nothing`: nothing arrived since. From `in-sync` on: how it stands in a sync, and what was `written` of it.',
          ),
        sentence,
        run: z.uuid().nullable().describe('The run that the log has of it.'),
        mayReplay: z.boolean().describe('Whether the asker may take it up again.'),
      }),
    )
    .describe(
      'What arrived last, how the record stands in each sync, then what was done of it and what was not, newest first.',
    ),
});
