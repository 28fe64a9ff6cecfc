import { z } from 'zod';

const secret = z.string().min(1).max(200);

const expected = z
  .string()
  .min(1)
  .max(100)
  .optional()
  .describe(
    'The home app’s id of the organisation that the page belongs to, if it knows: a session of another one is refused.',
  );

export const sessionCode = z.object({
  code: secret.describe('The one-time code that the popup told this page. Good once, for 60 s.'),
  verifier: z
    .string()
    .regex(/^[A-Za-z0-9._~-]{43,128}$/)
    .describe('What the challenge was made of that the popup was opened with (as in RFC 7636, S256).'),
  organisation: expected,
});

export const sessionRenewal = z.object({
  renewal: secret.optional().describe('Good once: using it again ends the session.'),
  organisation: expected,
});

export const openedSession = z.object({
  token: z.string().describe('Bearer token. To be kept in memory only.'),
  expiresIn: z.int().nonnegative().describe('Seconds that the token is good for.'),
  renewal: z
    .string()
    .describe('Buys the next pair, once, while the sign-in lasts. To be kept in memory only.'),
});

export const closedSession = z.object({ closed: z.literal(true) });
