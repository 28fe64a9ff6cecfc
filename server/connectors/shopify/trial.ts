import type { TrialDeclaration } from '../../core/held-write.ts';
import { isQuery } from './api.ts';

/** One address takes what asks and what changes: the document says which it is. Automations change nothing in a shop. */
export const trial: TrialDeclaration = {
  reads: ({ body }) =>
    typeof body === 'object' && body !== null && 'query' in body && isQuery(String(body.query)),
  writes: [],
};
