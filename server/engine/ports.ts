import type { Connector, ConnectorHttp } from '../core/connector.ts';
import type { Automation, Organisation } from '../core/flow.ts';
import type { Holding } from '../core/held-write.ts';
import type { SyncFlow } from '../core/sync-flow.ts';
import type { IntegrationRow } from '../store/integrations.ts';

export interface OpenOptions {
  readonly onExchange: (exchange: object) => void;
  readonly signal: AbortSignal;
  /** Writes are held back and answered by what stands in; reads are real. */
  readonly holding?: Holding;
}

/** Under which account a vendor is reached. */
export interface Account {
  readonly organisationId: string;
  /**
   * Absent: nobody chose, and the organisation's only account of the connector is meant. Null: the account that
   * was chosen is not connected any more.
   */
  readonly connectionId?: string | null | undefined;
}

/** What the engine knows of the world outside the database. */
export interface World {
  readonly flows: readonly Automation[];
  readonly syncs: readonly SyncFlow[];
  readonly connectors: ReadonlyMap<string, Connector>;
  organisation(id: string): Promise<Organisation>;
  /** @param fresh asks the database, where what is remembered may be a few seconds old. */
  integrations(organisationId: string, fresh?: boolean): Promise<readonly IntegrationRow[]>;
  /** Gives a connector its way out under an account. Fails with `reconnect` when it is not connected. */
  open(account: Account, connector: Connector, options: OpenOptions): Promise<ConnectorHttp>;
}

export interface Timing {
  readonly now: () => number;
  readonly random: () => number;
  /** Resolves after `ms`, or at once when the signal is aborted. */
  readonly pause: (ms: number, signal?: AbortSignal) => Promise<void>;
}
