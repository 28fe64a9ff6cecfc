import { z } from 'zod';
import { failure } from './run.ts';
import { basedOn, connectorName, instant, sentence, settingsVersion } from './words.ts';

const named = z.object({ id: z.string(), titles: sentence });

export const alertKind = z
  .enum([
    'runs',
    'records',
    'reconnect',
    'brake',
    'account',
    'trouble',
    'loop',
    'deliveries',
    'looks',
    'settings',
    'money',
    'webhooks',
    'other',
  ])
  .describe(
    'What is wrong: `runs` and `records` are set aside, a connection is lost, a sync stopped before deletes, met another account, cannot go on, or fights another program; `deliveries`: webhooks do not arrive; `looks`: what they might have lost cannot be looked for; `settings`: what a flow is set to, or stands on, at a vendor is gone there; `money`: what an account says of its money is not what the books say; `webhooks`: an address of another application takes no webhooks.',
  );

export const alert = z.object({
  id: z.string(),
  kind: alertKind,
  integration: named
    .extend({ kind: z.enum(['automation', 'sync']) })
    .nullable()
    .describe('The integration that it is about.'),
  connector: connectorName.nullable().describe('The connection that it is about.'),
  sentence,
  occurrences: z.int().nonnegative().describe('Runs or records that it is about, or how often it happened.'),
  openedAt: instant.describe(
    'When the first of what it is about happened, as the shelf tells it; else when it was noticed.',
  ),
  closedAt: instant.nullable().describe('When its cause was gone.'),
  toldAt: instant.nullable().describe('When somebody was told.'),
  untold: sentence.nullable().describe('Why nobody could be told so far; it is tried again.'),
});

export const alerts = z.object({
  alerts: z.array(alert).describe('Open ones, newest first.'),
  recovered: z.array(alert).describe('Those whose cause is gone, of the last seven days, newest first.'),
});

const email = z.email().max(254);

/** Where alerts go, as a caller names it. */
export const alertDestination = z.union([
  z.strictObject({
    connector: z.string().min(1).max(100),
    target: z.string().min(1).max(200),
    connection: z
      .uuid()
      .optional()
      .describe('Whose place it is; needed only where several accounts offer the same one.'),
  }),
  z.strictObject({ email }),
]);

const outcome = z
  .object({ at: instant, error: sentence.nullable().describe('Null: it was taken.') })
  .nullable()
  .describe('How the last message there ended.');

export const alertSettings = z.object({
  destinations: z.array(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('place'),
        connector: connectorName.extend({ connected: z.boolean() }),
        target: z.string(),
        title: z.string(),
        connection: z.uuid().nullable().describe('Null: the account is not connected.'),
        account: z.string().nullable().describe('What the account is called.'),
        last: outcome,
      }),
      z.object({ kind: z.literal('email'), email: z.string(), last: outcome }),
    ]),
  ),
  mail: z.boolean().describe('Whether a mail server is configured: without one, no address can be chosen.'),
  version: settingsVersion,
});

export const alertSettingsChange = z.object({
  destinations: z.array(alertDestination).max(20).describe('All of them: what is not named is left out.'),
  basedOn: basedOn.optional(),
});

export const alertPlaces = z.object({
  places: z
    .array(
      z.object({
        connector: connectorName.extend({ connected: z.boolean() }),
        connection: z.uuid().nullable().describe('Null: no account of it is connected.'),
        account: z.string().nullable().describe('What the account is called.'),
        titles: sentence.describe('What such a place is: “A task in …”.'),
        targets: z.array(z.object({ id: z.string(), title: z.string() })),
        error: failure.nullable().describe('Why the places could not be read.'),
      }),
    )
    .describe('Each account of an application that can take alerts, and what it offers now.'),
});

export const alertTested = z.object({ sentAt: instant });
