import type { RecordCard } from '../../server/api/contract.ts';
import { useSpeech } from '../language/language.tsx';
import { Icon } from '../pieces/icon.tsx';
import { problemWords } from '../pieces/problem-notice.tsx';
import { momentText } from './moment-text.ts';
import { useWho } from './who.tsx';

interface CardNoticeProps {
  readonly card: RecordCard;
  readonly vendor: string;
  readonly error: unknown;
  readonly isAsking: boolean;
  readonly ask: () => void;
}

/** Where an admin connects accounts: a page of its own, since vendors do not show consent in a frame. */
export const CONNECTIONS = '/#/connections';

/** One sentence where a vendor cannot say anything now, and what can be done about it. */
export function CardNotice({ card, vendor, error, isAsking, ask }: CardNoticeProps) {
  const { say, texts, formats } = useSpeech();
  const isAdmin = useWho()?.role === 'admin';
  const words = texts.record;
  if (card.state === 'absent' || card.state === 'reconnect') {
    const isAbsent = card.state === 'absent';
    const what = isAbsent ? words.absent(vendor) : words.reconnect(vendor);
    const then = isAbsent
      ? isAdmin
        ? words.absentAdmin
        : words.absentRep
      : isAdmin
        ? words.reconnectAdmin
        : words.reconnectRep;
    return (
      <div className="part-notice">
        <p>
          {what} <span className="quiet">{then}</span>
        </p>
        {card.at !== null && <p className="quiet">{words.lastGood(momentText(card.at, formats))}</p>}
        {isAdmin && (
          <a className="button small" href={CONNECTIONS} target="_blank" rel="noopener">
            {isAbsent ? words.connect(vendor) : words.reconnectButton(vendor)}
          </a>
        )}
      </div>
    );
  }
  if (card.state !== 'failing' && error === null) return null;
  const why = card.error === null ? problemWords(error, texts).detail : say(card.error.sentence);
  return (
    <div className="part-notice down" role="status">
      <p>
        <Icon name="failed" /> {why}
      </p>
      <p className="quiet">
        {card.at === null ? words.neverSeen : words.lastGood(momentText(card.at, formats))}{' '}
        <button type="button" className="small" disabled={isAsking} onClick={ask}>
          {words.retry}
        </button>
      </p>
    </div>
  );
}
