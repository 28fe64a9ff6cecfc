import { isReadingMethod } from './http-failure.ts';
import type { Sentence } from './sentence.ts';
import type { StandInBook } from './stand-ins.ts';

/** A request with an effect, as a connector was about to send it; it was kept from the vendor. */
export interface HeldWrite {
  readonly method: string;
  readonly url: URL;
  /** The parsed JSON, the fields of a form by their names, or else the text; null without a body. */
  readonly body: unknown;
}

/** What the answer to a held write can be made of. */
export interface StandIns {
  /** A text for something that only the vendor can give (an id, a number): another one at each call. */
  make(what: Sentence): string;
  /**
   * Asks the vendor, with a GET, for something that its answer would tell.
   *
   * @param address as `URL` reads it beside the held request's own.
   */
  ask(address: string): Promise<unknown>;
}

export interface HeldAnswer {
  /** As the vendor's answer would be, as far as anybody reads it. */
  readonly body: unknown;
  /** What a later read of something that this write would have made is answered: by the decoded path. */
  readonly reads?: Readonly<Record<string, unknown>>;
}

/** One kind of write that a connector makes. */
export interface WriteDeclaration {
  /** `POST /books/v3/contacts`: the method and the path, decoded. */
  readonly call: RegExp;
  answer(write: HeldWrite, standIns: StandIns): HeldAnswer | Promise<HeldAnswer>;
  /**
   * What people call what it writes, by the path of names in the body (`line_items.rate`) or the last of them; null:
   * it says how to write, and is nothing that anybody reads. What is not named goes by the connector's `fieldTitles`.
   */
  readonly fields?: Readonly<Record<string, Sentence | null>>;
  /**
   * What a field is called whose name is the customer's own, by its path; null: as in `fields`; undefined: it is none
   * of these.
   */
  named?(path: string): Sentence | null | undefined;
  /** What it writes, as people read it, where its body is a file or a text within a text; absent: its body. */
  written?(write: HeldWrite): unknown;
  /** The longest texts that the vendor takes, in characters, by the same paths: those that are shortened to fit. */
  readonly longest?: Readonly<Record<string, number>>;
  /** The member of the body, by its path of names, that is a message in the vendor's markup. */
  readonly message?: string;
  /** The parameter of its address that holds, as JSON, what it writes: for calls that have no body. */
  readonly inQuery?: string;
}

/**
 * Which of a connector's requests have an effect, and what stands for their answers where they are not sent. A GET
 * reads; whatever else is not named under `reads` writes.
 */
export interface TrialDeclaration {
  /**
   * Calls that are no GET and only read (a query, a search), each as `POST /path`; or told by what they say, where one
   * address takes both.
   */
  readonly reads?: RegExp | ((call: HeldWrite) => boolean);
  readonly writes: readonly WriteDeclaration[];
}

/** Whether a request only reads: by its method, or because the connector says so of its call. */
export function isReading(call: HeldWrite, path: string, reads: TrialDeclaration['reads']): boolean {
  if (isReadingMethod(call.method)) return true;
  return typeof reads === 'function' ? reads(call) : reads?.test(`${call.method} ${path}`) === true;
}

/** For a way out through which nothing is written: the book that all ways of one try share. */
export interface Holding {
  readonly book: StandInBook;
}
