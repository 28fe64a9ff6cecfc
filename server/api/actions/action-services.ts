import type { Actions, Handed, HandWish, People, Posted } from '../contract.ts';

/** What other applications have done here. Null: the organisation has no such integration that all may use. */
export interface ActionServices {
  offered(organisationId: string): Promise<Actions>;
  /**
   * Hands a record to the mapping of an integration and waits a while for what becomes of it. The same values again, or
   * the same name, begin nothing more.
   *
   * @param onceBy what the caller names it by.
   */
  hand(organisationId: string, id: string, wish: HandWish, onceBy: string | null): Promise<Handed | null>;
  /** Looks at once for what is to be done. Safe to repeat. */
  start(organisationId: string, id: string): Promise<{ readonly started: true } | null>;
  /** Posts a message where the integration posts its own; under the same name once. */
  post(organisationId: string, id: string, text: string, onceBy: string | null): Promise<Posted | null>;
  /** Rejects with the LiaisonError of the CRM. */
  people(organisationId: string, email: string): Promise<People>;
}
