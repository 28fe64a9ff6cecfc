import { z } from 'zod';
import { basedOn, connectorName, json, sentence, settingsVersion } from './words.ts';

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
  settings: z.object({
    schema: settings.describe('JSON Schema of the settings: the form is made from it.'),
    values: settings,
    version: settingsVersion,
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
  .object({
    enabled: z.boolean().optional(),
    settings: settings.optional().describe('Only the values that are to change.'),
    basedOn: basedOn.optional(),
  })
  .describe('What is left out stays as it is.');
