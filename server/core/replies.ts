import type { BeginningOffer } from './beginning.ts';

/** What somebody wrote in the thread of a message. */
export interface Reply {
  /** The vendor's own, one for each of a thread; no space in it. */
  readonly id: string;
  /** Who wrote it; null where the vendor does not say. */
  readonly name: string | null;
  /** Whole, in plain words; pictures and files as links, or said. Empty where it was deleted. */
  readonly text: string;
  /** Where the vendor shows it. */
  readonly page: string | null;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Another one after each edit. */
  readonly version: string;
  readonly isDeleted: boolean;
}

/**
 * How what people write below a message is heard of and read. Events of its topics name the thread by `recordId`, as
 * `post` named its message.
 */
export interface RepliesOffer<Client> extends BeginningOffer<Client> {
  /**
   * What people wrote in a thread, oldest first; nothing that Liaison posted with this account, nor what other
   * applications did. Null: the thread is not there any more.
   */
  list(client: Client, thread: string): Promise<readonly Reply[] | null>;
}
