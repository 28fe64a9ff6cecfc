import type { Connector, ConnectorHttp } from './connector.ts';

/** Who signed in, as the vendor's own API says to the user's own token. */
export interface Identity {
  readonly user: {
    /** The vendor's id of the user. */
    readonly id: string;
    readonly name: string;
    readonly email: string | null;
    /** BCP 47. */
    readonly locale: string | null;
    readonly role: 'rep' | 'admin';
    /** False for one whom the vendor lets sign in no longer. */
    readonly active: boolean;
  };
  readonly organisation: {
    /** The vendor's id of the organisation. */
    readonly id: string;
    readonly name: string;
    readonly locale: string;
    readonly timeZone: string;
    readonly currency: string;
  };
}

/** How people sign in: at the app that knows the organisation's users and what each may do. */
export interface SignIn {
  /** In the address: `/auth/<id>/start`. */
  readonly id: string;
  /**
   * Endpoints, scopes, hosts and failures of the sign-in. Of the form of a connector, but in no registry:
   * nothing stays connected, and its tokens are given back as soon as they were read with.
   */
  readonly connector: Connector;
  /** Connectors whose registration at the vendor also serves, where the sign-in has none of its own. */
  readonly clientsOf: readonly string[];
  /** Asks the vendor with the user's own token. Rejects with a LiaisonError. */
  whoIs(http: ConnectorHttp): Promise<Identity>;
}
