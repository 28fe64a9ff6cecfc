import type { KeyAccount } from './account-of-key.ts';
import type { LiaisonError } from './errors.ts';
import type { Family } from './family.ts';
import type { FetchedFile } from './forms/fetched-file.ts';
import type { Handover } from './handover.ts';
import type { TrialDeclaration } from './held-write.ts';
import type { CorrespondentsDeclaration } from './mail/correspondents.ts';
import type { Offers } from './offers.ts';
import type { CardDeclaration, RecordDeclaration } from './record-card.ts';
import type { Sentence } from './sentence.ts';
import type { StaffDeclaration } from './staff.ts';
import type { WebhookDeclaration } from './webhooks.ts';

export type {
  DeliveredFile,
  DeliveryBody,
  DeliveryHeaders,
  InboundEvent,
  SignatureScheme,
  Subscription,
  SubscriptionFault,
  SubscriptionWish,
  WebhookDeclaration,
} from './webhooks.ts';

/**
 * Everything a vendor's connector is: mostly data, code only where vendors differ in behaviour.
 * Verification, retry, paging, refresh and renewal live once, in the engine and `outbound/`.
 *
 * @example one folder `connectors/slack/`, one line in `connectors/index.ts`.
 */
export interface Connector<Client = unknown> {
  /** Kebab-case, stable for ever: it is in hook URLs and in the database. */
  readonly id: string;
  readonly titles: Sentence;
  /**
   * What stands beside its name: a path, stroked and not filled, on a field of 16 by 16, that says what the application
   * is for. Drawn by us, and like no vendor's own sign. Absent: its initials stand there.
   */
  readonly mark?: string;
  readonly authorisation: Authorisation;
  /**
   * The only hosts that the connection's token may be sent to, each with the name under which the
   * sandbox simulates it (`https://api.stripe.com/v1/x` becomes `<sandbox>/stripe/v1/x`).
   */
  readonly hosts: Readonly<Record<string, string>>;
  /**
   * Set where the API stands at an address of the customer's own, which is asked for: it is then the only host that
   * the connection reaches, whatever `hosts` says.
   */
  readonly site?: SiteDeclaration;
  /** Calls allowed per connection; `outbound/` waits before it exceeds one. */
  readonly budgets: readonly Budget[];
  /** Record types that this connector lists, reads and writes. */
  readonly objects: readonly ObjectDeclaration[];
  /** What people call the fields that a refusal may name, by the vendor's own names for them. */
  readonly fieldTitles?: Readonly<Record<string, Sentence>>;
  /** How this vendor's deliveries are believed and read; absent for vendors that send none. */
  readonly webhooks?: WebhookDeclaration<Client>;
  /** What it shows beside a record of the CRM. */
  readonly card?: CardDeclaration<Client>;
  /** For the CRM's own connector: how the record that a page is about is read. */
  readonly records?: RecordDeclaration<Client>;
  /** For the CRM's own connector: how the people of mails are known there. */
  readonly correspondents?: CorrespondentsDeclaration<Client>;
  /** For the organisation's home application: who works there. */
  readonly staff?: StaffDeclaration<Client>;
  /**
   * Nothing is called there: the application only delivers, to an address that people enter in it. `hosts` is empty
   * then, and what its client knows is what came.
   */
  readonly deliversOnly?: true;
  /** What flows and alerts can ask of it without knowing which vendor it is. */
  readonly offers?: Offers<Client>;
  /** How it is played without a write: whoever may be an automation's account has it. */
  readonly trial?: TrialDeclaration;
  /**
   * Ends the access by a call of the API, for vendors that have no address to revoke tokens at: called when the last
   * connection of an account is disconnected, while its tokens are held.
   */
  leave?(client: Client): Promise<void>;
  /** Builds the typed client. It must send every request through `http.fetch`. */
  client(http: ConnectorHttp): Client;
  /** Asks the vendor whose account this is. Fails with `reconnect` when the credentials are no good. */
  identify(client: Client): Promise<KeyAccount>;
  /**
   * Turns one answer of the vendor into an error of the closed set, or null when it is a success. Called
   * with every answer, 2xx too: some vendors put failures in a 200.
   */
  classify(answer: VendorAnswer): LiaisonError | null;
}

/** How accounts of a vendor are opened to Liaison. */
export type Authorisation = OAuthAuthorisation | KeyAuthorisation;

/** One permission, as the vendor spells it, and why it is needed. */
export interface Scope {
  readonly scope: string;
  readonly reason: Sentence;
}

export interface OAuthAuthorisation {
  readonly kind: 'oauth';
  /** Applications that share consents with this one; absent for one that is alone. */
  readonly family?: Family;
  /** Where the connector has a site, a path below it; so are the next two. */
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly revokeUrl?: string;
  /** What is ended there, where it is not the refresh token. */
  readonly revokes?: 'access-token';
  /** What else the request says that exchanges a code (`expiring=1`). */
  readonly tokenParameters?: Readonly<Record<string, string>>;
  /**
   * How its token endpoints are asked, where not by a form that holds the client's secret: by JSON, the client's id and
   * secret being the user and the password of basic authentication, as they are and not encoded (RFC 7617).
   */
  readonly jsonTokenRequests?: { readonly headers: Readonly<Record<string, string>> };
  /** For vendors that sign what the browser comes back with. */
  readonly callback?: SignedCallback;
  readonly scopes: readonly Scope[];
  readonly scopeSeparator: ' ' | ',';
  /** What the vendor may write before a scope's name when it says what it granted: with it or without, it is the same. */
  readonly scopePrefix?: string;
  /** Extra query parameters of the authorisation request (`access_type=offline`). */
  readonly authorizeParameters?: Readonly<Record<string, string>>;
  /** False only where the vendor's documentation advises against PKCE for a confidential client. */
  readonly pkce: boolean;
  /** How the access token travels: `Bearer {token}`, `Zoho-oauthtoken {token}`. */
  readonly header: string;
  /** The header's name; `authorization` unless said otherwise. */
  readonly headerName?: string;
  /** Hosts of the connector's that want it in another form. */
  readonly hostHeaders?: Readonly<Record<string, string>>;
  /** For vendors without scopes: why an access that opens the whole account is asked for. */
  readonly wholeAccount?: Sentence;
  /** Refresh tokens: absent when access tokens do not expire. */
  readonly refresh?: {
    /** The vendor's own limit on new access tokens per refresh token. */
    readonly limit?: { readonly count: number; readonly perMs: number };
  };
  /**
   * Hosts that may stand in the callback's `accounts-server`, each with the hosts of its data centre;
   * absent for vendors with one data centre. An unlisted value is refused before any secret is sent.
   */
  readonly dataCentres?: readonly DataCentre[];
  /**
   * Who says which of the data centres it is: the callback, unless this says the account. Then `identify`
   * puts its id among the account's facts, as `dataCentre`; one that is not listed is refused.
   */
  readonly dataCentreFrom?: 'callback' | 'account';
}

/**
 * The query of a callback, signed with the secret of Liaison's registration: HMAC-SHA256, in hex, over all other
 * parameters, sorted by their names, as a form is written.
 */
export interface SignedCallback {
  /** The parameter that holds the signature. */
  readonly signature: string;
  /** The one that holds the host of the site: it must be the one that was visited. */
  readonly site: string;
}

export interface DataCentre {
  readonly id: string;
  /** Where it is, for people; absent where the vendor's own name of it says as much as any other. */
  readonly titles?: Sentence;
  readonly accountsUrl: string;
  readonly apiUrl: string;
  /** Base addresses of further APIs in this data centre, by name: not all of a family stand behind one host. */
  readonly apiUrls?: Readonly<Record<string, string>>;
}

/** A secret that an admin pastes (a restricted API key), or several that belong together. */
export interface KeyAuthorisation {
  readonly kind: 'key';
  /**
   * How it travels: `Bearer {token}`, with the fields' names as places where several are asked for; or as the user
   * and the password of basic authentication (RFC 7617), by the names of two fields. Null with no fields at all:
   * whoever knows the customer's address may call it.
   */
  readonly header: string | { readonly basic: readonly [user: string, password: string] } | null;
  /** The header's name; `authorization` unless said otherwise. */
  readonly headerName?: string;
  readonly instructions: Sentence;
  /** Keys of this form open the account's test data, which stand apart from the real ones. */
  readonly trial?: RegExp;
  /** What is asked for, by the name of each; absent: one secret, known as `token`. */
  readonly fields?: Readonly<Record<string, KeyField>>;
  /** For vendors with a site, several fields, and a page of the site's own that makes the keys: nothing is typed then. */
  readonly handover?: Handover;
}

export interface KeyField {
  readonly titles: Sentence;
  /** It may be shown while it is typed (a user's name); absent: it is a secret. */
  readonly shown?: boolean;
  /** Words of one's own, with spaces and accents; absent: visible ASCII, as vendors' keys are. */
  readonly isText?: boolean;
  /** Nobody has it yet: one is made in the form, to be copied from there. */
  readonly made?: boolean;
  /** Addresses of the network, and may be left blank. */
  readonly isAddresses?: boolean;
}

/** An address of the customer's own where the vendor's API stands. */
export interface SiteDeclaration {
  /** What the address is, in words: "Address of the shop". */
  readonly titles: Sentence;
  /** Under which name the sandbox simulates it. */
  readonly simulator: string;
  /** For vendors that have all sites under a domain of their own. Absent: any public address. */
  readonly named?: NamedSite;
}

/** Sites that are told apart by a name under the vendor's own domain. */
export interface NamedSite {
  /** The host of what somebody typed or pasted; null: it is none of the vendor's. */
  hostOf(text: string): string | null;
  /** What to enter instead, in words. */
  readonly refusal: Sentence;
}

export interface Budget {
  readonly calls: number;
  readonly perMs: number;
  /** Which calls it counts, each as `GET /path`; absent: all of them. */
  readonly of?: RegExp;
}

export interface ObjectDeclaration {
  /** `zohoCrm.deals`. */
  readonly id: string;
  /** One record of it, in words: it stands before an id. */
  readonly titles: Sentence;
  /** Address of the record in the vendor's own interface. */
  readonly url?: (id: string, account: VendorAccount) => string;
  /** Its ids are Liaison's own, and nobody knows a record by them: they are not shown. */
  readonly ownIds?: boolean;
}

export interface VendorAccount {
  readonly id: string;
  readonly name: string;
  /** The person who let Liaison in, where the vendor says: name, e-mail or both. */
  readonly user?: string;
  /** What later calls need to know of the account (organisation id, data centre, time zone, currency). */
  readonly facts?: Readonly<Record<string, string>>;
}

export interface VendorAnswer {
  readonly method: string;
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  /** The whole text, at most 10 MB. */
  readonly text: string;
  /** Epoch milliseconds when the answer arrived: what a relative `Retry-After` counts from. */
  readonly now: number;
}

/** The way out that a connector is handed. It holds the token; the connector never sees it. */
export interface ConnectorHttp {
  /**
   * WHATWG `fetch` under the connection's account: adds the token, keeps to the connector's hosts and
   * budgets, times out, records the exchange, refreshes once on 401. Rejects with a LiaisonError for
   * every answer that `classify` calls a failure.
   */
  readonly fetch: typeof globalThis.fetch;
  /**
   * Reads a file from a public address that somebody else wrote, without the account's credential. Rejects with a
   * LiaisonError where it may be had later.
   */
  download(address: string): Promise<FetchedFile>;
  /** Facts stored when the account was connected. */
  readonly account: VendorAccount;
  /** Base address of the API in the connection's data centre, or its site, without a trailing slash. */
  readonly apiUrl: string | null;
  /** Base addresses of further APIs in the data centre, as it declares them. */
  readonly apiUrls?: Readonly<Record<string, string>>;
  /** What was delivered to the connection, the newest first, as far as it is still kept. Rejects with a LiaisonError. */
  received(most: number): Promise<readonly Received[]>;
}

/** A delivery that was accepted. */
export interface Received {
  readonly topic: string;
  readonly recordId: string | null;
  readonly body: Readonly<Record<string, unknown>>;
  readonly receivedAt: Date;
}
