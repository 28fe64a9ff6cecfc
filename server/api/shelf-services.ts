import type { Answer, Shelf } from './contract.ts';

/** What the API needs to show what was set aside, wherever it was. */
export interface ShelfServices {
  get(organisationId: string): Promise<Shelf>;
  /** @param flow an automation or a sync; undefined: all. Null: there is no such flow. */
  retry(organisationId: string, flow: string | undefined): Promise<Answer<'retryShelf'> | null>;
}
