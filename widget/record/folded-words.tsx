import type { RecordActivity } from '../../server/api/contract.ts';
import { useSpeech } from '../language/language.tsx';
import { Icon } from '../pieces/icon.tsx';
import { problemWords } from '../pieces/problem-notice.tsx';
import { isAtRest, rowsIn } from './quiet.ts';
import type { KnownCard } from './record-queries.ts';
import { StandingBadge } from './sync-standings.tsx';

interface FoldedWordsProps {
  readonly known: readonly KnownCard[];
  readonly standings: RecordActivity['syncs'];
}

/** A folded card in one line: what is wrong or under way before all else, so that no trouble lies hidden. */
export function FoldedWords({ known, standings }: FoldedWordsProps) {
  const { say, texts, formats } = useSpeech();
  const words = texts.record;
  const wrong = known.flatMap(({ card, error }) => {
    if (card.state === 'reconnect') return [words.reconnect(say(card.connector.titles))];
    if (card.error !== null) return [say(card.error.sentence)];
    return error === null ? [] : [problemWords(error, texts).detail];
  });
  const moving = standings.filter((one) => !isAtRest(one));
  return (
    <p className="folded-words">
      {wrong.map((sentence) => (
        <span key={sentence} className="wrong-words">
          <Icon name="failed" /> {sentence}
        </span>
      ))}
      {moving.map((standing) => (
        <StandingBadge key={standing.sync.id} {...standing} />
      ))}
      {wrong.length + moving.length === 0 && <span className="quiet">{whatIsThere()}</span>}
    </p>
  );

  function whatIsThere(): string {
    const cards = known.map(({ card }) => card);
    const rows = rowsIn(cards);
    if (rows > 0) return words.entries(formats.number(rows), rows);
    const held = cards.filter(({ data }) => data !== null);
    const facts = held.some(({ data }) => data?.sections.some((section) => section.rows.length > 0));
    if (facts) return words.nothingNew;
    const empty = held.flatMap(({ data }) => data?.empty ?? [])[0];
    if (empty !== undefined) return say(empty);
    const [first] = cards;
    if (first === undefined || held.length > 0) return words.nothingNew;
    const vendor = say(first.connector.titles);
    if (first.state === 'absent') return words.absent(vendor);
    return known.some(({ isAsking }) => isAsking) ? words.asking(vendor) : words.notAsked;
  }
}
