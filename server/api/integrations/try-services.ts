import type { TryAnswer, TryQuery, TryRecords, TryWish } from '../contract.ts';

/** Automations played without a write. Null: there is no such integration of an automation. */
export interface TryServices {
  listTryRecords(organisationId: string, id: string, query: TryQuery): Promise<TryRecords | null>;
  tryIntegration(organisationId: string, id: string, wish: TryWish): Promise<TryAnswer | null>;
}
