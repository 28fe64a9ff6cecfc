import type { Simulator } from './core/simulator.ts';

/** Every simulated vendor. One line per simulator. */
export const simulators: readonly Simulator[] = [];
