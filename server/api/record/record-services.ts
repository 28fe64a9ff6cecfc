import type { Answer, LiveRecord } from '../contract.ts';
import type { Asker } from '../integrations/integration-services.ts';

export interface RecordAddress {
  /** API name. */
  readonly module: string;
  readonly id: string;
}

/**
 * What the API shows beside a record of the CRM. Each call names the organisation of the session; null is
 * answered as 404, for what the organisation's own CRM does not have, too: an id that a page claims opens
 * nothing by itself.
 */
export interface RecordServices {
  /** The record and what is kept of its cards. Asks the CRM only when it must, or is told to. */
  page(organisationId: string, record: RecordAddress, fresh: boolean): Promise<Answer<'getRecord'> | null>;
  /** Asks one vendor now. A vendor that fails is told of in the card, with what it said last. */
  card(
    organisationId: string,
    record: RecordAddress,
    connector: string,
  ): Promise<Answer<'getRecordCard'> | null>;
  /** Does an action that the card offers, and reads the card again. */
  act(
    organisationId: string,
    record: RecordAddress,
    connector: string,
    action: string,
    userName: string | null,
  ): Promise<Answer<'actOnRecord'> | null>;
  /**
   * From the store alone.
   *
   * @param hidden integrations of which nothing is told.
   */
  activity(
    organisationId: string,
    record: RecordAddress,
    hidden: ReadonlySet<string>,
  ): Promise<Answer<'getRecordActivity'> | null>;
  /** Why something was done of the record, and why not; from the store alone. @param hidden as above. */
  why(
    asker: Asker,
    record: RecordAddress,
    hidden: ReadonlySet<string>,
  ): Promise<Answer<'getRecordWhy'> | null>;
  /** Makes the syncs of the record look at once. */
  sync(organisationId: string, record: RecordAddress): Promise<Answer<'syncRecord'> | null>;
  /** Calls `onRecord` when something happened that concerns a record that was looked at. */
  live(organisationId: string, onRecord: (record: LiveRecord) => void): () => void;
}
