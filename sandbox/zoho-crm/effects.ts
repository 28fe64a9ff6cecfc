import type { VendorDesk } from '../core/simulator.ts';
import { notify } from './notify.ts';
import { runWorkflows } from './workflow.ts';
import type { Change } from './write.ts';

/**
 * What follows from the changes of one call. `trigger: []` keeps the workflow rules quiet, and only them:
 * notifications go out whatever the caller says.
 */
export function followUp(
  desk: VendorDesk,
  changes: readonly Change[],
  trigger: readonly unknown[] | undefined,
): void {
  if (trigger === undefined || trigger.includes('workflow'))
    for (const change of changes) runWorkflows(desk, change);
  if (changes.length > 0) notify(desk, changes);
}
