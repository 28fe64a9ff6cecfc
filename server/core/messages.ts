import type { RoleAccount } from './flow.ts';
import type { Sentence } from './sentence.ts';
import type { BoundThreads } from './threads.ts';

/** One part of a message: the vendor's markup as somebody wrote it, or a value of a record. */
export type MessagePart = { readonly markup: string } | { readonly value: string };

/** A place that messages can be posted to: a channel, a person. */
export interface MessagePlace {
  /** What the place is addressed by. Stable where the vendor's ids are. */
  readonly id: string;
  /** As people know it: `#sales`. */
  readonly title: string;
  /** What people write for it, and the vendor takes too, where that is not the id. It may change at the vendor. */
  readonly name?: string;
}

/** What a setting holds for a place. */
export const placeValue = ({ id, name }: MessagePlace): string => name ?? id;

export interface NewMessage {
  /** Id of a place, or its name. */
  readonly place: string;
  /** Stands out above the text, or is the subject where the vendor has one; no markup. */
  readonly title?: string;
  /** Paragraphs, in the vendor's markup: what `compose` made, or plain words. */
  readonly lines: readonly string[];
  /** What the message is found by again; people do not see it where the vendor has room for it elsewhere. */
  readonly marker: string;
}

/** What a message is about, for who wants to read on. */
export interface WholeText {
  /** Says that the whole text is there: for a message that had to be cut. */
  readonly words: string;
  /** What is there: for vendors whose messages always lead to it. */
  readonly title: string;
  /** Null: nowhere that has an address. */
  readonly address: string | null;
}

/** How an application brings messages to people: for alerts, and for flows that announce something. */
export interface MessagesOffer<Client> {
  /** What a place is, in words: "A Slack channel". */
  readonly titles: Sentence;
  /** A place that needs no choosing: where alerts go when none of the chosen ones is reached. */
  readonly fallback?: string;
  /** Most characters of one message. */
  readonly longest: number;
  /** Places to choose from. */
  places(client: Client): Promise<readonly MessagePlace[]>;
  /** What to do about a place that is none of them (any more). */
  noPlace(written: string): Sentence;
  /**
   * The parts as one text that the vendor shows as one message: values are read as they are, whatever signs
   * they hold. Where it is too long, the longest values are shortened visibly and the end leads to the whole. A
   * vendor without room for marks leads to it always: the mark goes into that address.
   */
  compose(parts: readonly MessagePart[], whole?: WholeText): string;
  /** A text of the vendor's markup as people read it: for a look at it elsewhere. */
  readable(text: string): string;
  /**
   * Posts one message. A repeat posts it again: look with `find` before.
   *
   * @returns the vendor's id of it, as the connector's object of messages has it.
   */
  post(client: Client, message: NewMessage): Promise<string>;
  /**
   * Id of the message with this marker, or null: looks through what was posted at the place since. Absent where
   * messages cannot be found again.
   */
  find?(
    client: Client,
    wish: { readonly place: string; readonly marker: string; readonly since: Date },
  ): Promise<string | null>;
  /** Absent where messages cannot be answered in a thread of their own. */
  readonly answers?: AnswersOffer<Client>;
}

/** A message in the thread of another one. */
export interface NewAnswer extends Pick<NewMessage, 'lines' | 'marker'> {
  /** Id of the message that is answered, as `post` returned it. */
  readonly thread: string;
}

/** How an application takes answers in the thread of a message. */
export interface AnswersOffer<Client> {
  /** Posts one. A repeat posts it again: look with `find` before. @returns the vendor's id of it. */
  post(client: Client, answer: NewAnswer): Promise<string>;
  /** Id of the answer with this marker in the thread, or null. */
  find(client: Client, wish: Pick<NewAnswer, 'thread' | 'marker'>): Promise<string | null>;
}

/** The messages that an account offers. @throws when its connector offers none: a flow asked for no such role. */
export function messagesOf({ connector, client }: RoleAccount): BoundMessages {
  const offer = connector.offers?.messages;
  const find = offer?.find?.bind(offer);
  const answers = offer?.answers;
  const threads = connector.offers?.threads;
  if (offer === undefined || find === undefined) throw new Error(`${connector.id} offers no messages`);
  return {
    ...offer,
    places: () => offer.places(client),
    post: (message) => offer.post(client, message),
    find: (wish) => find(client, wish),
    answers: answers && {
      post: (answer) => answers.post(client, answer),
      find: (wish) => answers.find(client, wish),
    },
    threads: threads && {
      topics: threads.topics,
      latest: (place) => threads.latest(client, place),
      isIn: (place, thread) => threads.isIn(client, place, thread),
      begun: (thread) => threads.begun(client, thread),
      address: (author) => threads.address(client, author),
      replies: (thread) => threads.replies(client, thread),
    },
  };
}

/** The same, of one account. */
export type BoundMessages = Pick<MessagesOffer<unknown>, 'noPlace' | 'compose' | 'readable'> & {
  places(): Promise<readonly MessagePlace[]>;
  post(message: NewMessage): Promise<string>;
  find(wish: {
    readonly place: string;
    readonly marker: string;
    readonly since: Date;
  }): Promise<string | null>;
  /** Undefined: it takes none. */
  readonly answers:
    | undefined
    | {
        post(answer: NewAnswer): Promise<string>;
        find(wish: Pick<NewAnswer, 'thread' | 'marker'>): Promise<string | null>;
      };
  /** Undefined: what people write there is not heard of. */
  readonly threads: undefined | BoundThreads;
};

/**
 * The place that is written: by its name, with or without the sign before it, or by its id.
 *
 * @param id of the place that it was when it was looked up last: it may have another name now.
 */
export function placeWritten(
  places: readonly MessagePlace[],
  written: string,
  id?: string,
): MessagePlace | undefined {
  const folded = (text: string) => text.replace(/^#/, '').toLowerCase();
  return (
    places.find((one) => one.id === written || folded(placeValue(one)) === folded(written)) ??
    places.find((one) => one.id === id)
  );
}
