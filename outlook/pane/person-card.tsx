import { type ReactNode, useId } from 'react';
import { moduleWord } from '../../widget/in-crm/sentences.ts';
import { useSpeech } from '../../widget/language/language.tsx';
import { Icon } from '../../widget/pieces/icon.tsx';
import { Linked } from '../../widget/record/row.tsx';
import { DateView } from '../../widget/record/value.tsx';
import { useMailWords } from '../language/words.ts';
import type { Deal, KnownPerson } from '../mail/pieces.ts';

interface PersonCardProps {
  readonly person: KnownPerson;
  /** What can be done with one of the deals. */
  readonly besideDeal?: (deal: Deal) => ReactNode;
  readonly children?: ReactNode;
}

/** Somebody as the CRM has them. */
export function PersonCard({ person, besideDeal, children }: PersonCardProps) {
  const { texts, say } = useSpeech();
  const words = useMailWords();
  const title = useId();
  const { name, url, account, company } = person;
  const firm = account ?? (company === null ? null : { name: company, url: null });
  return (
    <article className="record-card person" aria-labelledby={title} data-module={person.module}>
      <header>
        <h2 id={title}>{name}</h2>
        <span className="badge">{say(moduleWord(person.module))}</span>
        {url !== null && (
          <a className="out" href={url} target="_blank" rel="noopener noreferrer">
            <Icon name="open" />
            <span className="unseen">
              {words.openInCrm(name)} ({texts.record.newTab})
            </span>
          </a>
        )}
      </header>
      <dl className="facts-of-card">
        <Fact name={words.jobTitle}>{person.title}</Fact>
        <Fact name={account === null ? words.company : words.account}>
          {firm && <Linked url={firm.url ?? undefined}>{firm.name}</Linked>}
        </Fact>
        <Fact name={words.phone}>
          {person.phone && <a href={`tel:${person.phone.replace(/[^+\d]/g, '')}`}>{person.phone}</a>}
        </Fact>
        <Fact name={words.owner}>{person.owner?.name ?? null}</Fact>
      </dl>
      <Deals person={person} beside={besideDeal} />
      {children}
      <Notes notes={person.notes} />
    </article>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (children === null || children === '') return null;
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Deals({ person, beside }: { person: KnownPerson; beside: PersonCardProps['besideDeal'] }) {
  const { formats } = useSpeech();
  const words = useMailWords();
  // Leads have none.
  if (person.module === 'Leads' && person.deals.length === 0) return null;
  return (
    <section className="card-section">
      <h3>{words.deals}</h3>
      {person.deals.length === 0 && <p className="quiet">{words.noDeals}</p>}
      <ul className="rows">
        {person.deals.map((deal) => (
          <li key={deal.id} className="row">
            <span className="row-label">
              <Linked url={deal.url ?? undefined}>{deal.name}</Linked>
            </span>
            {deal.amount && (
              <span className="row-money">
                <span className="value-money">{formats.money(deal.amount)}</span>
              </span>
            )}
            <span className="row-rest">
              {deal.stage && <span className="badge">{deal.stage}</span>}
              {deal.closing && <span className="quiet">{words.closing(formats.date(deal.closing))}</span>}
              {beside?.(deal)}
            </span>
          </li>
        ))}
      </ul>
      {person.moreDeals && <p className="quiet more-rows">{words.moreDeals}</p>}
    </section>
  );
}

function Notes({ notes }: { notes: KnownPerson['notes'] }) {
  const words = useMailWords();
  return (
    <section className="card-section">
      <h3>{words.notes}</h3>
      {notes === null && <p className="quiet">{words.notesNotRead}</p>}
      {notes?.length === 0 && <p className="quiet">{words.noNotes}</p>}
      <ul className="rows">
        {notes?.map(({ id, title, text, at, by }) => (
          <li key={id} className="row note">
            <span className="row-label">
              {title !== null && title !== '' && <strong>{title} </strong>}
              {text}
            </span>
            <span className="row-rest quiet">
              {at && <DateView at={at} />}
              {by && <span>{words.by(by)}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
