import { z } from 'zod';
import { failure } from './run.ts';
import { json, sentence } from './words.ts';

/** What other applications have done here. */

const chosen = z.object({ id: z.string(), titles: sentence });

export const actions = z.object({
  hand: z
    .array(chosen.extend({ fields: z.array(z.string()).describe('Names that its mapping knows.') }))
    .describe('Integrations that records can be handed to: of a form that Liaison only receives.'),
  start: z
    .array(chosen)
    .describe('Integrations that can be started: syncs that are on, and what looks at a source.'),
  post: z.array(chosen).describe('Integrations at whose place a message can be posted.'),
});

export const handWish = z.object({
  values: z
    .record(z.string().min(1).max(200), json)
    .describe('By the names that the mapping knows. What it does not know stands in the note.'),
});

export const handed = z.object({
  state: z
    .enum(['waiting', 'running', 'done', 'skipped', 'shelved', 'superseded'])
    .describe('How far it came while this call waited; `waiting`: it will go on by itself.'),
  run: z.string().nullable().describe('In the log; null: not begun yet.'),
  summary: sentence.nullable(),
  error: failure.nullable(),
  records: z.array(z.object({ object: z.string(), id: z.string() })).describe('What it made, or completed.'),
});

export const started = z.object({ started: z.literal(true) });

export const messageWish = z.object({ text: z.string().trim().min(1).max(8_000) });
export const posted = z.object({
  message: z.string().describe('The vendor’s own id of it.'),
  isNew: z.boolean().describe('False: the same was posted before, under the same `Idempotency-Key`.'),
});

export const peopleQuery = z.object({ email: z.email().max(200) });
export const people = z.object({
  people: z.array(
    z.object({
      module: z.string(),
      id: z.string(),
      name: z.string(),
      email: z.string(),
      phone: z.string().nullable(),
      company: z.string().nullable(),
      url: z.url().nullable(),
    }),
  ),
});
