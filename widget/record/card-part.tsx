import { useState } from 'react';
import type { RecordActivity, RecordCard } from '../../server/api/contract.ts';
import { useSpeech } from '../language/language.tsx';
import { ActionButton } from './action-button.tsx';
import { CardNotice } from './card-notice.tsx';
import type { RecordAddress } from './record-queries.ts';
import type { BesideRow } from './row.tsx';
import { SectionView } from './sections.tsx';
import { SyncStandings } from './sync-standings.tsx';
import type { Section } from './value.tsx';

export interface CardPartProps {
  readonly record: RecordAddress;
  readonly card: RecordCard;
  readonly error: unknown;
  readonly isAsking: boolean;
  readonly ask: () => void;
  /** Whose part it is, where a card has several. */
  readonly title: string | null;
  readonly beside: ReadonlyMap<string, BesideRow[]>;
  readonly standings: RecordActivity['syncs'];
}

/** What one vendor says, or why it says nothing. */
export function CardPart({ record, card, error, isAsking, ask, title, beside, standings }: CardPartProps) {
  const { say, texts } = useSpeech();
  const [done, setDone] = useState(false);
  const vendor = say(card.connector.titles);
  const isGrey = card.state === 'failing' || card.state === 'reconnect' || error !== null;
  const { data } = card;
  const level = title === null ? 'h3' : 'h4';
  const sections = data?.sections ?? [];
  const view = (section: Section) => (
    <SectionView key={section.id} section={section} level={level} beside={beside} />
  );
  return (
    <div
      className={isGrey ? 'part grey' : 'part'}
      aria-busy={isAsking}
      data-connector={card.connector.id}
      data-state={card.state}
    >
      {title !== null && <h3>{title}</h3>}
      <CardNotice card={card} vendor={vendor} error={error} isAsking={isAsking} ask={ask} />
      {data === null && card.state === 'unknown' && error === null && (
        <Skeleton text={texts.record.asking(vendor)} />
      )}
      {data?.empty && <p className="quiet">{say(data.empty)}</p>}
      {sections.filter(isFacts).map(view)}
      <SyncStandings standings={standings} level={level} />
      {sections.filter((section) => !isFacts(section)).map(view)}
      {data !== null && data.actions.length > 0 && !isGrey && (
        <div className="part-actions">
          {data.actions.map((action) => (
            <ActionButton
              key={action.id}
              record={record}
              connector={card.connector.id}
              action={action}
              onDone={() => setDone(true)}
            />
          ))}
        </div>
      )}
      {done && (
        <p className="unseen" role="status">
          {texts.record.states.done}
        </p>
      )}
    </div>
  );
}

const isFacts = ({ layout }: Section): boolean => layout === 'facts';

function Skeleton({ text }: { text: string }) {
  return (
    <div className="skeleton">
      <p className="unseen">{text}</p>
      <span />
      <span />
      <span />
    </div>
  );
}
