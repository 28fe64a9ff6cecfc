import { z } from 'zod';
import { instant, sentence } from './words.ts';

export const whyQuery = z.object({
  record: z.string().trim().min(1).max(200).describe('A record’s id, e-mail, name, or its id at a vendor.'),
});

export const why = z.object({
  lines: z
    .array(
      z.object({
        at: instant,
        integration: z.object({ id: z.string(), titles: sentence }).nullable(),
        record: z.string().nullable().describe('What people know the record by.'),
        outcome: z
          .enum(['done', 'skipped', 'waiting', 'running', 'shelved', 'superseded', 'off', 'nothing'])
          .describe('`off`: it was off when this arrived, or is. `nothing`: nothing arrived since.'),
        sentence,
        run: z.uuid().nullable().describe('The run that the log has of it.'),
      }),
    )
    .describe('Newest first.'),
});
