import { z } from 'zod';
import { failure } from './run.ts';
import { instant, sentence } from './words.ts';

const count = z.int().nonnegative();

export const shelf = z.object({
  total: count,
  integrations: z
    .array(
      z.object({
        id: z.string(),
        titles: sentence,
        of: z.enum(['runs', 'records']).describe('Runs of an automation, or records of a sync.'),
        count,
        causes: z.array(
          z.object({
            failure: failure.nullable().describe('One of the failures of this kind.'),
            count,
            reasons: count.describe('How many different reasons they have.'),
            since: instant.nullable().describe('When the first was set aside, where that is kept.'),
          }),
        ),
      }),
    )
    .describe('Only those with something on the shelf.'),
});

export const shelfWish = z.object({
  integration: z.string().min(1).max(100).optional().describe('Absent: all of them.'),
});

export const shelfRetried = z.object({
  runs: count.describe('Runs that were taken up again.'),
  records: count.describe('Records of syncs that are tried again; a pair counts once.'),
});
