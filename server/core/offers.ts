import type { BeginningOffer, HappeningOffer } from './beginning.ts';
import type { ChatsOffer } from './chat/offer.ts';
import type { FormsOffer } from './forms/offer.ts';
import type { MailsOffer } from './mail/offer.ts';
import type { MessagesOffer } from './messages.ts';
import type { OrdersOffer } from './order/offer.ts';
import type { BooksOffer } from './reconciliation/books.ts';
import type { BalanceOffer } from './reconciliation/statement.ts';
import type { Sentence } from './sentence.ts';
import type { ThreadsOffer } from './threads.ts';
import type { TicketsOffer } from './ticket/offer.ts';
import type { TroublesOffer } from './trouble.ts';

/**
 * Everything that a flow can ask of an application without knowing which it is. The set is closed: flows are
 * written for these, and a new one is a decision.
 */
export interface Offers<Client> {
  /** Messages to people: places to choose from, and how one is posted there. */
  readonly messages?: MessagesOffer<Client>;
  /** What people write in channels and in threads there: whoever offers it offers messages, too. */
  readonly threads?: ThreadsOffer<Client>;
  /** Orders of a shop. */
  readonly orders?: OrdersOffer<Client>;
  /** Money that came in or went back. */
  readonly payments?: PaymentsOffer<Client>;
  /** Its own statement of the money that moved. */
  readonly balance?: BalanceOffer<Client>;
  /** The organisation's books, to be held against statements. */
  readonly books?: BooksOffer<Client>;
  /** Requests for help. */
  readonly tickets?: TicketsOffer<Client>;
  /** Answers to forms. */
  readonly forms?: FormsOffer<Client>;
  /** A person's own mailbox. */
  readonly mails?: MailsOffer<Client>;
  /** Chats with visitors of the site. */
  readonly chats?: ChatsOffer<Client>;
  /** Ids of the connector's objects that are meetings. */
  readonly meetings?: readonly string[];
  /** Ids of the connector's objects that are people. */
  readonly people?: readonly string[];
  /** Ids of those of them that are readers of what the company sends by mail, with their consent. */
  readonly newsletter?: readonly string[];
  /** Ids of the connector's objects that are products, one record for each that has a SKU of its own. */
  readonly products?: readonly string[];
}

export type Capability = keyof Offers<unknown>;

/** Every capability, in words for whoever chooses an account: they stand where a vendor's name would. */
export const CAPABILITY_TITLES: Readonly<Record<Capability, Sentence>> = {
  messages: { en: 'Messaging', fr: 'Messagerie' },
  threads: { en: 'Channels', fr: 'Canaux' },
  orders: { en: 'Shop', fr: 'Boutique' },
  payments: { en: 'Payments', fr: 'Paiements' },
  balance: { en: 'Balance', fr: 'Solde' },
  books: { en: 'Books', fr: 'Comptabilité' },
  tickets: { en: 'Support', fr: 'Assistance' },
  forms: { en: 'Form', fr: 'Formulaire' },
  mails: { en: 'Mailbox', fr: 'Boîte aux lettres' },
  chats: { en: 'Live chat', fr: 'Chat du site' },
  meetings: { en: 'Calendar', fr: 'Calendrier' },
  people: { en: 'Contacts', fr: 'Contacts' },
  newsletter: { en: 'Newsletter', fr: 'Lettre d’information' },
  products: { en: 'Products', fr: 'Produits' },
};
export const CAPABILITIES = Object.keys(CAPABILITY_TITLES) as readonly Capability[];

/** Money that comes in, and what goes wrong with it. */
export interface PaymentsOffer<Client> extends HappeningOffer {
  readonly troubles: TroublesOffer<Client>;
}

/**
 * What of an offer a flow can begin with, whichever application it is: orders and tickets as they change, answers
 * to forms, chats, mails as they come and go, of payments what goes wrong with them, and of channels what people
 * write there and below messages. Undefined: nothing.
 */
export function beginningOf<Client>(
  offers: Offers<Client> | undefined,
  capability: Capability | undefined,
): BeginningOffer<Client> | undefined {
  if (capability === 'payments') return offers?.payments?.troubles;
  if (capability === 'messages' || capability === 'threads') return offers?.threads;
  return capability === 'orders' ||
    capability === 'tickets' ||
    capability === 'forms' ||
    capability === 'chats' ||
    capability === 'mails'
    ? offers?.[capability]
    : undefined;
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
