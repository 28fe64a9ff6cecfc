import { type CardSubject, soughtAddress } from '../core/record-card.ts';
import type { Sentence } from '../core/sentence.ts';

/** Modules whose records lead to people: each card about a person stands beside them. */
export const PERSON_MODULES = ['Contacts', 'Leads', 'Accounts', 'Deals'] as const;

/**
 * What a card says when the vendor knows nobody of the record.
 *
 * @param noAddress the record has no address to look by.
 * @param none nobody there has the addresses that were looked for, in words.
 */
export function nobody(
  subject: CardSubject,
  noAddress: Sentence,
  none: (sought: Sentence) => Sentence,
): Sentence {
  const sought = soughtAddress(subject);
  return sought === null ? noAddress : none(sought);
}
