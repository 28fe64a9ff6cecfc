import { z } from 'zod';
import { failure } from './run.ts';
import { connectorName, instant, sentence } from './words.ts';

const flowUsingIt = z.object({ id: z.string(), titles: sentence, enabled: z.boolean() });

const owner = z
  .enum(['organisation', 'me', 'person'])
  .describe(
    '`me`: the signed-in user’s own; `person`: another user’s own, of which an admin sees that it exists.',
  );

export const connection = z.object({
  id: z.uuid(),
  connector: connectorName,
  grant: z.uuid().describe('The consent that it stands on: several applications of a family share one.'),
  owner,
  person: z.string().nullable().describe('The name of the user whose own it is.'),
  state: z.enum(['active', 'reconnect']),
  health: z
    .enum(['unused', 'works', 'troubled', 'refuses', 'reconnect'])
    .describe(
      'How its last call went: `unused`: none was made yet; `troubled`: the vendor did not answer as it should; `refuses`: it answered that it will not.',
    ),
  lastSuccessAt: instant.nullable(),
  lastFailure: failure.extend({ at: instant }).nullable(),
  account: z.object({
    id: z.string().describe('The vendor’s own id of the account.'),
    name: z.string(),
    user: z.string().nullable().describe('The person who let Liaison in, where the vendor says.'),
    dataCentre: z.object({ id: z.string(), titles: sentence.nullable() }).nullable(),
  }),
  delivery: z
    .object({ url: z.string(), header: z.string() })
    .nullable()
    .describe(
      'Of an application that only delivers: the address to enter there, and the header that is to carry the secret.',
    ),
  since: instant,
  reconnectUrl: z
    .string()
    .nullable()
    .describe('Where the browser goes to give the same account’s access anew; null: by another key.'),
  flows: z.array(flowUsingIt).describe('The flows that use this connection.'),
});

/** An application that accounts can be connected of, any number of them. */
export const application = z.object({
  connector: connectorName,
  family: connectorName.nullable().describe('Applications of one family share a consent for each account.'),
  authorisation: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('oauth'),
      connectUrl: z
        .string()
        .describe(
          'Where the browser goes to connect an account; takes `returnTo`, the path to come back to, `account=new`, `grant`, `owner=me`, and `site`.',
        ),
      site: sentence
        .nullable()
        .describe('What address of the customer’s must go along as `site`; null: none.'),
      scopes: z.array(z.object({ scope: z.string(), reason: sentence })),
    }),
    z.object({
      kind: z.literal('key'),
      instructions: sentence,
      fields: z
        .array(
          z.object({
            id: z.string(),
            titles: sentence,
            shown: z.boolean(),
            made: z.boolean().describe('Nobody has it yet: the form makes one, to be copied from there.'),
            optional: z.boolean().describe('It may be left out.'),
          }),
        )
        .nullable()
        .describe('What is asked for; null: one key.'),
      site: sentence.nullable().describe('What address of the customer’s is asked for; null: none.'),
      connectUrl: z
        .string()
        .nullable()
        .describe(
          'Where the browser goes with `site` to have the keys made and sent by the site itself; takes `returnTo`. Null: they are typed.',
        ),
      whyTyped: sentence
        .nullable()
        .describe('Why they are typed, where a site of this vendor could send them by itself.'),
    }),
  ]),
  flows: z.array(flowUsingIt).describe('The flows that need an account of it.'),
  granted: z
    .array(z.object({ grant: z.uuid(), account: z.string(), complete: z.boolean() }))
    .describe(
      'Consents of its family that do not serve it yet; `complete`: it is connected without asking anybody.',
    ),
});

/** What somebody consented to at one vendor account. */
export const grant = z.object({
  id: z.uuid(),
  family: connectorName,
  owner,
  person: z.string().nullable(),
  account: z.object({ id: z.string(), name: z.string() }),
  scopes: z.array(z.string()),
  refreshTokens: z
    .object({ held: z.int(), most: z.int() })
    .nullable()
    .describe('Where the vendor limits them: how many the account has given, and the most.'),
  notice: sentence.nullable().describe('What somebody should do before it stops working.'),
});

export const connections = z.object({
  connections: z.array(connection),
  applications: z.array(application),
  grants: z.array(grant),
});

const keyText = z.string().trim().min(1).max(500);

export const connectionKey = z.object({
  key: keyText.optional().describe('The key, where one is asked for.'),
  keys: z
    .record(z.string().max(40), keyText)
    .optional()
    .describe('The keys by the names of the fields that are asked for.'),
  site: z.string().trim().min(1).max(500).optional().describe('The address that is asked for.'),
  owner: z.enum(['organisation', 'me']).default('organisation'),
});

export const disconnected = z.object({
  id: z.uuid(),
  connector: connectorName,
  state: z.literal('absent'),
  access: z
    .enum(['revoked', 'kept', 'not-offered', 'not-revoked'])
    .describe('What became of the consent at the vendor; `kept`: it serves others.'),
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
    kept: z.boolean().describe('Whether other applications go on with the same consent.'),
    shown: z.boolean().describe('Whether what it says is shown beside records of the CRM.'),
  })
  .describe('What ending the connection, or making it anew, would touch now.');
