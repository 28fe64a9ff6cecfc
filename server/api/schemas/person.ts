import { z } from 'zod';
import { keptFilterOfSync } from './filter.ts';
import { syncSettings, syncSettingsChange } from './sync.ts';
import { basedOn, connectorName, instant, sentence, settingsVersion } from './words.ts';

const count = z.int().nonnegative();
const name = z.string().trim().min(1).max(80);
const approves = z
  .int()
  .min(0)
  .max(1_000_000)
  .describe(
    'How many records the first write, and the one after a change of the template, may touch without the person having looked at the preview. 0: they always look.',
  );
const connections = z
  .record(z.string().max(100), z.string().max(100))
  .describe('By role, the organisation’s connection that all persons share.');

export const template = z.object({
  id: z.string().describe('Stays for ever.'),
  flow: z.object({ id: z.string(), titles: sentence }),
  name: z.string().nullable().describe('Null: it is called as its flow is.'),
  titles: sentence.describe('What it is called.'),
  open: z.boolean().describe('Whether persons are asked to take part.'),
  account: z
    .object({ role: z.string(), connector: connectorName })
    .describe('The role that each person’s own account takes, and of which application it is.'),
  connections: z
    .record(
      z.string(),
      z.object({
        connector: connectorName.nullable(),
        connection: z.uuid().nullable(),
        account: z.object({ id: z.string(), name: z.string() }).nullable(),
        state: z.enum(['active', 'reconnect', 'absent']),
      }),
    )
    .describe('By role, the organisation’s account that all of them share.'),
  sides: z.object({ left: sentence, right: sentence }).describe('What the records of each side are called.'),
  settings: syncSettings,
  version: settingsVersion,
  filter: z
    .object(keptFilterOfSync.shape)
    .nullable()
    .describe('Which records of each side take part; that they are the person’s own always is among it.'),
  approves,
  persons: count.describe('Who takes part now.'),
});

export const templates = z.object({
  templates: z.array(template),
  offered: z
    .array(z.object({ id: z.string(), titles: sentence, direction: sentence }))
    .describe('Flows of which a template can be made.'),
});

export const templateWish = z.object({
  flow: z.string().min(1).max(100),
  name: name.nullable().default(null),
  connector: z
    .string()
    .max(100)
    .optional()
    .describe('Of which application each person’s account is, where several can take the role.'),
  connections: connections.default({}),
  from: z
    .string()
    .max(100)
    .optional()
    .describe('An integration of the flow whose settings it begins with; absent: those of the flow.'),
  settings: syncSettingsChange.omit({ basedOn: true }).optional(),
  approves: approves.default(500),
  open: z.boolean().default(false),
});

export const templateChange = z
  .object({
    name: name.nullable().optional(),
    connections: connections.optional(),
    settings: syncSettingsChange.omit({ basedOn: true }).optional(),
    approves: approves.optional(),
    open: z.boolean().optional(),
    basedOn: basedOn.optional(),
  })
  .describe('What is left out stays as it is. It reaches every integration under it at its next turn.');

export const deletedTemplate = z.object({
  id: z.string(),
  ended: count.describe('Integrations that ended.'),
});

const personalState = z
  .enum(['in-sync', 'working', 'look', 'paused', 'stopped', 'reconnect', 'trouble'])
  .describe(
    '`working`: it is being previewed or applied. `look`: its preview waits for its person. `stopped`: it stands still until a person has looked. `reconnect`: its person must connect their account again.',
  );

/** What one person has under a template. */
const personal = z.object({
  id: z.string().describe('Of the integration.'),
  template: z.string(),
  flow: z.string(),
  titles: sentence,
  account: z.string().nullable().describe('The person’s own account.'),
  connection: z.uuid().nullable(),
  connector: connectorName,
  state: personalState,
  sentence: sentence.nullable().describe('Why it does not go on, where something keeps it.'),
  writes: count.nullable().describe('Records that the preview would write; null: none waits.'),
});

export const person = z.object({
  id: z.string().describe('As the home application names them.'),
  name: z.string(),
  email: z.string().nullable(),
  state: z
    .enum(['unasked', 'asked', 'declined', 'joining', 'taking-part', 'left'])
    .describe('`joining`: they agreed, and have not connected their account yet.'),
  askedAt: instant.nullable(),
  mustReconnect: z.boolean(),
  integrations: z.array(personal),
});

export const persons = z.object({
  persons: z.array(person).describe('Who is active in the home application, and who takes part; by name.'),
  problem: sentence.nullable().describe('Why who works here could not be asked just now.'),
});

export const askedPerson = z.object({ id: z.string() });
export const endedPerson = z.object({ id: z.string(), integrations: count, accounts: count });

const offer = z.object({ template: z.string(), titles: sentence, connector: connectorName });

/** What somebody is asked, and what they have. */
export const ownPersonal = z.object({
  asks: z.boolean().describe('Whether to ask them now: they did not say no.'),
  joining: z.boolean().describe('They agreed; an account is still to be connected.'),
  offers: z.array(offer).describe('What is prepared and they do not have yet.'),
  connect: z
    .string()
    .nullable()
    .describe('Path of ours where the account that is missing is connected; null: none is missing.'),
  problem: sentence.nullable().describe('Why it cannot be as it is, where they agreed.'),
  integrations: z.array(personal),
});
