import type { MoneyAccountView, MoneyDetail } from '../contract.ts';

/** Who asks, for what is noted of a person. */
export interface MoneyAsker {
  readonly organisationId: string;
  /** What the person is called. */
  readonly name: string;
}

/** What the API needs to show an organisation's money beside its books. Null is answered 404. */
export interface MoneyServices {
  list(organisationId: string): Promise<readonly MoneyAccountView[]>;
  get(organisationId: string, id: string): Promise<MoneyDetail | null>;
  /** Begins a check of one account, or of all; one that is under way goes on. Null: there is no such account. */
  check(organisationId: string, id: string | undefined): Promise<readonly MoneyAccountView[] | null>;
  /** Ends the check that is under way; what was found before stays. */
  cancel(organisationId: string, id: string): Promise<MoneyDetail | null>;
  /** A difference is right as it is; with a null note it is accepted no more. */
  accept(asker: MoneyAsker, id: string, key: string, note: string | null): Promise<MoneyDetail | null>;
  /** Tells the flows of a movement once more; repeated between two checks it has one effect. */
  takeUp(organisationId: string, id: string, key: string): Promise<MoneyDetail | null>;
}
