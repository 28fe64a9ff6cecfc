import type { Connector } from '../core/connector.ts';
import type { World } from '../engine/ports.ts';
import { type AlertDestination, destinationKey } from '../store/alert-settings.ts';
import type { Database } from '../store/database.ts';
import { adminAddresses } from '../store/users.ts';
import type { Mail } from './mail.ts';

/**
 * Where alerts go when none of the chosen places is reached, the best first, in groups that are told
 * together: the admins' own mailboxes, then each application that has a place which needs no choosing.
 */
export async function fallbacks(
  parts: { readonly database: Database; readonly world: World; readonly mail: Mail | null },
  organisationId: string,
  chosen: readonly AlertDestination[],
): Promise<AlertDestination[][]> {
  const tried = new Set(chosen.map(destinationKey));
  const mailboxes = parts.mail === null ? [] : await adminAddresses(parts.database, organisationId);
  const places = [...parts.world.connectors.values()].flatMap(({ id, offers }: Connector) => {
    const target = offers?.messages?.fallback;
    return target === undefined ? [] : [[{ connector: id, target }]];
  });
  return [mailboxes.map((email) => ({ email })), ...places]
    .map((group: AlertDestination[]) => group.filter((one) => !tried.has(destinationKey(one))))
    .filter((group) => group.length > 0);
}
