import type { FlowDocument } from '../core/flow-document.ts';
import type { AlertServices } from './alert-services.ts';
import type {
  Connection,
  ConnectionEffects,
  OrganisationAnswer,
  RunCounts,
  RunDetail,
  RunFilter,
  RunSummary,
  RunsPage,
  RunsQuery,
} from './contract.ts';
import type { FlowServices } from './flow-services.ts';
import type { IntegrationServices } from './integration-services.ts';
import type { ModeServices } from './mode-services.ts';
import type { RecordServices } from './record-services.ts';
import type { ShelfServices } from './shelf-services.ts';
import type { SyncServices } from './sync-services.ts';

/**
 * What the API needs from the rest of the server. Every call names the organisation of the session, and
 * nothing of another organisation may come back: its ids are answered as if they did not exist (null).
 *
 * A refusal that a person should read is thrown as a `Problem` (`problem.ts`); a `LiaisonError` is
 * turned into one with its own sentence.
 */
export interface ApiServices extends FlowServices {
  organisation(organisationId: string): Promise<OrganisationAnswer | null>;

  /** Newest first. `cursor` is what an earlier page gave as `next`; one that cannot be read is a `Problem` 400. */
  listRuns(organisationId: string, query: RunsQuery): Promise<RunsPage>;
  countRuns(organisationId: string, filter: RunFilter): Promise<RunCounts>;
  getRun(organisationId: string, id: string): Promise<RunDetail | null>;
  /**
   * Takes a shelved run, or a waiting one that failed before, up again from its failed step. Any other
   * state: throw `notReplayable(state)`.
   */
  replayRun(organisationId: string, id: string): Promise<RunDetail | null>;
  /** Every shelved run under the filter. @returns how many were taken up. */
  replayMany(organisationId: string, filter: RunFilter): Promise<number>;

  /** Flows and syncs, as the organisation has them now. */
  listDocuments(organisationId: string): Promise<readonly FlowDocument[]>;

  listConnections(organisationId: string): Promise<readonly Connection[]>;
  /** Null: no such connector. */
  connectionEffects(organisationId: string, connector: string): Promise<ConnectionEffects | null>;
  /** Asks the vendor whether the key is good before it is kept. Null: no connector that takes a key has this id. */
  setKey(organisationId: string, connector: string, key: string): Promise<Connection | null>;
  /** Safe to repeat. Null: no such connector. */
  disconnect(organisationId: string, connector: string): Promise<Connection | null>;

  /**
   * Calls `onRun` each time a run of this organisation changes, in any process of the deployment.
   *
   * @returns the function that stops it.
   */
  live(organisationId: string, onRun: (run: RunSummary) => void): () => void;

  readonly integrations: IntegrationServices;
  readonly syncs: SyncServices;
  readonly records: RecordServices;
  readonly alerts: AlertServices;
  readonly shelf: ShelfServices;
  readonly mode: ModeServices;
}
