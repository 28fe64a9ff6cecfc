import type { MessagesOffer } from './messages.ts';
import type { OrdersOffer } from './order/offer.ts';
import type { BooksOffer } from './reconciliation/books.ts';
import type { BalanceOffer } from './reconciliation/statement.ts';
import type { Sentence } from './sentence.ts';

/**
 * Everything that a flow can ask of an application without knowing which it is. The set is closed: flows are
 * written for these, and a new one is a decision.
 */
export interface Offers<Client> {
  /** Messages to people: places to choose from, and how one is posted there. */
  readonly messages?: MessagesOffer<Client>;
  /** Orders of a shop. */
  readonly orders?: OrdersOffer<Client>;
  /** Money that came in or went back. */
  readonly payments?: HappeningOffer;
  /** Its own statement of the money that moved. */
  readonly balance?: BalanceOffer<Client>;
  /** The organisation's books, to be held against statements. */
  readonly books?: BooksOffer<Client>;
  /** Requests for help. */
  readonly tickets?: HappeningOffer;
  /** Ids of the connector's objects that are meetings. */
  readonly meetings?: readonly string[];
  /** Ids of the connector's objects that are people. */
  readonly people?: readonly string[];
}

export type Capability = keyof Offers<unknown>;

/** Every capability, in words for whoever chooses an account: they stand where a vendor's name would. */
export const CAPABILITY_TITLES: Readonly<Record<Capability, Sentence>> = {
  messages: { en: 'Messaging', fr: 'Messagerie' },
  orders: { en: 'Shop', fr: 'Boutique' },
  payments: { en: 'Payments', fr: 'Paiements' },
  balance: { en: 'Balance', fr: 'Solde' },
  books: { en: 'Books', fr: 'Comptabilité' },
  tickets: { en: 'Support', fr: 'Assistance' },
  meetings: { en: 'Calendar', fr: 'Calendrier' },
  people: { en: 'Contacts', fr: 'Contacts' },
};
export const CAPABILITIES = Object.keys(CAPABILITY_TITLES) as readonly Capability[];

/** Something that happens at the vendor and that a flow can begin with. */
export interface HappeningOffer {
  /** Id of the connector's object that it is about. */
  readonly object: string;
  /** Topics of the connector's webhooks that tell of it. */
  readonly topics: readonly string[];
}

/**
 * Whether accounts of this connector can take a role that asks for the capability. Messages that cannot be
 * found again are good for alerts only: a flow could not post them once.
 */
export function canOffer(
  connector: { readonly offers?: Offers<never> | undefined },
  capability: Capability,
): boolean {
  const offers = connector.offers;
  if (capability === 'messages') return offers?.messages?.find !== undefined;
  return offers?.[capability] !== undefined;
}
