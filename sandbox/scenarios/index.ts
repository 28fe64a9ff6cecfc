import type { Scenario } from '../core/scenario.ts';

/** What can be played. One line per scenario. */
export const scenarios: readonly Scenario[] = [];
