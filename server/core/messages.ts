import type { Sentence } from './sentence.ts';

/** One part of a message: the vendor's markup as somebody wrote it, or a value of a record. */
export type MessagePart = { readonly markup: string } | { readonly value: string };

/** A place that messages can be posted to: a channel, a person. */
export interface MessagePlace {
  /** What the place is addressed by. Stable where the vendor's ids are. */
  readonly id: string;
  /** As people know it: `#sales`. */
  readonly title: string;
}

export interface NewMessage {
  /** Id of a place; its name where the vendor takes names too. */
  readonly place: string;
  /** Stands out above the text, or is the subject where the vendor has one; no markup. */
  readonly title?: string;
  /** Paragraphs, in the vendor's markup: what `compose` made, or plain words. */
  readonly lines: readonly string[];
  /** What the message is found by again; people do not see it where the vendor has room for it elsewhere. */
  readonly marker: string;
}

/** Where the whole text is to be read when a message had to be cut; null: nowhere that has an address. */
export interface WholeText {
  readonly words: string;
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
  /**
   * The parts as one text that the vendor shows as one message: values are read as they are, whatever signs
   * they hold. Where it is too long, the longest values are shortened visibly and the end leads to the whole.
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
}
