import { z } from 'zod';
import { failure } from './run.ts';
import { connectorName, instant, sentence } from './words.ts';

const flowUsingIt = z.object({ id: z.string(), titles: sentence, enabled: z.boolean() });

export const connection = z.object({
  connector: connectorName,
  state: z.enum(['absent', 'active', 'reconnect']),
  health: z
    .enum(['absent', 'unused', 'works', 'troubled', 'refuses', 'reconnect'])
    .describe(
      'How its last call went: `unused`: none was made yet; `troubled`: the vendor did not answer as it should; `refuses`: it answered that it will not.',
    ),
  lastSuccessAt: instant.nullable(),
  lastFailure: failure.extend({ at: instant }).nullable(),
  account: z
    .object({
      id: z.string().describe('The vendor’s own id of the account.'),
      name: z.string(),
      user: z.string().nullable().describe('The person who let Liaison in, where the vendor says.'),
      dataCentre: z.object({ id: z.string(), titles: sentence.nullable() }).nullable(),
    })
    .nullable(),
  since: instant.nullable(),
  authorisation: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('oauth'),
      connectUrl: z
        .string()
        .describe('Where the browser goes to connect; takes `returnTo`, the path to come back to.'),
      scopes: z.array(z.object({ scope: z.string(), reason: sentence })),
    }),
    z.object({
      kind: z.literal('key'),
      instructions: sentence,
      fields: z
        .array(z.object({ id: z.string(), titles: sentence, shown: z.boolean() }))
        .nullable()
        .describe('What is asked for; null: one key.'),
      site: sentence.nullable().describe('What address of the customer’s is asked for; null: none.'),
    }),
  ]),
  flows: z.array(flowUsingIt).describe('The flows that need this connection.'),
});

export const connections = z.object({ connections: z.array(connection) });

const keyText = z.string().trim().min(1).max(500);

export const connectionKey = z.object({
  key: keyText.optional().describe('The key, where one is asked for.'),
  keys: z
    .record(z.string().max(40), keyText)
    .optional()
    .describe('The keys by the names of the fields that are asked for.'),
  site: z.string().trim().min(1).max(500).optional().describe('The address that is asked for.'),
});

const count = z.int().nonnegative();

export const connectionEffects = z
  .object({
    flows: z.array(connectorName).describe('Flows that are on and need it: they stop without it.'),
    syncs: z
      .array(connectorName.extend({ links: count.describe('Pairs of records that it keeps equal.') }))
      .describe('Syncs under way that need it: they stand still without it.'),
    webhooks: z
      .array(z.object({ topics: z.array(z.string()) }))
      .describe(
        'Standing orders of ours at the vendor: taken out at a disconnection, kept at a reconnection.',
      ),
    waiting: count.describe('Runs that wait for a connection: taken up again once there is one.'),
    revoked: z.boolean().describe('Whether the vendor lets us end the access there too.'),
    shown: z.boolean().describe('Whether what it says is shown beside records of the CRM.'),
  })
  .describe('What ending the connection, or making it anew, would touch now.');
