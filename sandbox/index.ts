import type { Simulator } from './core/simulator.ts';
import { zohoAccounts } from './zoho-accounts/simulator.ts';

/** Every simulated vendor. One line per simulator. */
export const simulators: readonly Simulator[] = [zohoAccounts];
