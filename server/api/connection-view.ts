import type { Connector, OAuthAuthorisation } from '../core/connector.ts';
import type { HealthRow } from '../store/connection-health.ts';
import type { ConnectionRow } from '../store/connections.ts';
import type { Connection } from './contract.ts';
import { failureOf } from './run-view.ts';

export interface ConnectionFacts {
  readonly organisationId: string;
  readonly row: ConnectionRow | undefined;
  readonly health: HealthRow | undefined;
  readonly flows: Connection['flows'];
}

/** One connector as the settings screen shows it: its account, how it goes, and what Liaison may do there. */
export function connectionView(connector: Connector, facts: ConnectionFacts): Connection {
  const { row, health, flows } = facts;
  const failure = failureOf(health?.failure ?? null);
  const failedAt = health?.failureAt ?? null;
  return {
    connector: { id: connector.id, titles: connector.titles },
    state: row?.state ?? 'absent',
    health: healthOf(row, health),
    lastSuccessAt: health?.successAt?.toISOString() ?? null,
    lastFailure: failure === null || failedAt === null ? null : { ...failure, at: failedAt.toISOString() },
    account: row === undefined ? null : accountView(connector, row),
    since: row?.createdAt.toISOString() ?? null,
    authorisation: authorisationView(connector, facts.organisationId),
    flows,
  };
}

/** What went wrong before the account was connected anew says nothing of it now. */
function healthOf(row: ConnectionRow | undefined, health: HealthRow | undefined): Connection['health'] {
  if (row === undefined) return 'absent';
  if (row.state === 'reconnect') return 'reconnect';
  const succeeded = health?.successAt?.getTime() ?? null;
  const failed = health?.failureAt?.getTime() ?? null;
  const stands = failed !== null && failed > row.updatedAt.getTime() && failed > (succeeded ?? 0);
  if (stands) return health?.failure?.kind === 'rejected' ? 'refuses' : 'troubled';
  return succeeded === null ? 'unused' : 'works';
}

function accountView({ authorisation }: Connector, { account, dataCentre }: ConnectionRow) {
  const centres = authorisation.kind === 'oauth' ? authorisation.dataCentres : undefined;
  return {
    id: account.id,
    name: account.name,
    user: account.user ?? null,
    dataCentre:
      dataCentre === null
        ? null
        : { id: dataCentre, titles: centres?.find(({ id }) => id === dataCentre)?.titles ?? null },
  };
}

function authorisationView(
  { id, authorisation, site }: Connector,
  organisationId: string,
): Connection['authorisation'] {
  if (authorisation.kind === 'key') {
    const { instructions, fields } = authorisation;
    return {
      kind: 'key',
      instructions,
      fields:
        fields === undefined
          ? null
          : Object.entries(fields).map(([name, { titles, shown = false }]) => ({ id: name, titles, shown })),
      site: site?.titles ?? null,
    };
  }
  return {
    kind: 'oauth',
    connectUrl: `/oauth/start/${id}/${organisationId}`,
    scopes: scopesOf(authorisation),
  };
}

function scopesOf({ scopes, wholeAccount }: OAuthAuthorisation) {
  if (wholeAccount !== undefined) return [{ scope: '*', reason: wholeAccount }];
  return scopes.map(({ scope, reason }) => ({ scope, reason }));
}
