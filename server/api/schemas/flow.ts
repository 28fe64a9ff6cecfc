import { z } from 'zod';
import { group, takes } from './filter.ts';
import { integrationFacts } from './integration.ts';
import { failure } from './run.ts';
import { connectorName, filterVersion, instant, json, sentence, settingsVersion } from './words.ts';

const settings = z.record(z.string(), json);

/** An integration of an automation. */
export const flow = integrationFacts.extend({
  direction: sentence.describe('From where, to where, what.'),
  frequency: sentence.describe('How soon it acts, with these settings.'),
  native: sentence.describe('What the CRM’s own suite offers for this, and when to prefer it.'),
  kind: z.literal('automation'),
  connectors: z.array(connectorName.extend({ connected: z.boolean() })),
  looks: z
    .object({
      lookedAt: instant.nullable().describe('When the last look ended.'),
      found: z
        .int()
        .nonnegative()
        .nullable()
        .describe('Events that no webhook announced, and a look found; null where none ever announces any.'),
      foundAt: instant.nullable().describe('When the last of them was found.'),
      missing: z.int().nonnegative().describe('Of these, how many since a webhook last arrived.'),
      failure: sentence.nullable().describe('Why the last look failed; it is tried again.'),
    })
    .nullable()
    .describe(
      'How a source is looked at, for what no webhook announced or for all; null until the flow was turned on.',
    ),
  settings: z.object({
    schema: settings.describe('JSON Schema of the settings: the form is made from it.'),
    values: settings,
    offered: z.array(z.string()).describe('Settings with something at a vendor to choose from.'),
    version: settingsVersion,
  }),
  filters: z.boolean().describe('It can be told which records take part.'),
  filter: group.nullable().describe('Which records take part; null: all of them.'),
  filterTakes: takes.nullable(),
  filterWords: sentence.nullable().describe('The filter in words.'),
  filterVersion,
  previews: z.boolean().describe('It can show what it would send.'),
  steps: z.array(
    z.object({
      name: z.string(),
      titles: sentence,
      connector: connectorName
        .nullable()
        .describe('Null: of the application that was chosen, and none was yet.'),
      effect: z.enum(['read', 'idempotency-key', 'keyed', 'lookup']),
    }),
  ),
});

/** Settings that were saved although their vendor did not answer when it was asked about them. */
export const unchecked = z
  .array(z.object({ setting: z.string(), sentence }))
  .describe('Settings that were saved although their vendor did not answer when it was asked about them.');

export const changedFlow = flow.extend({ unchecked });

export const settingsQuery = z.object({
  settings: z
    .string()
    .max(8_000)
    .optional()
    .describe('JSON of settings that are not saved yet. What it leaves out is taken as saved.'),
});

export const settingOffers = z.object({
  offers: z
    .array(
      z.object({
        value: z.string(),
        title: z.string(),
        titles: sentence.optional().describe('In both languages, where it has a name in both.'),
      }),
    )
    .nullable(),
  problem: failure.nullable().describe('Why the vendor could not be asked.'),
});

export const flowForm = z.object({
  settings: settings.describe('Settings that are not saved yet. What is left out is taken as saved.'),
});

export const flowPreview = z.object({
  preview: z
    .object({
      title: sentence.describe('What is shown.'),
      text: z.string().describe('As people will read it.'),
      basis: sentence.describe('What it was made from.'),
      warnings: z.array(sentence).describe('What works, but hardly as meant.'),
    })
    .nullable(),
  problem: failure.nullable().describe('Why there is none.'),
});
