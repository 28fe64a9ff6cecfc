import type { BeginningOffer } from '../beginning.ts';
import type { FlowEvent, OfferedValue, RoleAccount } from '../flow.ts';
import type { FormAnswer, FormField } from './answer.ts';
import type { FetchedFile } from './fetched-file.ts';

/** What an answer is read from: an event that was delivered or found. */
export type ToldAnswer = Pick<FlowEvent, 'body' | 'recordId'>;

/** How answers to forms are read. An event of its topics holds the answer, whole. */
export interface FormsOffer<Client> extends BeginningOffer<Client> {
  /** Forms to choose from, each by its id. Absent: an account is one form, and nothing is to be chosen. */
  forms?(client: Client): Promise<readonly OfferedValue[]>;
  /** What a mapping can be made from: the form's fields, or those that came with its last answers. */
  fields(client: Client, form: string): Promise<readonly FormField[]>;
  /** The newest, at most a hundred. What was sent a moment ago may be missing. */
  latest(client: Client, form: string): Promise<readonly ToldAnswer[]>;
  /** Null: it is no answer. */
  read(told: ToldAnswer): FormAnswer | null;
  /**
   * A file that an answer names by its address. Rejects with a LiaisonError where it may be had later. Absent: files
   * come with the answers, or not at all.
   */
  file?(client: Client, address: string): Promise<FetchedFile>;
  /** What people call the form that the account is, where answers do not say. */
  named?(client: Client): string;
}

/** The same, of one account. */
export interface BoundForms {
  /** Null: the account is one form. */
  readonly forms: (() => Promise<readonly OfferedValue[]>) | null;
  fields(form: string): Promise<readonly FormField[]>;
  latest(form: string): Promise<readonly ToldAnswer[]>;
  read(told: ToldAnswer): FormAnswer | null;
  /** Null: it fetches none. */
  readonly file: ((address: string) => Promise<FetchedFile>) | null;
  readonly object: string;
  /** The topic of an answer to a form. */
  topic(form: string): string;
}

/** The forms that an account offers. @throws when its connector offers none: a flow asked for no such role. */
export function formsOf({ connector, client }: RoleAccount): BoundForms {
  const offer = connector.offers?.forms;
  if (offer === undefined) throw new Error(`${connector.id} offers no forms`);
  return {
    forms: offer.forms === undefined ? null : async () => (await offer.forms?.(client)) ?? [],
    fields: (form) => offer.fields(client, form),
    latest: (form) => offer.latest(client, form),
    read(told) {
      const answer = offer.read(told);
      return answer === null ? null : { ...answer, form: answer.form ?? offer.named?.(client) ?? null };
    },
    file: offer.file?.bind(null, client) ?? null,
    object: offer.object,
    topic: (form) => offer.topicsOf?.(form)[0] ?? offer.topics[0] ?? '',
  };
}
