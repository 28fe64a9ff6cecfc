import type { BeginningOffer } from './beginning.ts';

/** What somebody wrote in a channel, or in the thread of a message there. */
interface Written {
  /** Who wrote it; null where the vendor does not say. */
  readonly name: string | null;
  /** Whole, in plain words; pictures and files as links, or said. Empty where it was deleted. */
  readonly text: string;
  /** Where the vendor shows it. */
  readonly page: string | null;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly isDeleted: boolean;
}

/** A message that began a thread. */
export interface ThreadStart extends Written {
  /** Of the thread, as events name it. */
  readonly id: string;
  /** The vendor's own id of who wrote it, for their address. */
  readonly author: string;
  /** What people reacted with: signs, or the vendor's names of them. */
  readonly reactions: readonly string[];
}

export interface Reply extends Written {
  /** The vendor's own, one for each of a thread; no space in it. */
  readonly id: string;
  /** Another one after each edit. */
  readonly version: string;
}

/**
 * How what people write in channels, and below messages there, is heard of and read. Events of its topics name the thread
 * by `recordId`, as `post` named its message; what it is asked about is a channel, as messages are posted to it.
 */
export interface ThreadsOffer<Client> extends BeginningOffer<Client> {
  /** The last messages of a channel that began threads, the newest first, none that Liaison posted. */
  latest(client: Client, place: string): Promise<readonly ThreadStart[]>;
  /** Whether a thread is in this channel: events tell of every channel that somebody follows. */
  isIn(client: Client, place: string, thread: string): Promise<boolean>;
  /** The message that began a thread; null: there is none (any more), or no person wrote it, or Liaison posted it. */
  begun(client: Client, thread: string): Promise<ThreadStart | null>;
  /** The e-mail address of who wrote something; null: the vendor tells none. */
  address(client: Client, author: string): Promise<string | null>;
  /**
   * What people wrote in a thread, oldest first; nothing that Liaison posted with this account, nor what other
   * applications did. Null: the thread is not there any more.
   */
  replies(client: Client, thread: string): Promise<readonly Reply[] | null>;
}

/** The same, of one account. */
export interface BoundThreads {
  readonly topics: readonly string[];
  latest(place: string): Promise<readonly ThreadStart[]>;
  isIn(place: string, thread: string): Promise<boolean>;
  begun(thread: string): Promise<ThreadStart | null>;
  address(author: string): Promise<string | null>;
  replies(thread: string): Promise<readonly Reply[] | null>;
}
