import type { Connector } from '../../core/connector.ts';
import type { Automation } from '../../core/flow.ts';
import { integrationTitle } from '../../core/integration-title.ts';
import {
  type FindClient,
  familyId,
  familyOf,
  missingScopes,
  registrationFor,
  unionOfScopes,
} from '../../core/registration.ts';
import type { RoleDeclaration, Roles } from '../../core/roles.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { SyncFlow } from '../../core/sync-flow.ts';
import { type HealthRow, healthOf } from '../../store/connection-health.ts';
import {
  type ConnectionRow,
  connectionPerConnector,
  connectionsOfGrant,
  listConnections,
} from '../../store/connections.ts';
import type { Database } from '../../store/database.ts';
import { countRefreshTokens, type GrantRow, grantsOf } from '../../store/grants.ts';
import { type BoundRole, type IntegrationRow, integrationsOf, isBoundTo } from '../../store/integrations.ts';
import { countWaitingFor } from '../../store/run-log.ts';
import { listSubscriptions } from '../../store/subscriptions.ts';
import { countLinks } from '../../store/sync-links.ts';
import { activeSyncs } from '../../store/syncs.ts';
import { userNames } from '../../store/users.ts';
import type { Application, Connection, ConnectionEffects, Connections, Grant } from '../contract.ts';
import type { Viewer } from '../services.ts';
import { applicationView, connectionView, grantView } from './connection-view.ts';

export interface ConnectionParts {
  readonly database: Database;
  readonly flows: ReadonlyMap<string, Automation>;
  readonly offeredSyncs: ReadonlyMap<string, SyncFlow>;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly oauthClient: FindClient;
  /** Why no site can send keys to this server, in words; null: it can. */
  readonly whyTyped: Sentence | null;
  /** The address above every connection's own that vendors deliver to; absent: it is told to nobody. */
  readonly hooksAt?: string;
}

interface Known {
  readonly rows: readonly ConnectionRow[];
  /** Ids of the connections that the cards beside a record speak of. */
  readonly shownOnCards: ReadonlySet<string>;
  readonly health: readonly HealthRow[];
  readonly integrations: readonly IntegrationRow[];
  /** Ids of the integrations that are on, and of the syncs under way. */
  readonly running: ReadonlySet<string>;
  readonly names: ReadonlyMap<string, string>;
}

/** Whether a role is a connector's: named so, or taken by an account of it. */
const isOf = (
  declared: RoleDeclaration,
  bound: readonly BoundRole[],
  role: string,
  connector: string,
): boolean => (declared.connector ?? bound.find((one) => one.role === role)?.connector) === connector;

/** What the store holds of an organisation's connections, as people see it. Asks no vendor. */
export function storedConnections(parts: ConnectionParts) {
  const { database, connectors } = parts;

  async function known({ organisationId }: Viewer): Promise<Known> {
    const [rows, onCards, health, integrations, syncs, names] = await Promise.all([
      listConnections(database, organisationId),
      connectionPerConnector(database, organisationId),
      healthOf(database, organisationId),
      integrationsOf(database, organisationId),
      activeSyncs(database, organisationId),
      userNames(database, organisationId),
    ]);
    const enabled = integrations.filter((row) => row.enabled && parts.flows.has(row.flow));
    return {
      rows,
      shownOnCards: new Set(onCards.map(({ id }) => id)),
      health,
      integrations,
      running: new Set([...enabled.map((row) => row.id), ...syncs]),
      names,
    };
  }

  const rolesOf = ({ flow }: IntegrationRow): Roles =>
    (parts.offeredSyncs.get(flow) ?? parts.flows.get(flow))?.roles ?? {};

  /** Integrations that use an account, or will once one of the connector is connected. */
  const using = (connector: string, row: ConnectionRow | undefined, { integrations }: Known) =>
    integrations
      .filter((one) =>
        Object.entries(rolesOf(one)).some(
          ([role, declared]) =>
            isOf(declared, one.roles, role, connector) &&
            (row === undefined || isBoundTo(one.roles, role, row.id)),
        ),
      )
      .map((one) => {
        const isSync = parts.offeredSyncs.has(one.flow);
        const titles = integrationTitle(one, isSync ? parts.offeredSyncs : parts.flows);
        return { id: one.id, titles, isSync };
      });
  const usesOf = (connector: string, row: ConnectionRow | undefined, all: Known): Connection['flows'] =>
    using(connector, row, all).map(({ id, titles }) => ({ id, titles, enabled: all.running.has(id) }));
  const personOf = (owner: string | null, { names }: Known) =>
    owner === null ? null : (names.get(owner) ?? null);

  function view(viewer: Viewer, row: ConnectionRow, all: Known): Connection[] {
    const connector = connectors.get(row.connector);
    if (connector === undefined) return [];
    const facts = {
      viewer,
      person: personOf(row.owner, all),
      health: all.health.find((one) => one.connectionId === row.id),
      flows: usesOf(connector.id, row, all),
      whyTyped: parts.whyTyped,
      hooksAt: parts.hooksAt ?? null,
    };
    return [connectionView(connector, row, facts)];
  }

  /** Consents of a family that could serve an application, too. */
  function grantedTo(
    viewer: Viewer,
    connector: Connector,
    grants: readonly GrantRow[],
    { rows }: Known,
  ): Application['granted'] {
    const registration = registrationFor(parts.oauthClient, connectors, connector)?.name;
    const isOpen = (row: GrantRow) =>
      familyOf(connector)?.id === row.family &&
      row.registration === registration &&
      row.state === 'active' &&
      (row.owner === null ? viewer.role === 'admin' : row.owner === viewer.user?.id);
    return grants.filter(isOpen).flatMap((row) => {
      const standing = rows.filter(({ grantId }) => grantId === row.id);
      if (standing.some((one) => one.connector === connector.id)) return [];
      const others = standing.flatMap((one) => connectors.get(one.connector) ?? []);
      const missing = missingScopes(unionOfScopes(connector, others), row.scopes);
      return [{ grant: row.id, account: row.account.name, complete: missing.length === 0 }];
    });
  }

  async function grantOfView(viewer: Viewer, row: GrantRow, all: Known): Promise<Grant> {
    const member = [...connectors.values()].find((one) => familyId(one) === row.family);
    const family = member === undefined ? null : familyOf(member);
    const limit = family?.refreshTokens;
    return grantView(row, {
      viewer,
      person: personOf(row.owner, all),
      titles: family?.titles ?? member?.titles ?? { en: row.family, fr: row.family },
      refreshTokens: limit === undefined ? null : { ...limit, held: await countRefreshTokens(database, row) },
    });
  }

  /** One that the viewer is shown. */
  async function shown(viewer: Viewer, id: string): Promise<ConnectionRow | null> {
    const rows = await listConnections(database, viewer.organisationId);
    return rows.find((row) => row.id === id && isShown(row, viewer)) ?? null;
  }

  return {
    shown,

    async list(viewer: Viewer): Promise<Connections> {
      const [all, grants] = await Promise.all([known(viewer), grantsOf(database, viewer.organisationId)]);
      const { organisationId } = viewer;
      return {
        connections: all.rows.filter((row) => isShown(row, viewer)).flatMap((row) => view(viewer, row, all)),
        applications: [...connectors.values()].map((connector) =>
          applicationView(connector, {
            organisationId,
            whyTyped: parts.whyTyped,
            flows: usesOf(connector.id, undefined, all),
            granted: grantedTo(viewer, connector, grants, all),
          }),
        ),
        grants: await Promise.all(
          grants.filter((row) => isShown(row, viewer)).map((row) => grantOfView(viewer, row, all)),
        ),
      };
    },

    async one(viewer: Viewer, id: string): Promise<Connection | null> {
      const all = await known(viewer);
      const row = all.rows.find((one) => one.id === id);
      return row === undefined ? null : (view(viewer, row, all)[0] ?? null);
    },

    /** What ending the connection, or making it anew, would touch now. Null: no such connection. */
    async effects(viewer: Viewer, id: string): Promise<ConnectionEffects | null> {
      const { organisationId } = viewer;
      const row = await shown(viewer, id);
      const connector = row === null ? undefined : connectors.get(row.connector);
      if (row === null || connector === undefined) return null;
      const all = await known(viewer);
      const { running } = all;
      const users = using(connector.id, row, all);
      const flows = users.filter(({ isSync }) => !isSync);
      const syncs = users.filter((one) => one.isSync && running.has(one.id));
      const subscriptions = await listSubscriptions(database, row.id);
      const others = await connectionsOfGrant(database, row.grantId);
      return {
        flows: flows
          .filter((flow) => running.has(flow.id))
          .map(({ id: flow, titles }) => ({ id: flow, titles })),
        syncs: await Promise.all(
          syncs.map(async ({ id: flow, titles }) => ({
            id: flow,
            titles,
            links: await countLinks(database, { organisationId, integration: flow }),
          })),
        ),
        webhooks: subscriptions.map(({ topics }) => ({ topics: [...topics] })),
        waiting: await countWaitingFor(
          database,
          organisationId,
          flows.map((flow) => flow.id),
        ),
        revoked: canEndAccess(connector),
        kept: others.length > 1,
        shown: all.shownOnCards.has(id) && connector.card !== undefined,
      };
    },
  };
}

/** Whether the vendor lets us end the access there too. */
const canEndAccess = ({ authorisation, leave }: Connector): boolean =>
  leave !== undefined || (authorisation.kind === 'oauth' && authorisation.revokeUrl !== undefined);

/** What is one person's own is shown to them, and to admins. */
const isShown = ({ owner }: Pick<ConnectionRow, 'owner'>, { role, user }: Viewer): boolean =>
  owner === null || role === 'admin' || owner === user?.id;
