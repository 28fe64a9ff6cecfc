import type { Alerts, ConnectionEffects, Connections, Shelf } from './contract.ts';
import type { LiveEvent } from './live.ts';
import type { StoredRun } from './services.ts';

/** Ids of the integrations that whoever asks may not know of: other people's own. */
export type Hidden = ReadonlySet<string>;

const isOpen =
  (hidden: Hidden) =>
  ({ id }: { readonly id: string }): boolean =>
    !hidden.has(id);

/** Null where the run is one of an integration that is hidden, as if there were none. */
export const openRun = (run: StoredRun | null, hidden: Hidden): StoredRun | null =>
  run === null || hidden.has(run.integration.id) ? null : run;

export function openAlerts({ alerts, recovered }: Alerts, hidden: Hidden): Alerts {
  const about = ({ integration }: Alerts['alerts'][number]) =>
    integration === null || isOpen(hidden)(integration);
  return { alerts: alerts.filter(about), recovered: recovered.filter(about) };
}

export function openShelf({ integrations }: Shelf, hidden: Hidden): Shelf {
  const shown = integrations.filter(isOpen(hidden));
  return { total: shown.reduce((sum, { count }) => sum + count, 0), integrations: shown };
}

/** Accounts are told of with the integrations that use them. */
export function openUses({ connections, applications, grants }: Connections, hidden: Hidden): Connections {
  const open = <T extends { flows: { id: string }[] }>(one: T): T => ({
    ...one,
    flows: one.flows.filter(isOpen(hidden)),
  });
  return { connections: connections.map(open), applications: applications.map(open), grants };
}

export const openEffects = (effects: ConnectionEffects, hidden: Hidden): ConnectionEffects => ({
  ...effects,
  flows: effects.flows.filter(isOpen(hidden)),
  syncs: effects.syncs.filter(isOpen(hidden)),
});

/** The integration that a live event is about; null: none, or what is told says nothing of it. */
export function integrationTold(event: LiveEvent): string | null {
  if (event.name === 'run') return event.run.integration.id;
  return event.name === 'sync' ? event.sync.sync : null;
}
