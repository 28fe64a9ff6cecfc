import type { RecordActivity } from '../../server/api/contract.ts';
import type { Texts } from '../language/english.ts';
import { useSpeech } from '../language/language.tsx';
import { Linked } from './row.tsx';
import { useWho } from './who.tsx';

type Standing = RecordActivity['syncs'][number];

interface SyncStandingsProps {
  readonly standings: readonly Standing[];
  /** Below a title of the part, or of the card. */
  readonly level: 'h3' | 'h4';
}

const TONES: Readonly<Record<Standing['state'], string>> = {
  'in-sync': 'good',
  waiting: 'busy',
  failing: 'bad',
  conflict: 'bad',
  differing: 'quiet',
  excluded: 'quiet',
  alone: 'quiet',
  off: 'quiet',
};

const wordsOf = (state: Standing['state'], { record }: Texts): string =>
  ({
    'in-sync': record.inSync,
    waiting: record.waiting,
    failing: record.syncFailing,
    conflict: record.conflict,
    differing: record.differing,
    excluded: record.excluded,
    alone: record.alone,
    off: record.notKept,
  })[state];

/** How the record stands in the syncs with this vendor. */
export function SyncStandings({ standings, level: Heading }: SyncStandingsProps) {
  const { texts } = useSpeech();
  if (standings.length === 0) return null;
  return (
    <div className="card-section">
      <Heading>{texts.record.sync}</Heading>
      <ul className="rows">
        {standings.map((standing) => (
          <StandingView key={standing.sync.id} {...standing} />
        ))}
      </ul>
    </div>
  );
}

function StandingView({ sync, state, why, url, phase }: Standing) {
  const { say, texts } = useSpeech();
  const isAdmin = useWho()?.role === 'admin';
  const isPaused = phase === 'paused';
  // What was equal when a sync stopped is not known to be so now.
  const wasInSync = isPaused && state === 'in-sync';
  const settings = state === 'off' && isAdmin ? `/#/syncs?sync=${encodeURIComponent(sync.id)}` : undefined;
  return (
    <li className="row">
      <span className="row-label">
        <Linked url={url ?? settings}>{say(sync.titles)}</Linked>
      </span>
      <span className="row-rest">
        <span className={`badge tone-${wasInSync ? 'quiet' : TONES[state]}`}>
          {wasInSync ? texts.record.wasInSync : wordsOf(state, texts)}
        </span>
        {isPaused && <span className="quiet">{texts.record.syncOff}</span>}
        {state === 'off' && <span className="quiet">{texts.record.notBegun}</span>}
        {why !== null && <span className="quiet">{say(why)}</span>}
      </span>
    </li>
  );
}
