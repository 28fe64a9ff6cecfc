import type { PrivacyRequest } from './privacy.ts';

/**
 * Whose secret it is: the connection's own (the vendor's for one subscription, or one that Liaison gave), or the
 * application's, the same for every customer (`LIAISON_<CONNECTOR>_SIGNING_SECRET`, else its OAuth client's).
 */
interface SecretOwner {
  readonly secretOf?: 'connection' | 'application';
}

/** How deliveries of a vendor are verified, on the raw bytes, before anything is stored. */
export type SignatureScheme = SecretOwner &
  (
    | {
        readonly kind: 'hmac-sha256';
        readonly header: string;
        readonly encoding: 'hex' | 'base64';
        /** Splits the header; null when it cannot be a signature at all. */
        read(
          header: string,
          headers: Readonly<Record<string, string>>,
        ): {
          readonly signatures: readonly string[];
          /** Seconds since the epoch, as sent; null when the scheme has no timestamp. */
          readonly timestamp: string | null;
        } | null;
        /** What is signed before the raw body (`${timestamp}.`). */
        prefix(timestamp: string | null): string;
        /** Deliveries stamped further away than this, either way, are refused. */
        readonly toleranceSeconds?: number;
      }
    /** SHA-256 with RSA over the raw body, in base64. The secret is the vendor's public key, as PEM. */
    | { readonly kind: 'rsa-sha256'; readonly header: string }
    /**
     * A signed token in a header. The secret is the shared one (HS256), the vendor's public key as PEM, or JSON
     * `{ "keys": [<JWK>], "claims": { "aud": … } }`: its keys, and what the token must say (RS256). A token says
     * nothing of the body unless `bodyDigest` names its claim: the event is only a hint otherwise.
     */
    | {
        readonly kind: 'jwt';
        readonly header: string;
        readonly algorithm: 'HS256' | 'RS256';
        /** Name of the claim that holds the body's SHA-256 in hex. */
        readonly bodyDigest?: string;
        /** How far the vendor's clock and ours may be apart, and how old a token without an end may be. */
        readonly toleranceSeconds: number;
      }
    /** A shared secret in a header of its own. */
    | { readonly kind: 'secret-header'; readonly header: string }
    /** A shared secret in the body (vendors that sign nothing), at a field or a path of them. The event is only a hint. */
    | {
        readonly kind: 'body-token';
        readonly field: string | readonly (string | number)[];
        /**
         * For deliveries that gather several notifications: the member that lists them. Each carries a secret of its
         * own; those with a wrong one, or none, are read by nobody, and the others are taken.
         */
        readonly each?: string;
      }
    /** A shared secret in the query of the address that the vendor delivers to. The event is only a hint. */
    | { readonly kind: 'url-secret'; readonly parameter: string }
    /**
     * None at all: whoever delivers from an address that is listed is believed, where nothing else was carried. The
     * secret is the list; without one nobody is.
     */
    | { readonly kind: 'from-address' }
  );

/**
 * What a vendor does before it delivers to an address, or beside it, and how it is answered. Only at an address
 * that exists, and nothing is stored.
 */
export type Handshake =
  /** A GET, a HEAD, or a POST without a body, is answered 200. */
  | { readonly kind: 'trial' }
  /** A token in the query is given back, decoded, as plain text. */
  | { readonly kind: 'echo'; readonly parameter: string }
  /**
   * A JSON body whose field is given back, as JSON `{ <field>: … }` or as plain text. `when`: what else it says,
   * so that no delivery is taken for one. `signed`: only where the delivery is verified.
   */
  | {
      readonly kind: 'challenge';
      readonly field: string;
      readonly when?: Readonly<Record<string, string>>;
      readonly answer: 'json' | 'text';
      readonly signed: boolean;
    }
  /** A form of one field, unsigned, is answered exactly 200. */
  | { readonly kind: 'ping'; readonly field: string };

export interface WebhookDeclaration<Client> {
  /** Tried in order; the first whose credential is present decides. None present: refused. */
  readonly schemes: readonly SignatureScheme[];
  readonly contentTypes: readonly DeliveryType[];
  /** A 404 or 410 ends a webhook at the vendor for good: an address that nobody has is answered 401 instead. */
  readonly endsWhenGone?: true;
  /**
   * Of whoever only delivers: the key, by its name, that people enter here and there, and that deliveries are proven
   * with by any of the schemes.
   */
  readonly enteredSecret?: string;
  /** The same of the addresses that may deliver without it. */
  readonly enteredAddresses?: string;
  /** What the vendor does at an address beside delivering to it. */
  readonly handshakes?: readonly Handshake[];
  /**
   * For vendors that say everything in headers and send an empty body: a delivery without one is read, and
   * stored, as a JSON object of these headers (lower case). Only with a secret in a header: nothing else
   * says who wrote them.
   */
  readonly headersAsBody?: readonly string[];
  /** Files of a multipart form are taken with it, and kept for as long as its body; absent: of a file its name alone is. */
  readonly takesFiles?: true;
  /** The status with which the vendor wants to hear that a delivery was taken; 200 unless given. */
  readonly acknowledgedBy?: 202;
  /** Topics by which the vendor says that a subscription ends, or ended: what is wanted is set up again. */
  readonly lapsingTopics?: readonly string[];
  /**
   * Which account a delivery says that it is of, by the vendor's own id. One of another account than the connection's is
   * refused: where all customers' deliveries are signed with one secret, a signature does not tell them apart. Null: it
   * does not say.
   */
  accountOf?(body: DeliveryBody, headers: DeliveryHeaders): string | null;
  /**
   * Reads what the vendor passes on of people's rights, which it delivers to one address of the application's own,
   * `/hooks/<connector>/application`, whichever account it is of. Null: it is none. Verified by the application's secret.
   */
  privacy?(body: DeliveryBody, headers: DeliveryHeaders): PrivacyRequest | null;
  /** Topics by which the vendor says that the account let Liaison out: whether it did is asked of it. */
  readonly leavingTopics?: readonly string[];
  /**
   * Reads one verified delivery. Several records in one delivery become several events. Null when the
   * body is not of a shape this vendor sends (answered 400, nothing stored).
   *
   * @param headers names in lower case. Not kept: what matters of them goes into the events. No signature covers
   *   them, so that they may name and number what the body says, and nothing else.
   * @param files what came with a form, where the vendor's files are taken.
   */
  read(
    body: DeliveryBody,
    headers: DeliveryHeaders,
    files?: readonly DeliveredFile[],
  ): readonly InboundEvent[] | null;
  /**
   * Makes the vendor deliver to `url` for the topics that flows listen to. Must be safe to repeat: it
   * looks for what an earlier call left behind. `secret` is ours to give where the vendor takes one;
   * where the vendor makes its own, it is in the answer.
   */
  subscribe?(client: Client, wish: SubscriptionWish): Promise<readonly Subscription[]>;
  unsubscribe?(client: Client, subscription: Subscription): Promise<void>;
  /**
   * For vendors where people can take away or switch off what `subscribe` made: what of it no longer delivers.
   * Asked now and then; `subscribe` is called after, and puts it right.
   */
  inspect?(
    client: Client,
    wish: SubscriptionWish,
    subscriptions: readonly Subscription[],
  ): Promise<readonly SubscriptionFault[]>;
}

export type DeliveryType = 'application/json' | 'application/x-www-form-urlencoded' | 'multipart/form-data';

/** The JSON object, or the form's fields, those that came several times as a list, and files by their names; a JSON list is the member `list`. */
export type DeliveryBody = Readonly<Record<string, unknown>>;

/** A file that came with a form. Whoever filled it in chose all of it: the name and the type are what they say. */
export interface DeliveredFile {
  /** The question that it answers. */
  readonly field: string;
  readonly name: string;
  readonly contentType: string;
  /** SHA-256 of its content, in hex: the same content is the same file. */
  readonly digest: string;
  readonly bytes: Uint8Array;
}

export type DeliveryHeaders = Readonly<Record<string, string>>;

export interface InboundEvent {
  /** The vendor's event id where it is unique for ever; null: a digest of the body is used. */
  readonly key: string | null;
  /** `payment_intent.succeeded`, `Deals.edit`. */
  readonly topic: string;
  /** The record that the event is about, where the delivery says. */
  readonly recordId: string | null;
  /** JSON to keep for this event in place of the whole delivery, where that tells of many records. */
  readonly body?: string;
  /** What is kept beside it. */
  readonly files?: readonly DeliveredFile[];
}

export interface SubscriptionWish {
  readonly url: string;
  readonly secret: string;
  readonly topics: readonly string[];
}

/** Something that stands at a vendor for us and no longer delivers. */
export interface SubscriptionFault {
  readonly is: 'gone' | 'off' | 'changed';
  /** Its name at the vendor, where people find it. */
  readonly name: string;
}

export interface Subscription {
  /** Which of the connector's schemes the vendor will use. */
  readonly kind: SignatureScheme['kind'];
  readonly vendorId: string;
  /** Set when the vendor chose the secret. */
  readonly secret?: string;
  /** Epoch milliseconds; absent when it lasts for ever. */
  readonly expiresAt?: number;
}
