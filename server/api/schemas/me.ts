import { z } from 'zod';

export const role = z.enum(['rep', 'admin']).describe('A rep sees; an admin changes.');

export const organisation = z.object({
  id: z.string(),
  name: z.string(),
  locale: z.string().describe('BCP 47'),
  timeZone: z.string(),
  currency: z.string(),
});

export const user = z.object({ id: z.string(), name: z.string() });

export const me = z.object({
  organisation,
  user: user.nullable(),
  role,
  mode: z.enum(['sandbox', 'production']),
  sandboxUrl: z.url().nullable().describe('The page where scenarios are played; null in production.'),
  locale: z.string().describe('BCP 47: the user’s, or else the organisation’s.'),
});
