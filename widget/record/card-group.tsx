import { useEffect, useId, useState } from 'react';
import type { RecordActivity, RecordCard } from '../../server/api/contract.ts';
import { useSpeech } from '../language/language.tsx';
import { Icon } from '../pieces/icon.tsx';
import { CardPart } from './card-part.tsx';
import { FoldButton } from './fold-button.tsx';
import { FoldedWords } from './folded-words.tsx';
import { useFold } from './folding.tsx';
import { isQuiet } from './quiet.ts';
import { type KnownCard, type RecordAddress, useCards } from './record-queries.ts';
import type { BesideRow } from './row.tsx';
import { DateView } from './value.tsx';

interface CardGroupProps {
  readonly record: RecordAddress;
  readonly id: string;
  readonly cards: readonly RecordCard[];
  readonly standings: RecordActivity['syncs'];
  /** There is so much on the page that what is quiet lies folded. */
  readonly crowded: boolean;
}

/**
 * One card of the page: what one vendor says, or several that are read together. Folded where the person folded it, or
 * where the page is crowded and the card quiet; one that was open does not fold under who reads it.
 */
export function CardGroup({ record, id, cards, standings, crowded }: CardGroupProps) {
  const { say, texts } = useSpeech();
  const title = useId();
  const [choice, fold] = useFold(id);
  // What a person folded is asked for when it is opened, and not before.
  const known = useCards(record, cards, choice !== true);
  const own = standings.filter(({ connector }) => cards.some((card) => card.connector.id === connector.id));
  const [now] = useState(Date.now);
  const [wasOpen, setWasOpen] = useState(false);
  const opensItself = choice === null && (!crowded || !isQuiet(known, own, now));
  const isOpen = choice === null ? wasOpen || opensItself : !choice;
  // A choice keeps nothing open: it may be of whoever looked last, until it is known who looks.
  useEffect(() => setWasOpen((before) => before || opensItself), [opensItself]);
  const beside = besideRows(known, say);
  const placed = new Set([...beside.values()].flat().map(({ row }) => row.id));
  const first = cards[0];
  if (first === undefined) return null;
  const url = known.find(({ card }) => card.data?.url !== undefined)?.card;
  const isAsking = known.some((one) => one.isAsking);
  return (
    <article className="record-card" aria-labelledby={title} data-group={id}>
      <header>
        <h2 id={title}>
          <FoldButton isOpen={isOpen} fold={fold}>
            {say(first.groupTitles)}
          </FoldButton>
        </h2>
        <Age known={known} isAsking={isAsking} />
        {url?.data?.url !== undefined && (
          <a className="out" href={url.data.url} target="_blank" rel="noopener noreferrer">
            <Icon name="open" />
            <span className="unseen">
              {texts.record.openIn(say(url.connector.titles))} ({texts.record.newTab})
            </span>
          </a>
        )}
      </header>
      {!isOpen && <FoldedWords known={known} standings={own} />}
      {(isOpen ? known : []).map((one) => (
        <CardPart
          key={one.card.connector.id}
          record={record}
          {...one}
          card={withoutPlaced(one.card, placed)}
          title={cards.length > 1 && one.card.connector.id !== id ? say(one.card.connector.titles) : null}
          beside={beside}
          standings={own.filter(({ connector }) => connector.id === one.card.connector.id)}
        />
      ))}
    </article>
  );
}

/** Of when the oldest of what is shown is, unless it is of now. */
function Age({ known, isAsking }: { known: readonly KnownCard[]; isAsking: boolean }) {
  const { texts } = useSpeech();
  const oldest = known
    .flatMap(({ card }) => (card.state === 'cached' && card.at !== null ? [card.at] : []))
    .sort()[0];
  if (oldest === undefined && !isAsking) return null;
  return (
    <span className="age quiet">
      {oldest !== undefined && (
        <>
          {texts.record.asOf} <DateView at={oldest} />{' '}
        </>
      )}
      {isAsking && <span className="refreshing">{texts.record.refreshing}</span>}
    </span>
  );
}

/** Rows that name the key of another part's row: they stand there, and not in their own part. */
function besideRows(
  known: readonly KnownCard[],
  say: ReturnType<typeof useSpeech>['say'],
): Map<string, BesideRow[]> {
  const rows = known.flatMap(({ card }) =>
    (card.data?.sections ?? []).flatMap((section) =>
      section.rows.map((row) => ({ row, whose: say(card.connector.titles) })),
    ),
  );
  const keys = new Set(rows.flatMap(({ row }) => (row.key === undefined ? [] : [row.key])));
  const beside = new Map<string, BesideRow[]>();
  for (const one of rows) {
    const { beside: key } = one.row;
    if (key !== undefined && keys.has(key)) beside.set(key, [...(beside.get(key) ?? []), one]);
  }
  return beside;
}

function withoutPlaced(card: RecordCard, placed: ReadonlySet<string>): RecordCard {
  if (card.data === null || placed.size === 0) return card;
  const sections = card.data.sections.map((section) => ({
    ...section,
    rows: section.rows.filter(({ id }) => !placed.has(id)),
  }));
  return { ...card, data: { ...card.data, sections } };
}
