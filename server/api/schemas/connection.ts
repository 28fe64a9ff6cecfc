import { z } from 'zod';
import { connectorName, instant, sentence } from './words.ts';

export const connection = z.object({
  connector: connectorName,
  state: z.enum(['absent', 'active', 'reconnect']),
  account: z.string().nullable().describe('The name of the connected account.'),
  since: instant.nullable(),
  authorisation: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('oauth'),
      connectUrl: z
        .string()
        .describe('Where the browser goes to connect; takes `returnTo`, the path to come back to.'),
      scopes: z.array(z.object({ scope: z.string(), reason: sentence })),
    }),
    z.object({ kind: z.literal('key'), instructions: sentence }),
  ]),
  flows: z
    .array(z.object({ id: z.string(), titles: sentence, enabled: z.boolean() }))
    .describe('The flows that need this connection: what a disconnection stops.'),
});

export const connections = z.object({ connections: z.array(connection) });

export const connectionKey = z.object({ key: z.string().trim().min(1).max(500) });
