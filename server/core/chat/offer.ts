import type { BeginningOffer } from '../beginning.ts';
import type { OfferedValue, RoleAccount } from '../flow.ts';
import type { Chat, ChatLine, ChatRating, VisitorLines } from './chat.ts';

/**
 * How chats of a site are read, and how operators are told who is writing. Events of its topics name a chat by
 * `recordId`: one that ended, was missed, or was rated. Where a call names a portal, an empty one is the account's first.
 */
export interface ChatsOffer<Client> extends BeginningOffer<Client> {
  /** Topics of chats that begin. */
  readonly beginTopics: readonly string[];
  /** Those of its topics that say for certain that a chat ended, whatever the application still answers of it. */
  readonly endTopics: readonly string[];
  /** Most characters of what operators are told: of a line's name, of its value, and most lines. */
  readonly longest: { readonly name: number; readonly value: number; readonly lines: number };
  /** Places that an account chats in, the first one being the usual. */
  portals(client: Client): Promise<readonly OfferedValue[]>;
  /** As it stands now; null when there is none of it (any more), or not there. */
  chat(client: Client, portal: string, id: string): Promise<Chat | null>;
  /** Everything that was said, oldest first. */
  lines(client: Client, portal: string, id: string): Promise<readonly ChatLine[]>;
  /** Null: nobody rated it. */
  rating(client: Client, portal: string, id: string): Promise<ChatRating | null>;
  /** The newest that are over. @param email only those of this visitor; null: all. */
  latest(client: Client, portal: string, email: string | null): Promise<readonly Chat[]>;
  /**
   * Adds lines to what operators see of the visitor with this address; a line of the same name gives way.
   *
   * @returns false where the application knows no such visitor.
   */
  tell(client: Client, portal: string, email: string, lines: VisitorLines): Promise<boolean>;
  /** The same, beside one chat that is open. @returns false where it is not open any more. */
  tellIn(client: Client, portal: string, id: string, lines: VisitorLines): Promise<boolean>;
}

/** The same, of one account. */
export interface BoundChats extends Pick<ChatsOffer<unknown>, 'longest' | 'endTopics' | 'object'> {
  portals(): Promise<readonly OfferedValue[]>;
  chat(portal: string, id: string): Promise<Chat | null>;
  lines(portal: string, id: string): Promise<readonly ChatLine[]>;
  rating(portal: string, id: string): Promise<ChatRating | null>;
  latest(portal: string, email: string | null): Promise<readonly Chat[]>;
  tell(portal: string, email: string, lines: VisitorLines): Promise<boolean>;
  tellIn(portal: string, id: string, lines: VisitorLines): Promise<boolean>;
  /** The topic of a chat that is over. */
  readonly topic: string;
}

/** The chats that an account offers. @throws when its connector offers none: a flow asked for no such role. */
export function chatsOf({ connector, client }: RoleAccount): BoundChats {
  const offer = connector.offers?.chats;
  if (offer === undefined) throw new Error(`${connector.id} offers no chats`);
  return {
    longest: offer.longest,
    endTopics: offer.endTopics,
    object: offer.object,
    topic: offer.topics[0] ?? '',
    portals: () => offer.portals(client),
    chat: (portal, id) => offer.chat(client, portal, id),
    lines: (portal, id) => offer.lines(client, portal, id),
    rating: (portal, id) => offer.rating(client, portal, id),
    latest: (portal, email) => offer.latest(client, portal, email),
    tell: (portal, email, lines) => offer.tell(client, portal, email, lines),
    tellIn: (portal, id, lines) => offer.tellIn(client, portal, id, lines),
  };
}
