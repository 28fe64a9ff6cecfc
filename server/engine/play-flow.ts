import type { Automation, Outcome, RunContext } from '../core/flow.ts';

/**
 * What becomes of one event of an integration, in a run and in a try alike: whatever decides that nothing is to be done
 * of it stands here, before the flow's own code.
 */
export const playFlow = (flow: Automation, context: RunContext<unknown, string>): Promise<Outcome> =>
  flow.run(context);
