import type { ConnectorHttp } from './connector.ts';
import type { RecordRef } from './flow.ts';
import type { Money } from './money.ts';
import type { Sentence } from './sentence.ts';

/**
 * What a connector shows beside a record of the CRM: plain typed rows. How they look, and how money, dates and
 * states are written, is the page's own affair.
 */

/** What is known of the record that a page is about: what a connector may look people and companies up by. */
export interface CardSubject {
  /** API name of the module and id in it. */
  readonly module: string;
  readonly id: string;
  /** The record under the name that flows and syncs have for it. */
  readonly ref: RecordRef;
  /** What people know the record by. */
  readonly title: string;
  /** The person, where the record is one or names one. */
  readonly name: string | null;
  readonly company: string | null;
  /** As they are written, without doubles; the record's own first. */
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  /** Of other records that the facts come from: the contact of a deal, the account of a contact. */
  readonly related: readonly RecordRef[];
  /** The record's own fields in short. */
  readonly facts: readonly CardRow[];
  readonly url: string | null;
}

export type Tone = 'good' | 'bad' | 'busy' | 'quiet';

export type CardValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'words'; readonly words: Sentence }
  | ({ readonly kind: 'money' } & Money)
  /** A moment (ISO 8601) or a day (`2026-11-23`); `says` stands before it: `due`, `renews`. `clock`: the hour matters. */
  | { readonly kind: 'date'; readonly at: string; readonly says?: Sentence; readonly clock?: boolean }
  | { readonly kind: 'state'; readonly words: Sentence; readonly tone: Tone };

export interface CardRow {
  /** Unlike any other of the section. */
  readonly id: string;
  readonly label: CardValue;
  readonly values: readonly CardValue[];
  /** One sentence more, where there is something to say. */
  readonly note?: Sentence;
  /** Where the vendor shows it. */
  readonly url?: string;
  /** What another connector's row of the same card names to stand beside this one. */
  readonly key?: string;
  /** The key of a row that this one belongs beside; where there is none, it stands in its own section. */
  readonly beside?: string;
  /** Text that people paste elsewhere (an id, an address). */
  readonly copy?: string;
}

export interface CardSection {
  readonly id: string;
  readonly titles: Sentence;
  /** `facts`: a few labelled values; `rows`: records; `timeline`: what happened, newest first. */
  readonly layout: 'facts' | 'rows' | 'timeline';
  readonly rows: readonly CardRow[];
  /** Said in place of no rows. Without it an empty section is left out. */
  readonly empty?: Sentence;
  /** There are more at the vendor than are shown. */
  readonly more?: boolean;
}

/** Something that a rep may do for this record at the vendor. */
export interface CardAction {
  readonly id: string;
  readonly titles: Sentence;
  /** What will happen, before it does. */
  readonly explains: Sentence;
}

export interface CardData {
  readonly sections: readonly CardSection[];
  /** Said in place of sections when the vendor knows nobody. */
  readonly empty?: Sentence;
  /** The vendor's records of this person or company: events of theirs concern the record. */
  readonly refs: readonly RecordRef[];
  readonly actions: readonly CardAction[];
  /** Where the vendor shows the person. */
  readonly url?: string;
}

export interface CardRequest<Client> {
  readonly client: Client;
  readonly account: ConnectorHttp['account'];
  readonly subject: CardSubject;
  /** Ids of this connector's records that syncs have linked to the record. */
  readonly linked: readonly string[];
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface CardDeclaration<Client> {
  /** The card that this stands in: one's own id, or another connector's with which it is read together. */
  readonly group: string;
  /** The title of that card, where it is another one than the connector's whose id the group has. */
  readonly groupTitles?: Sentence;
  /** Modules of the CRM beside whose records it stands. */
  readonly modules: readonly string[];
  /** Asks the vendor now. Calls in parallel where they do not need each other: somebody is waiting. */
  read(request: CardRequest<Client>): Promise<CardData>;
  /**
   * Does one of the actions that `read` offered, and must be safe to repeat: it looks for what an earlier
   * call made. `marker` is the same for every repeat for this record.
   *
   * @returns what was done, for the record's history; null when it offers no such action.
   */
  act?(request: CardRequest<Client>, action: string, marker: string): Promise<Sentence | null>;
}

/** How the CRM's own connector reads the record that a page is about. */
export interface RecordDeclaration<Client> {
  readonly modules: readonly string[];
  /** Null when the organisation has no such record. */
  read(
    client: Client,
    module: string,
    id: string,
    account: ConnectorHttp['account'],
  ): Promise<CardSubject | null>;
  /** Everybody with this e-mail address, in the order of the modules, the oldest first. */
  byEmail(client: Client, email: string, account: ConnectorHttp['account']): Promise<readonly PersonFound[]>;
}

/** Somebody whom the CRM knows. */
export interface PersonFound {
  readonly module: string;
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
  readonly company: string | null;
  /** Where the CRM shows them. */
  readonly url: string | null;
}

/** What has no language of its own, where a sentence is expected. */
export const asWords = (text: string): Sentence => ({ en: text, fr: text });

/** What stands after “nobody has”: the address that was looked for, or that there were several; null: none. */
export function soughtAddress({ emails }: Pick<CardSubject, 'emails'>): Sentence | null {
  const [only, ...others] = emails;
  if (only === undefined) return null;
  return others.length === 0 ? asWords(only) : { en: 'any of these addresses', fr: 'l’une de ces adresses' };
}

export const textValue = (text: string): CardValue => ({ kind: 'text', text });
export const wordsValue = (en: string, fr: string): CardValue => ({ kind: 'words', words: { en, fr } });
export const dateValue = (at: string, says?: Sentence, clock = false): CardValue => ({
  kind: 'date',
  at,
  ...(says === undefined ? {} : { says }),
  ...(clock ? { clock } : {}),
});
export const moneyValue = (money: Money): CardValue => ({ kind: 'money', ...money });
export const stateValue = (words: Sentence, tone: Tone): CardValue => ({ kind: 'state', words, tone });
