import type { Connector, DataCentre } from '../core/connector.ts';

/** The data centre of a connection; null for vendors with one. */
export function dataCentreOf(connector: Connector, id: string | null): DataCentre | null {
  if (connector.authorisation.kind !== 'oauth' || id === null) return null;
  return connector.authorisation.dataCentres?.find((centre) => centre.id === id) ?? null;
}

/**
 * True for a host that the connector declares, but of another data centre than the connection's: its
 * token is worth nothing there, and has no business there.
 */
export function isForeignDataCentre(connector: Connector, id: string | null, host: string): boolean {
  if (connector.authorisation.kind !== 'oauth') return false;
  const centres = connector.authorisation.dataCentres ?? [];
  const own = dataCentreOf(connector, id);
  if (own === null) return false;
  const hostsOf = (centre: DataCentre) =>
    [centre.accountsUrl, centre.apiUrl, ...Object.values(centre.apiUrls ?? {})].map(
      (url) => new URL(url).hostname,
    );
  return !hostsOf(own).includes(host) && centres.some((centre) => hostsOf(centre).includes(host));
}
