import type { Connector, ConnectorHttp } from '../core/connector.ts';
import type { Automation, Organisation } from '../core/flow.ts';
import type { Sync } from '../core/sync-flow.ts';
import type { FlowRow } from '../store/flows.ts';

export interface OpenOptions {
  readonly onExchange: (exchange: object) => void;
  readonly signal: AbortSignal;
}

/**
 * What the engine knows of the world outside the database.
 *
 * `open` gives a connector its way out under the organisation's connection. It fails with `reconnect`
 * when there is none.
 */
export interface World {
  readonly flows: readonly Automation[];
  readonly syncs: readonly Sync[];
  readonly connectors: ReadonlyMap<string, Connector>;
  organisation(id: string): Promise<Organisation>;
  flowRows(organisationId: string): Promise<readonly FlowRow[]>;
  open(organisationId: string, connector: Connector, options: OpenOptions): Promise<ConnectorHttp>;
}

export interface Timing {
  readonly now: () => number;
  readonly random: () => number;
  /** Resolves after `ms`, or at once when the signal is aborted. */
  readonly pause: (ms: number, signal?: AbortSignal) => Promise<void>;
}
