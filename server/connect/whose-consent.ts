import type { Connector, VendorAccount } from '../core/connector.ts';
import type { Family } from '../core/family.ts';
import type { TokenSource } from '../outbound/outbound.ts';
import type { ConnectDeps } from './deps.ts';
import { draftConnection } from './keep-account.ts';

/** Asks the vendor whose consent a token comes of. The token goes to the family's own hosts. */
export function whoseConsent(
  deps: ConnectDeps,
  connector: Connector,
  family: Family,
  dataCentre: string | null,
  tokens: TokenSource,
): Promise<VendorAccount> {
  const asking: Connector = {
    ...connector,
    id: family.id,
    titles: family.titles,
    hosts: family.hosts,
    budgets: [],
  };
  const draft = draftConnection(deps, { connector: asking, organisationId: null, dataCentre });
  return family.whose(deps.outbound.open(asking, draft, { tokens }));
}
