import type { Connector } from '../../core/connector.ts';
import { integrationTitle } from '../../core/integration-title.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { SyncFlow } from '../../core/sync-flow.ts';
import { writesOf } from '../../engine/personal/settle.ts';
import type { Forecast } from '../../engine/sync/preview.ts';
import type { ConnectionRow } from '../../store/connections.ts';
import type { IntegrationRow } from '../../store/integrations.ts';
import type { PersonRow } from '../../store/persons.ts';
import type { StandingSync } from '../../store/standing-syncs.ts';
import type { Person } from '../contract.ts';

type Personal = Person['integrations'][number];

export interface PersonalFacts {
  readonly syncs: ReadonlyMap<string, SyncFlow>;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly connections: readonly ConnectionRow[];
  /** By integration. */
  readonly standing: ReadonlyMap<string, StandingSync>;
}

/** How a person's own sync stands, and why it does not go on where something keeps it. */
function stateOf(
  row: IntegrationRow,
  own: ConnectionRow | undefined,
  sync: StandingSync | undefined,
): { state: Personal['state']; sentence: Sentence | null } {
  if (own?.state !== 'active') return { state: 'reconnect', sentence: null };
  if (sync?.pause) {
    const state = sync.pause.code === 'admin' ? 'paused' : 'stopped';
    return { state, sentence: { en: sync.pause.en, fr: sync.pause.fr } };
  }
  if (!row.enabled) return { state: 'paused', sentence: null };
  if (sync?.error) return { state: 'trouble', sentence: sync.error.sentence };
  if (
    sync?.phase === 'previewed' &&
    (sync.plan === null || writesOf(sync.plan as Forecast) > (row.approves ?? 0))
  )
    return { state: 'look', sentence: null };
  return { state: sync?.phase === 'live' ? 'in-sync' : 'working', sentence: null };
}

/** One person's own integration under a template; null: the flow is offered no longer. */
export function personalView(row: IntegrationRow, facts: PersonalFacts): Personal | null {
  const flow = facts.syncs.get(row.flow);
  if (flow?.personal === undefined || row.template == null) return null;
  const bound = row.roles.find(({ role }) => role === flow.personal?.role);
  const own = facts.connections.find(({ id }) => id === bound?.connectionId);
  const sync = facts.standing.get(row.id);
  const connector = bound?.connector ?? flow.roles[flow.personal.role].connector ?? '';
  const told = stateOf(row, own, sync);
  return {
    id: row.id,
    template: row.template,
    flow: row.flow,
    titles: integrationTitle(row, new Map([[flow.id, flow]])),
    account: own?.account.name ?? null,
    connection: own?.id ?? null,
    connector: {
      id: connector,
      titles: facts.connectors.get(connector)?.titles ?? { en: connector, fr: connector },
    },
    ...told,
    writes: told.state === 'look' && sync?.plan != null ? writesOf(sync.plan as Forecast) : null,
  };
}

function personState(row: PersonRow, integrations: readonly Personal[]): Person['state'] {
  if (!row.active) return 'left';
  if (row.joiningAt !== null) return 'joining';
  if (integrations.length > 0) return 'taking-part';
  if (row.declinedAt !== null) return 'declined';
  return row.askedAt === null ? 'unasked' : 'asked';
}

export function personView(row: PersonRow, integrations: readonly Personal[]): Person {
  return {
    id: row.externalId,
    name: row.name,
    email: row.email,
    state: personState(row, integrations),
    askedAt: row.askedAt?.toISOString() ?? null,
    mustReconnect: integrations.some(({ state }) => state === 'reconnect'),
    integrations: [...integrations],
  };
}
