import { z } from 'zod';
import { ACCESS_SCOPES, type AccessScope } from '../../core/access.ts';
import { instant, sentence } from './words.ts';

/** Other applications that people let act in Liaison in their name. */

export const access = z.object({
  id: z.uuid(),
  application: z.object({ id: z.string(), titles: sentence }),
  person: z.object({ id: z.string(), name: z.string() }).describe('In whose name it acts.'),
  scopes: z.array(
    z.object({ id: z.enum(Object.keys(ACCESS_SCOPES) as [AccessScope, ...AccessScope[]]), says: sentence }),
  ),
  hooks: z.int().nonnegative().describe('Addresses that it is told of events at.'),
  since: instant,
  usedAt: instant.describe('When it was last given tokens: within about an hour of its last call.'),
});

export const accesses = z.object({ accesses: z.array(access) });
export const endedAccess = z.object({ ended: z.literal(true) });
