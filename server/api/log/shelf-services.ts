import type { Answer, Shelf } from '../contract.ts';

/** What the API needs to show what was set aside, wherever it was. */
export interface ShelfServices {
  get(organisationId: string): Promise<Shelf>;
  /** @param integration undefined: all of them. Null: there is no such integration. */
  retry(organisationId: string, integration: string | undefined): Promise<Answer<'retryShelf'> | null>;
}
