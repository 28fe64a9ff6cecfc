import type { AlertDestinationWish, AlertPlaces, AlertSettings, Alerts } from '../contract.ts';

/** What the API needs to show alerts and to choose where they go. Null is answered 404. */
export interface AlertServices {
  list(organisationId: string): Promise<Alerts>;
  settings(organisationId: string): Promise<AlertSettings>;
  /** Asks each connected application; one that does not answer says why. */
  places(organisationId: string): Promise<AlertPlaces>;
  /** Places that are not there, and addresses without a mail server, are thrown as a `Problem` that names each. */
  save(
    organisationId: string,
    destinations: readonly AlertDestinationWish[],
    /** Refused as `changed-meanwhile` where another version of the settings holds. */
    basedOn?: string,
  ): Promise<AlertSettings>;
  /** Rejects with why it did not arrive. Null: it is not among the chosen. @returns ISO 8601. */
  test(organisationId: string, destination: AlertDestinationWish): Promise<{ sentAt: string } | null>;
}
