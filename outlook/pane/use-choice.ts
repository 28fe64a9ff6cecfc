import { useState } from 'react';
import { type MailRecord, sameRecord } from '../mail/mail-record.ts';
import type { Deal, KnownPerson } from '../mail/pieces.ts';

/** On which records a mail is logged. */
export interface Choice {
  readonly people: readonly KnownPerson[];
  readonly isChosen: (person: KnownPerson) => boolean;
  readonly choose: (person: KnownPerson, on: boolean) => void;
  /** Open ones of those who are chosen. */
  readonly deals: readonly Deal[];
  readonly deal: string | null;
  readonly chooseDeal: (id: string | null) => void;
  readonly records: readonly MailRecord[];
}

const keyOf = ({ module, id }: MailRecord) => `${module} ${id}`;
const recordOf = ({ module, id }: KnownPerson): MailRecord => ({ module, id });

/** The first of them is chosen until somebody chooses: the sender, a contact before a lead. */
export function useChoice(people: readonly KnownPerson[]): Choice {
  const [picked, pick] = useState<Readonly<Record<string, boolean>>>({});
  const [wanted, chooseDeal] = useState<string | null>(null);
  const isChosen = (person: KnownPerson) => picked[keyOf(person)] ?? person === people[0];
  const chosen = people.filter(isChosen);
  const deals = chosen
    .flatMap((person) => person.deals)
    .filter(({ id }, place, all) => all.findIndex((one) => one.id === id) === place);
  const deal = deals.find(({ id }) => id === wanted)?.id ?? null;
  const records = chosen.map(recordOf);
  return {
    people: people.filter(
      (one, place) => people.findIndex((other) => sameRecord(recordOf(one), other)) === place,
    ),
    isChosen,
    choose: (person, on) => pick({ ...picked, [keyOf(person)]: on }),
    deals,
    deal,
    chooseDeal,
    records: deal === null ? records : [...records, { module: 'Deals', id: deal }],
  };
}
