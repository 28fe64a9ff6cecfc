import { z } from 'zod';
import { connectorName, instant, json, sentence } from './words.ts';

const settings = z.record(z.string(), json);

export const flow = z.object({
  id: z.string(),
  titles: sentence,
  direction: sentence.describe('From where, to where, what.'),
  frequency: sentence.describe('How soon it acts, with these settings.'),
  native: sentence.describe('What the CRM’s own suite offers for this, and when to prefer it.'),
  kind: z.enum(['automation', 'sync']),
  enabled: z.boolean(),
  connectors: z.array(connectorName.extend({ connected: z.boolean() })),
  looks: z
    .object({
      lookedAt: instant.nullable().describe('When the last look ended.'),
      found: z.int().nonnegative().describe('Events that no webhook announced, and a look found.'),
      foundAt: instant.nullable().describe('When the last of them was found.'),
      missing: z.int().nonnegative().describe('Of these, how many since a webhook last arrived.'),
      failure: sentence.nullable().describe('Why the last look failed; it is tried again.'),
    })
    .nullable()
    .describe('How what no webhook announced is looked for; null where webhooks play no part.'),
  settings: z.object({
    schema: settings.describe('JSON Schema of the settings: the form is made from it.'),
    values: settings,
  }),
  steps: z.array(
    z.object({
      name: z.string(),
      titles: sentence,
      connector: connectorName,
      effect: z.enum(['read', 'idempotency-key', 'keyed', 'lookup']),
    }),
  ),
});

export const flows = z.object({ flows: z.array(flow) });

export const flowChange = z
  .object({ enabled: z.boolean().optional(), settings: settings.optional() })
  .describe('What is left out stays as it is. `settings` replaces the values whole.');
