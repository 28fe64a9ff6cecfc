import type {
  Dispatch,
  DispatchesPage,
  DispatchesQuery,
  Facts,
  FactsQuery,
  Receiver,
  ReceiverChange,
  Receivers,
  ReceiverWish,
  ReceiverWithSecret,
} from '../contract.ts';

/**
 * What the API needs to tell other applications of what Liaison did. Null is answered 404. `accessId`: another application
 * asks, under what somebody let it do: it is shown, and removes, what it made itself and nothing else.
 */
export interface ReceiverServices {
  list(organisationId: string): Promise<Receivers>;
  get(organisationId: string, id: string, accessId?: string): Promise<Receiver | null>;
  /** An address, a fact or an integration that cannot be is thrown as a `Problem` that names it. */
  make(organisationId: string, wish: ReceiverWish, accessId?: string): Promise<ReceiverWithSecret>;
  change(organisationId: string, id: string, change: ReceiverChange): Promise<Receiver | null>;
  remove(organisationId: string, id: string, accessId?: string): Promise<boolean>;
  /** The last ones that any receiver was told of; null: no such event is told. */
  facts(organisationId: string, fact: string, query: FactsQuery): Promise<Facts | null>;
  /** Another secret; the one before signs beside it for a day. */
  rotate(organisationId: string, id: string): Promise<ReceiverWithSecret | null>;
  /** Sent like everything else, and tried once. */
  test(organisationId: string, id: string): Promise<Dispatch | null>;
  log(
    organisationId: string,
    id: string,
    query: DispatchesQuery,
    accessId?: string,
  ): Promise<DispatchesPage | null>;
  /** Sends one again, under the same id. */
  again(organisationId: string, id: string, dispatch: string): Promise<Dispatch | null>;
  /** Sends again what failed of what happened since then. @returns how many. */
  allAgain(organisationId: string, id: string, since: string): Promise<number | null>;
}
