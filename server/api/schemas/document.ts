import { z } from 'zod';
import { sentence } from './words.ts';

export const flowDocument = z
  .object({
    id: z.string(),
    kind: z.enum(['automation', 'sync']),
    titles: sentence,
    direction: sentence,
    path: z
      .array(z.object({ titles: sentence, part: sentence }))
      .describe('Where data passes through, in order; of a sync the left side, then the right one.'),
    way: z.enum(['on', 'back', 'both']).describe('Along the path, against its order, or both ways.'),
    frequency: sentence,
    steps: z.array(z.object({ titles: sentence, application: sentence, writes: z.boolean() })),
    mapping: z.array(
      z.object({
        left: z.string(),
        titles: z
          .object({ left: sentence, right: sentence })
          .describe('What the fields are called, where no vendor must be asked; else their ids.'),
        direction: z.enum(['both', 'to-left', 'to-right']),
        right: z.string(),
        master: sentence.describe('Who wins when both sides changed.'),
        blank: sentence.describe('What an emptied value does to the other side.'),
      }),
    ),
    settings: z
      .array(
        z.object({
          titles: sentence,
          value: sentence,
          choice: z
            .object({ side: z.enum(['left', 'right']), option: z.string(), id: z.string() })
            .optional()
            .describe('Set where the value is an id that only the vendor can name.'),
        }),
      )
      .describe('What is set beside the mapping.'),
    native: sentence.describe('What the CRM’s own suite offers for this, and when to prefer it.'),
  })
  .describe('One flow as the organisation has it now.');

export const flowDocuments = z.object({ documents: z.array(flowDocument) });
