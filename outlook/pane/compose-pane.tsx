import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useId, useState } from 'react';
import { ProblemNotice } from '../../widget/pieces/problem-notice.tsx';
import { useMailWords } from '../language/words.ts';
import { distinct, isAddress } from '../mail/correspondents.ts';
import { contactPiece, type Deal, dealPiece, type KnownPerson, type Piece } from '../mail/pieces.ts';
import type { Draft, MailAddress } from '../office/item.ts';
import { Asking } from './asking.tsx';
import { useOutlook } from './in-outlook.tsx';
import { LogOnSend } from './log-on-send.tsx';
import { MadeLine } from './made-line.tsx';
import { usePeople } from './mail-queries.ts';
import { NobodyCard } from './nobody-card.tsx';
import { PersonCard } from './person-card.tsx';
import { RecordCards } from './record-cards.tsx';
import { useChoice } from './use-choice.ts';

/** Beside a mail that is written. */
export function ComposePane({ draft }: { draft: Draft }) {
  const words = useMailWords();
  const outlook = useOutlook();
  const recipients = useRecipients(draft);
  const [sought, seek] = useState<readonly MailAddress[]>([]);
  const wanted = distinct([...(recipients ?? []), ...sought]);
  const people = usePeople(wanted.map(({ address }) => address));
  const insert = useMutation({ mutationFn: (piece: Piece) => outlook.insert(draft, piece) });
  const found = people.data?.people ?? [];
  const records = found.flatMap((one) => one.records);
  // Who is only sought to be inserted is no reason to log the mail on them.
  const choice = useChoice(
    found
      .filter(({ address }) => recipients?.some((one) => one.address.toLowerCase() === address))
      .flatMap((one) => one.records),
  );
  return (
    <>
      <header className="pane-head">
        <h1>{words.writingTitle}</h1>
        {wanted.length === 0 && <p className="quiet">{words.writing}</p>}
      </header>
      {choice.people.length > 0 && people.data?.logging.state === 'on' && (
        <LogOnSend draft={draft} choice={choice} />
      )}
      <MadeLine item={draft} />
      <p className="insert-state" role="status">
        {insert.isSuccess && words.inserted}
        {insert.isError && words.notInserted}
      </p>
      {wanted.length > 0 && people.isPending && <Asking />}
      {people.isError && people.data === undefined && (
        <ProblemNotice error={people.error} retry={() => void people.refetch()} />
      )}
      {records.map((person) => (
        <PersonCard
          key={`${person.module} ${person.id}`}
          person={person}
          besideDeal={(deal) => <InsertDeal deal={deal} insert={insert.mutate} />}
        >
          <InsertContact person={person} insert={insert.mutate} />
        </PersonCard>
      ))}
      {found
        .filter((one) => one.records.length === 0 && !one.internal)
        .map(({ address }) => (
          <NobodyCard
            key={address}
            item={draft}
            named
            who={wanted.find((one) => one.address.toLowerCase() === address) ?? { name: '', address }}
          />
        ))}
      {records.map(({ module, id, name }) => (
        <RecordCards key={`${module} ${id}`} record={{ module, id }} name={name} />
      ))}
      <LookUp seek={(address) => seek([...sought, { name: '', address }])} />
    </>
  );
}

/** Whom the draft is to, as it changes; undefined: not known yet. */
function useRecipients(draft: Draft): readonly MailAddress[] | undefined {
  const outlook = useOutlook();
  const { data, refetch } = useQuery({
    queryKey: ['outlook', draft.key, 'recipients'],
    queryFn: () => outlook.recipients(draft),
  });
  useEffect(() => outlook.onRecipients(draft, () => void refetch()), [outlook, draft, refetch]);
  return data;
}

function InsertContact({ person, insert }: { person: KnownPerson; insert: (piece: Piece) => void }) {
  const words = useMailWords();
  return (
    <p>
      <button type="button" onClick={() => insert(contactPiece(person))}>
        {words.insertContact}
        <span className="unseen"> {person.name}</span>
      </button>
    </p>
  );
}

function InsertDeal({ deal, insert }: { deal: Deal; insert: (piece: Piece) => void }) {
  const words = useMailWords();
  const piece = dealPiece(deal);
  if (piece === null) return null;
  return (
    <button type="button" className="small" onClick={() => insert(piece)}>
      {words.insertLink}
      <span className="unseen"> {deal.name}</span>
    </button>
  );
}

/** Somebody whom the mail is not to: to be inserted all the same. */
function LookUp({ seek }: { seek: (address: string) => void }) {
  const words = useMailWords();
  const id = useId();
  const [address, write] = useState('');
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isAddress(address)) return;
    seek(address.trim());
    write('');
  }
  return (
    <form className="look-up field" onSubmit={submit}>
      <label htmlFor={id}>{words.lookUp}</label>
      <span className="actions">
        <input
          id={id}
          type="email"
          value={address}
          autoComplete="off"
          onChange={({ currentTarget }) => write(currentTarget.value)}
        />
        <button type="submit">{words.find}</button>
      </span>
    </form>
  );
}
