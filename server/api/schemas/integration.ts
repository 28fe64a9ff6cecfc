import { z } from 'zod';
import { filterWish, takes } from './filter.ts';
import { application, connectorName, sentence } from './words.ts';

const count = z.int().nonnegative();
const json = z.record(z.string(), z.unknown());
const name = z.string().trim().min(1).max(80).describe('No two of an organisation have the same.');
const owner = z.enum(['organisation', 'me']);

/** The account that an integration uses in one of its roles. */
export const roleAccount = z.object({
  connector: connectorName
    .nullable()
    .describe('Whose account it is; null: several connectors’ can take the role, and none was chosen.'),
  titles: sentence.describe('What the account is there for.'),
  optional: z.boolean().describe('Without it only the steps that use it are not done.'),
  connection: z.uuid().nullable().describe('Null: none was chosen, or it is not connected any more.'),
  account: z.object({ id: z.string(), name: z.string() }).nullable(),
  state: z
    .enum(['active', 'reconnect', 'absent'])
    .describe('`absent`: an account has to be connected or chosen.'),
});

/** What is the same of every integration, whatever its flow does. */
export const integrationFacts = z.object({
  id: z.string().describe('Stays for ever.'),
  flow: z.object({ id: z.string(), titles: sentence }),
  name: z.string().nullable().describe('Null: it is called as its flow is.'),
  titles: sentence.describe('What it is called.'),
  owner: z
    .enum(['organisation', 'person'])
    .describe('`person`: it is one person’s, who alone sees it beside admins.'),
  enabled: z
    .boolean()
    .describe(
      'On or off. A sync that is on begins with the apply of a preview; its `phase` says where it stands.',
    ),
  followsTemplate: z
    .literal(true)
    .optional()
    .describe('Its settings are those that an admin prepared for persons; there is no copy of it.'),
  connections: z.record(z.string(), roleAccount).describe('By role.'),
});

const role = z.object({
  titles: sentence,
  connector: connectorName
    .nullable()
    .describe('Whose accounts can take the role; null: of any that offers it.'),
  offers: z.string().nullable().describe('What an account must offer to take the role.'),
  optional: z.boolean(),
  takers: z
    .array(connectorName)
    .describe('The applications whose accounts can take it, whether any is connected or not.'),
  accounts: z
    .array(
      z.object({
        connection: z.uuid(),
        connector: connectorName,
        account: z.object({ id: z.string(), name: z.string() }),
        state: z.enum(['active', 'reconnect']),
      }),
    )
    .describe('Those that can take it.'),
});

export const offeredFlow = z.object({
  id: z.string(),
  titles: sentence,
  direction: sentence.describe('From where, to where, what.'),
  native: sentence.describe('What the CRM’s own suite offers for this, and when to prefer it.'),
  nativePage: z.url().nullable().describe('Where that is described; null: no page of its own is known.'),
  purpose: z
    .object({ id: z.string(), titles: sentence })
    .nullable()
    .describe('What it is for; null: none of the purposes that others have.'),
  kind: z.enum(['automation', 'sync']),
  applications: z
    .array(application)
    .describe('Every one whose accounts can take part, whether any is connected or not.'),
  roles: z.record(z.string(), role).describe('The accounts that an integration of it needs.'),
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

export const offeredFlows = z.object({ flows: z.array(offeredFlow) });

const connections = z
  .record(z.string().max(100), z.string().max(100))
  .describe(
    'By role, the id of the connection that is used. A role that is left out takes the only one there is.',
  );

export const integrationWish = z.object({
  flow: z.string().min(1).max(100),
  name: name.nullable().optional(),
  owner: owner.default('organisation'),
  connections: connections.default({}),
  settings: json.default({}),
  filter: filterWish.nullable().optional().describe('Which records take part; null: all of them.'),
  filterTakes: takes.optional(),
  enabled: z.boolean().default(false),
});

export const integrationChange = z
  .looseObject({
    name: name.nullable().optional(),
    connections: connections.optional(),
    settings: json.optional().describe('Only the values that are to change.'),
    filter: filterWish.nullable().optional().describe('Null: every record takes part.'),
    filterTakes: takes.optional(),
    enabled: z.boolean().optional(),
    unfinished: z
      .literal(true)
      .optional()
      .describe(
        'It is being set up: of its settings only those that are sent must work already; the others are asked about when it is turned on. For what is off, and stays off.',
      ),
    basedOn: z
      .string()
      .max(100)
      .optional()
      .describe('The version of the settings that the change was made on: see `changed-meanwhile`.'),
    filterBasedOn: z
      .string()
      .max(100)
      .optional()
      .describe(
        'The `filterVersion` that a change of the filter was made on: where another one holds by now, nothing is saved and the answer is 409 `changed-meanwhile`, with the filter that holds in `current`. Absent: saved in any case.',
      ),
  })
  .describe('What is left out stays as it is.');

export const integrationEffects = z.object({
  links: count.describe('Pairs of records that it keeps. The records stay where they are.'),
  records: count.describe('Records that it knows.'),
  waiting: count.describe('Runs that have not begun, or wait for their next try: they are not done.'),
  shelved: count.describe('Runs and records that are set aside: they are given up.'),
  runs: count.describe('Runs in the log: it is kept.'),
});

export const deletedIntegration = z.object({ id: z.string() });
