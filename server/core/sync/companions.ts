import type { LiaisonError } from '../errors.ts';
import type { Sentence } from '../sentence.ts';
import type { FieldValues, ObjectOptions } from '../sync-object.ts';

/** A record that stands beside others, by its name. */
export interface Companion {
  readonly id: string;
  readonly name: string;
  /** The vendor's own mark of its state; null where it gives none. */
  readonly version: string | null;
}

/** What stands for a name. */
export type Found =
  | { readonly kind: 'one'; readonly companion: Companion }
  | { readonly kind: 'none' | 'several' };

export type Made =
  | { readonly ok: true; readonly companion: Companion }
  | { readonly ok: false; readonly error: LiaisonError };

/**
 * Records of another kind that a side needs for what is written to it, and has made when told to: the account
 * of a contact's company. They are counted before they are made, written down with the run that made them,
 * and taken away with it. All calls reject with LiaisonErrors only.
 */
export interface Companions<Client = unknown> {
  /** One word or two, plural, for people: "CRM accounts". */
  readonly titles: Sentence;
  /** The field that names one, as refusals name it. */
  readonly field: string;
  /** The name that these values need a record for; null when they name none, or when none is to be made. */
  wanted(values: FieldValues, options: ObjectOptions): string | null;
  /** Equal for names that mean one record. */
  key(name: string): string;
  /** One answer for each name, in order. */
  find(client: Client, names: readonly string[]): Promise<readonly Found[]>;
  /** One answer for each name, in order. A repeat makes them again: look before. */
  make(client: Client, names: readonly string[], options?: ObjectOptions): Promise<readonly Made[]>;
  /**
   * Takes away those that are as they were made, and that nothing uses. One answer for each, in order: null
   * when it is gone, else why it stays.
   */
  remove(client: Client, made: readonly Companion[]): Promise<readonly (Sentence | null)[]>;
  /** The record in the vendor's own interface. */
  url?(
    id: string,
    account: { readonly id: string; readonly facts?: Readonly<Record<string, string>> },
  ): string;
}
