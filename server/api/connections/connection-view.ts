import type { Connector, OAuthAuthorisation, Scope } from '../../core/connector.ts';
import { familyOf } from '../../core/registration.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { HealthRow } from '../../store/connection-health.ts';
import type { ConnectionRow } from '../../store/connections.ts';
import type { GrantRow } from '../../store/grants.ts';
import type { Application, Connection, Grant } from '../contract.ts';
import { failureOf } from '../log/run-view.ts';
import type { Viewer } from '../services.ts';

export interface ConnectionFacts {
  readonly viewer: Viewer;
  /** Name of the user whose own it is. */
  readonly person: string | null;
  readonly health: HealthRow | undefined;
  readonly flows: Connection['flows'];
  /** Why no site can send keys to this server; null: it can. */
  readonly whyTyped: Sentence | null;
  /** Above the addresses that vendors deliver to; null: it is told to nobody. */
  readonly hooksAt: string | null;
}

/** One connected account as the settings screen shows it: whose it is, how it goes, what it is used for. */
export function connectionView(connector: Connector, row: ConnectionRow, facts: ConnectionFacts): Connection {
  const { health, flows, viewer, person, hooksAt } = facts;
  const failure = failureOf(health?.failure ?? null);
  const failedAt = health?.failureAt ?? null;
  return {
    id: row.id,
    connector: { id: connector.id, titles: connector.titles },
    grant: row.grantId,
    owner: ownerOf(row, viewer),
    person,
    state: row.state,
    health: healthOf(row, health),
    lastSuccessAt: health?.successAt?.toISOString() ?? null,
    lastFailure: failure === null || failedAt === null ? null : { ...failure, at: failedAt.toISOString() },
    account: accountView(connector, row),
    delivery: deliveryOf(connector, row, viewer, hooksAt),
    since: row.createdAt.toISOString(),
    reconnectUrl: isConsentedTo(connector, facts.whyTyped) ? reconnectUrl(row) : null,
    flows,
  };
}

/** Whether access is given on a page of the vendor's. */
const isConsentedTo = ({ authorisation }: Connector, whyTyped: Sentence | null): boolean =>
  authorisation.kind === 'oauth' || (authorisation.handover !== undefined && whyTyped === null);
/** Whoever may see it could deliver there, had they the secret too: it is for admins. */
function deliveryOf(
  { id, deliversOnly, webhooks }: Connector,
  { hookKey }: ConnectionRow,
  { role }: Viewer,
  hooksAt: string | null,
): Connection['delivery'] {
  const scheme = webhooks?.schemes.find(({ kind }) => kind === 'secret-header');
  if (deliversOnly !== true || scheme?.kind !== 'secret-header' || role !== 'admin' || hooksAt === null)
    return null;
  return { url: `${hooksAt}/${id}/${hookKey}`, header: scheme.header };
}

const reconnectUrl = ({ id, connector, organisationId, owner }: ConnectionRow): string =>
  `/oauth/start/${connector}/${organisationId}?connection=${id}${owner === null ? '' : '&owner=me'}`;

export function ownerOf({ owner }: Pick<ConnectionRow, 'owner'>, { user }: Viewer): Connection['owner'] {
  if (owner === null) return 'organisation';
  return owner === user?.id ? 'me' : 'person';
}

/** What went wrong before the account was connected anew says nothing of it now. */
function healthOf(row: ConnectionRow, health: HealthRow | undefined): Connection['health'] {
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

/** An application of which accounts can be connected. */
export function applicationView(
  connector: Connector,
  facts: Pick<Application, 'flows' | 'granted'> & {
    readonly organisationId: string;
    /** Why no site can send keys to this server; null: it can. */
    readonly whyTyped: Sentence | null;
  },
): Application {
  const family = familyOf(connector);
  return {
    connector: { id: connector.id, titles: connector.titles },
    family: family === null ? null : { id: family.id, titles: family.titles },
    authorisation: authorisationView(connector, facts),
    flows: facts.flows,
    granted: facts.granted,
  };
}

function authorisationView(
  connector: Connector,
  { organisationId, whyTyped }: { readonly organisationId: string; readonly whyTyped: Sentence | null },
): Application['authorisation'] {
  const { id, authorisation, site } = connector;
  if (authorisation.kind === 'key') {
    const { instructions, fields, handover } = authorisation;
    const isOffered = handover !== undefined && whyTyped === null;
    return {
      kind: 'key',
      instructions,
      fields:
        fields === undefined
          ? null
          : Object.entries(fields).map(
              ([name, { titles, shown = false, made = false, isAddresses = false }]) => ({
                ...{ id: name, titles, shown, made, optional: isAddresses },
              }),
            ),
      site: site?.titles ?? null,
      connectUrl: isOffered ? `/oauth/start/${id}/${organisationId}` : null,
      whyTyped: handover === undefined ? null : whyTyped,
    };
  }
  return {
    kind: 'oauth',
    connectUrl: `/oauth/start/${id}/${organisationId}`,
    site: site?.titles ?? null,
    scopes: [...scopesOf(authorisation), ...(familyOf(connector)?.scopes ?? [])].map(({ scope, reason }) => ({
      scope,
      reason,
    })),
  };
}

function scopesOf({ scopes, wholeAccount }: OAuthAuthorisation): readonly Scope[] {
  return wholeAccount === undefined ? scopes : [{ scope: '*', reason: wholeAccount }];
}

export interface GrantFacts {
  readonly viewer: Viewer;
  readonly person: string | null;
  /** Of the family, or of the application that is alone. */
  readonly titles: Sentence;
  /** How many refresh tokens the account has given, and the vendor's limit; null where there is none. */
  readonly refreshTokens: { readonly held: number; readonly most: number; readonly warnFrom: number } | null;
}

/** What somebody consented to at one account, and what is to be done before it stops working. */
export function grantView(row: GrantRow, facts: GrantFacts): Grant {
  const { refreshTokens, titles } = facts;
  const limit = refreshTokens === null ? null : { held: refreshTokens.held, most: refreshTokens.most };
  const isNear = refreshTokens !== null && refreshTokens.held >= refreshTokens.warnFrom;
  return {
    id: row.id,
    family: { id: row.family, titles },
    owner: ownerOf(row, facts.viewer),
    person: facts.person,
    account: { id: row.account.id, name: row.account.name },
    scopes: [...row.scopes],
    refreshTokens: limit,
    notice: isNear ? nearLimit(titles, row.account.name, refreshTokens) : null,
  };
}

const nearLimit = (
  vendor: Sentence,
  account: string,
  { held, most }: { readonly held: number; readonly most: number },
): Sentence => ({
  en: `${account} has given Liaison ${held} of the ${most} accesses that ${vendor.en} allows one account. Beyond ${most} the oldest ends, and its connections with it: disconnect accounts that are no longer used, or remove Liaison’s old accesses in ${vendor.en}.`,
  fr: `${account} a donné à Liaison ${held} des ${most} accès que ${vendor.fr} permet par compte. Au-delà de ${most}, le plus ancien prend fin, et ses connexions avec lui\u00a0: déconnectez les comptes inutilisés, ou retirez les anciens accès de Liaison dans ${vendor.fr}.`,
});
