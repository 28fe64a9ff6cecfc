import type { Connector } from '../../core/connector.ts';
import type { Automation } from '../../core/flow.ts';
import { integrationTitle } from '../../core/integration-title.ts';
import type { SyncFlow } from '../../core/sync-flow.ts';
import type { AlertRow } from '../../store/alerts.ts';
import type { Alert } from '../contract.ts';

/** The registries that alerts are about. */
export interface AlertFacts {
  readonly flows: ReadonlyMap<string, Automation>;
  readonly syncs: ReadonlyMap<string, SyncFlow>;
  readonly connectors: ReadonlyMap<string, Connector>;
}

/** A cause's first word, as whoever raised it wrote it. */
const KINDS: Readonly<Record<string, Alert['kind']>> = {
  shelf: 'runs',
  source: 'looks',
  sweep: 'deliveries',
  blind: 'looks',
  records: 'records',
  reconnect: 'reconnect',
  rule: 'settings',
  setting: 'settings',
  money: 'money',
  stock: 'records',
  receiver: 'webhooks',
  'sync-brake': 'brake',
  'sync-account': 'account',
  'sync-doubt': 'trouble',
  'sync-contradiction': 'settings',
  'sync-trouble': 'trouble',
  'sync-loop': 'loop',
};

const named = (one: { id: string; titles: Alert['sentence'] } | undefined) =>
  one === undefined ? null : { id: one.id, titles: one.titles };

function integrationOf(
  { flows, syncs }: Pick<AlertFacts, 'flows' | 'syncs'>,
  { integration: id, flow, name }: AlertRow,
): Alert['integration'] {
  if (id === null || flow === null) return null;
  const isSync = syncs.has(flow);
  if (!isSync && !flows.has(flow)) return null;
  const titles = integrationTitle({ flow, name }, isSync ? syncs : flows);
  return { id, titles, kind: isSync ? 'sync' : 'automation' };
}

/**
 * An alert as people see it.
 *
 * @param since when the first of the failures that it is about happened; null where that is not kept: the
 * alert then tells when it was opened, which is when the watch came by.
 */
export function alertView(
  { flows, syncs, connectors }: AlertFacts,
  row: AlertRow,
  since: Date | null = null,
): Alert {
  const [word = '', about = ''] = row.cause.split(' ');
  const kind = KINDS[word] ?? 'other';
  return {
    id: row.id,
    kind,
    integration: integrationOf({ flows, syncs }, row),
    connector: named(kind === 'reconnect' ? connectors.get(about) : undefined),
    sentence: row.sentence,
    occurrences: row.occurrences,
    openedAt: (since ?? row.openedAt).toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    toldAt: row.toldAt?.toISOString() ?? null,
    untold: row.toldAt === null ? row.tellError : null,
  };
}
