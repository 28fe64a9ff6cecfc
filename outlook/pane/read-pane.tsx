import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Icon } from '../../widget/pieces/icon.tsx';
import { ProblemNotice } from '../../widget/pieces/problem-notice.tsx';
import { useMailWords } from '../language/words.ts';
import { claimedAddress, correspondentsOf, domainOf, isUnproven } from '../mail/correspondents.ts';
import type { Person } from '../mail/pieces.ts';
import type { MailAddress, ReadMail } from '../office/item.ts';
import { Asking } from './asking.tsx';
import { ConversationSwitch } from './conversation-switch.tsx';
import { useOutlook } from './in-outlook.tsx';
import { LogMail } from './log-mail.tsx';
import { MadeLine } from './made-line.tsx';
import { usePeople } from './mail-queries.ts';
import { NobodyCard } from './nobody-card.tsx';
import { PersonCard } from './person-card.tsx';
import { RecordCards } from './record-cards.tsx';
import { useChoice } from './use-choice.ts';

/** Beside a mail that is read. */
export function ReadPane({ mail }: { mail: ReadMail }) {
  const words = useMailWords();
  const outlook = useOutlook();
  const shared = useQuery({
    queryKey: ['outlook', mail.key, 'shared'],
    queryFn: () => outlook.shared(mail),
    retry: false,
  });
  const owner = shared.data?.owner ?? null;
  const { first, others, isOwn } = correspondentsOf(
    mail,
    owner === null ? [outlook.own] : [outlook.own, owner],
  );
  const people = usePeople(first.map(({ address }) => address));
  const found = people.data?.people ?? [];
  // Among colleagues it is about somebody else whom the mail is to.
  const isAmongColleagues = found.length > 0 && found.every(({ internal }) => internal);
  const [wasOpened, open] = useState(false);
  const isOpen = wasOpened || isAmongColleagues;
  const more = usePeople(isOpen ? others.map(({ address }) => address) : []);
  const records = [...found, ...(more.data?.people ?? [])].flatMap((one) => one.records);
  const choice = useChoice(records);
  return (
    <>
      <Head mail={mail} first={first} owner={owner} />
      <MadeLine item={mail} />
      {first.length > 0 && <People mail={mail} wanted={first} answer={people} named={first.length > 1} />}
      {people.data !== undefined && records.length > 0 && (
        <LogMail
          mail={mail}
          choice={choice}
          sent={isOwn || isAmongColleagues}
          logging={people.data.logging}
        />
      )}
      {people.data?.logging.state === 'on' && records.length > 0 && mail.conversationId !== null && (
        <ConversationSwitch conversation={mail.conversationId} records={choice.records} />
      )}
      {choice.people.map(({ module, id, name }) => (
        <RecordCards key={`${module} ${id}`} record={{ module, id }} name={name} />
      ))}
      {others.length > 0 && (
        <details className="others" open={isOpen} onToggle={({ currentTarget }) => open(currentTarget.open)}>
          <summary>{words.others(others.length)}</summary>
          {isOpen && <People mail={mail} wanted={others} answer={more} named />}
        </details>
      )}
    </>
  );
}

interface PeopleProps {
  readonly mail: ReadMail;
  readonly wanted: readonly MailAddress[];
  readonly answer: ReturnType<typeof usePeople>;
  /** Whether those whom the CRM does not know are named: the head of the pane does it of the first. */
  readonly named: boolean;
}

/** What the CRM says of these people of a mail. */
function People({ mail, wanted, named, answer: { data, error, isPending, refetch } }: PeopleProps) {
  const words = useMailWords();
  if (data === undefined && error) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (isPending) return <Asking />;
  return (
    <>
      {data?.people.map((one) => (
        <Somebody
          key={one.address}
          mail={mail}
          who={wanted.find(({ address }) => address.toLowerCase() === one.address)}
          one={one}
          named={named}
        />
      ))}
      {data !== undefined && data.more > 0 && <p className="quiet">{words.moreUnseen(data.more)}</p>}
    </>
  );
}

interface HeadProps {
  readonly mail: ReadMail;
  readonly first: readonly MailAddress[];
  /** Of the mailbox, where it is shared with whoever reads. */
  readonly owner: string | null;
}

/** Who the mail says it is from, and what of that is not to be believed. */
function Head({ mail, first, owner }: HeadProps) {
  const words = useMailWords();
  const outlook = useOutlook();
  const headers = useQuery({
    queryKey: ['outlook', mail.key, 'headers'],
    queryFn: () => outlook.headers(mail),
  });
  const [main] = first;
  const claimed = claimedAddress(mail.from);
  const isOnBehalf = mail.sender.address.toLowerCase() !== mail.from.address.toLowerCase();
  return (
    <header className="pane-head">
      <h1>{main === undefined ? words.noName : main.name || main.address}</h1>
      {main === undefined ? (
        <p className="quiet">{words.noAddress}</p>
      ) : (
        main.name !== '' && <p className="quiet">{main.address}</p>
      )}
      {isOnBehalf && (
        <p className="quiet">
          {words.onBehalf(mail.sender.name || mail.sender.address, mail.from.name || mail.from.address)}
        </p>
      )}
      {owner !== null && <p className="quiet">{words.shared(owner)}</p>}
      {claimed !== null && <Warning>{words.claims(claimed, mail.from.address)}</Warning>}
      {isUnproven(headers.data ?? '') && <Warning>{words.unproven(domainOf(mail.from.address))}</Warning>}
    </header>
  );
}

const Warning = ({ children }: { children: string }) => (
  <p className="part-notice down" role="alert">
    <Icon name="failed" /> {children}
  </p>
);

interface SomebodyProps {
  readonly mail: ReadMail;
  /** As the mail names them. */
  readonly who: MailAddress | undefined;
  readonly one: Person;
  readonly named: boolean;
}

/** One address: every record that has it, or that nobody does. */
function Somebody({ mail, who, one, named }: SomebodyProps) {
  const words = useMailWords();
  if (one.internal && one.records.length === 0)
    return <p className="record-card quiet">{words.colleague(one.user?.name ?? one.address)}</p>;
  if (one.records.length === 0)
    return <NobodyCard item={mail} who={who ?? { name: '', address: one.address }} named={named} />;
  return one.records.map((record) => <PersonCard key={`${record.module} ${record.id}`} person={record} />);
}
