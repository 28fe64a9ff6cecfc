import type { FlowDocument } from '../core/flow-document.ts';
import type { AccessServices } from './accesses/access-services.ts';
import type { ActionServices } from './actions/action-services.ts';
import type { AlertServices } from './alerts/alert-services.ts';
import type {
  Connection,
  ConnectionEffects,
  ConnectionKey,
  Connections,
  Disconnected,
  FoundRecords,
  OrganisationAnswer,
  RunCounts,
  RunDetail,
  RunFilter,
  RunSummary,
  RunsPage,
  RunsQuery,
  Why,
  WhyQuery,
} from './contract.ts';
import type { FlowServices } from './flows/flow-services.ts';
import type { Asker, IntegrationServices } from './integrations/integration-services.ts';
import type { TryServices } from './integrations/try-services.ts';
import type { ShelfServices } from './log/shelf-services.ts';
import type { MailServices } from './mail/mail-services.ts';
import type { MoneyServices } from './money/money-services.ts';
import type { PersonServices } from './persons/person-services.ts';
import type { TemplateServices } from './persons/template-services.ts';
import type { ReceiverServices } from './receivers/receiver-services.ts';
import type { RecordServices } from './record/record-services.ts';
import type { ModeServices } from './session/mode-services.ts';
import type { Session } from './session/session.ts';
import type { SyncServices } from './syncs/sync-services.ts';

/** Who asks for connections: what is one person's own is nobody else's. */
export type Viewer = Pick<Session, 'organisationId' | 'role' | 'user'>;

/** A run, whoever asks for it. */
export type StoredRun = Omit<RunDetail, 'mayReplay'>;

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
  listRuns(organisationId: string, query: RunsQuery, hidden: ReadonlySet<string>): Promise<RunsPage>;
  /** @param hidden integrations whose runs the asker may not know of. */
  countRuns(organisationId: string, filter: RunFilter, hidden: ReadonlySet<string>): Promise<RunCounts>;
  getRun(organisationId: string, id: string): Promise<StoredRun | null>;
  /**
   * Takes a shelved run, or a waiting one that failed before, up again from its failed step. Any other
   * state: throw `notReplayable(state)`.
   */
  replayRun(organisationId: string, id: string): Promise<StoredRun | null>;
  /** Every shelved run under the filter. @returns how many were taken up. */
  replayMany(organisationId: string, filter: RunFilter): Promise<number>;

  /**
   * Why something was done of a record, or was not.
   *
   * @param hidden integrations of which nothing is told.
   */
  why(asker: Asker, query: WhyQuery, hidden: ReadonlySet<string>): Promise<Why>;
  /** Records that *why* can be asked of. */
  findRecords(organisationId: string, search: string, hidden: ReadonlySet<string>): Promise<FoundRecords>;

  /** For how many days what was sent and answered is kept. */
  keptDays(organisationId: string): Promise<number>;
  /** @param days 1 to 365. */
  keepFor(organisationId: string, days: number): Promise<void>;

  /** Flows and syncs, as the organisation has them now. */
  listDocuments(organisationId: string): Promise<readonly FlowDocument[]>;

  /** Of what is one person's own, others are shown nothing, and admins that it exists. */
  listConnections(viewer: Viewer): Promise<Connections>;
  /** Null: no such connection that the viewer is shown. */
  connectionEffects(viewer: Viewer, id: string): Promise<ConnectionEffects | null>;
  /**
   * Asks the vendor whether the key is good before it is kept. Null: neither a connection that takes a key nor a
   * connector that does has this id. Whoever may not: throw `adminOnly()`.
   */
  setKey(viewer: Viewer, id: string, wish: ConnectionKey): Promise<Connection | null>;
  /** Null: no such connection that the viewer is shown. Whoever may not: throw `adminOnly()`. */
  disconnect(viewer: Viewer, id: string): Promise<Disconnected | null>;

  /**
   * Calls `onRun` each time a run of this organisation changes, in any process of the deployment.
   *
   * @returns the function that stops it.
   */
  live(organisationId: string, onRun: (run: RunSummary) => void): () => void;

  readonly integrations: IntegrationServices;
  readonly tries: TryServices;
  readonly syncs: SyncServices;
  readonly templates: TemplateServices;
  readonly persons: PersonServices;
  readonly records: RecordServices;
  readonly alerts: AlertServices;
  readonly accesses: AccessServices;
  readonly actions: ActionServices;
  readonly receivers: ReceiverServices;
  readonly shelf: ShelfServices;
  readonly mail: MailServices;
  readonly money: MoneyServices;
  readonly mode: ModeServices;
}
