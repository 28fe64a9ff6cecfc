import type { SandboxHost } from '../sandbox/host.ts';
import type { Beginning } from './beginning.ts';
import { beginDispatches } from './dispatches.ts';
import { openDoors } from './doors.ts';
import type { Ground } from './ground.ts';
import { beginRounds } from './standing-rounds.ts';
import { takeUp } from './take-up.ts';
import { openVendors } from './vendors.ts';
import { openWork } from './work.ts';

/**
 * All that stands on the ground: vendors, work, doors, rounds, in this order. Every connector, flow and page is read
 * with this file, so it is read once nothing stands in the way of a start any more.
 */
export async function goInService(
  beginning: Beginning,
  ground: Ground,
  sandbox: SandboxHost | null,
): Promise<void> {
  const { stopAsked } = beginning;
  const connect = await openVendors(beginning, ground, sandbox);
  stopAsked.throwIfAborted();
  const work = await openWork(beginning, ground, sandbox, connect);
  stopAsked.throwIfAborted();
  const sandboxOrganisation = await takeUp(connect, sandbox, work);
  stopAsked.throwIfAborted();
  await openDoors(beginning, ground, sandbox, connect, work, sandboxOrganisation);
  work.engine.start();
  beginDispatches(beginning, ground, connect);
  beginRounds(beginning, ground, connect.connectors, work);
}
