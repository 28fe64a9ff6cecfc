import type { Config } from '../config.ts';
import type { Connector } from '../core/connector.ts';
import { registrationFor } from '../vault/registration.ts';

/**
 * What a connector's vendor signs deliveries to every customer with: the secret that was set for it, else that of
 * Liaison's registration there. None: such deliveries are refused.
 */
export function applicationSecrets(
  config: Pick<Config, 'oauthClient' | 'signingSecrets'>,
  connectors: ReadonlyMap<string, Connector>,
): (connector: string) => readonly string[] {
  return (id) => {
    const named = config.signingSecrets(id);
    if (named !== null) return named;
    const connector = connectors.get(id);
    const registration = connector && registrationFor(config.oauthClient, connectors, connector);
    return registration ? [registration.client.secret] : [];
  };
}
