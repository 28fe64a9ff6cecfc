import { z } from 'zod';
import { integrationFacts } from './integration.ts';
import { application, instant, sentence } from './words.ts';

const count = z.int().nonnegative();

/** How an integration stands, in one word, and what belongs to it. */
export const standing = z.object({
  state: z
    .enum([
      'runs',
      'off',
      'not-on-yet',
      'waits',
      'trouble',
      'shelved',
      'decisions',
      'reading',
      'previewed',
      'again',
      'applying',
      'undoing',
      'paused',
    ])
    .describe(
      '`waits`: for an account. `trouble`: what it reads could not be read; it is tried again. `shelved`: it runs, and something was set aside. `decisions`: it runs, and pairs wait for a person. `previewed`: what it would do can be looked at; nothing is written yet. `again`: it was stopped, and a new preview comes first. `paused`: by the brake or another doubt, not by a person.',
    ),
  since: instant.nullable().describe('Of `off`: since when; null: not known.'),
  waitsFor: z
    .array(z.object({ titles: sentence, state: z.enum(['reconnect', 'absent']) }))
    .describe('The accounts that it needs and are not there, whatever its state.'),
  shelved: count.describe('Runs or records that are set aside, of whatever day.'),
  decisions: count.describe('Pairs of records that wait for a person’s decision.'),
  why: sentence.nullable().describe('Why it is paused, or in trouble.'),
});

/** What an integration did since the organisation’s day began. */
export const today = z.object({
  done: count.describe('Runs that did something.'),
  skipped: count.describe('Runs with nothing to do.'),
  shelved: count.describe('Runs that failed for good.'),
  open: count.describe('Runs that wait or are at work.'),
  written: count.describe('Writes of a sync that were done.'),
  refused: count.describe('Writes of a sync that failed.'),
});

export const overviewItem = integrationFacts.extend({
  kind: z.enum(['automation', 'sync']),
  direction: sentence.describe('From where, to where, what.'),
  applications: z.array(application).describe('Whose accounts it uses, or would.'),
  person: z.object({ name: z.string() }).nullable().describe('Whose own it is; null: the organisation’s.'),
  standing,
  today,
  fresh: z
    .object({ at: instant, summary: sentence })
    .nullable()
    .describe(
      'Of when what it brings up to date as a whole is, and what was done; null: it does no such thing, or did not yet.',
    ),
});

export const overview = z.object({
  since: instant.describe('When today began, in the organisation’s time zone.'),
  integrations: z.array(overviewItem),
});

export const copyWish = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .nullable()
    .optional()
    .describe('Null or absent: one that says that it is a copy.'),
});
