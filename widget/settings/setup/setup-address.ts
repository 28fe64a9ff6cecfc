import { hrefOf } from '../address.ts';
import type { StepName } from './setup-steps.ts';

/** A step of an integration’s set-up. */
export const setupHref = (integration: string, step: StepName): string =>
  hrefOf(`integrations/${encodeURIComponent(integration)}`, { step });

/** Where a further integration of a flow is set up. */
export const newSetupHref = (flow: string): string => hrefOf(`setup/${encodeURIComponent(flow)}`);
