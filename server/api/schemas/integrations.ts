import { z } from 'zod';
import { changedFlow, flow, unchecked } from './flow.ts';
import { syncDetail, syncSummary } from './sync.ts';

/** Every integration, by what its flow is. */
export const integrations = z.object({
  integrations: z.array(z.discriminatedUnion('kind', [flow, syncSummary])),
});

export const integration = z.discriminatedUnion('kind', [flow, syncDetail]);

export const changedIntegration = z.discriminatedUnion('kind', [
  changedFlow,
  syncDetail.extend({ unchecked }),
]);
