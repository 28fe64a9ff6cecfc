import type { RecordActivity } from '../../server/api/contract.ts';
import type { Texts } from '../language/english.ts';
import { useSpeech } from '../language/language.tsx';
import { isAtRest } from './quiet.ts';
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

/** More than these without anything to tell lie folded under their number. */
const MOST_AT_REST = 3;

/** How the record stands in the syncs with this vendor. */
export function SyncStandings({ standings, level: Heading }: SyncStandingsProps) {
  const { texts, formats } = useSpeech();
  if (standings.length === 0) return null;
  const atRest = standings.filter(isAtRest);
  const folded = atRest.length > MOST_AT_REST ? atRest : [];
  const shown = standings.filter((one) => !folded.includes(one));
  return (
    <div className="card-section">
      <Heading>{texts.record.sync}</Heading>
      {shown.length > 0 && <StandingList standings={shown} />}
      {folded.length > 0 && (
        <details className="at-rest">
          <summary>{texts.record.atRest(formats.number(folded.length))}</summary>
          <StandingList standings={folded} />
        </details>
      )}
    </div>
  );
}

const StandingList = ({ standings }: { standings: RecordActivity['syncs'] }) => (
  <ul className="rows">
    {standings.map((standing) => (
      <StandingView key={standing.sync.id} {...standing} />
    ))}
  </ul>
);

/** The record's state in a sync, in a word or two. */
export function StandingBadge({ state, phase }: Pick<Standing, 'state' | 'phase'>) {
  const { texts } = useSpeech();
  // What was equal when a sync stopped is not known to be so now.
  const wasInSync = phase === 'paused' && state === 'in-sync';
  return (
    <span className={`badge tone-${wasInSync ? 'quiet' : TONES[state]}`}>
      {wasInSync ? texts.record.wasInSync : wordsOf(state, texts)}
    </span>
  );
}

function StandingView({ sync, state, why, url, phase }: Standing) {
  const { say, texts } = useSpeech();
  const isAdmin = useWho()?.role === 'admin';
  const isPaused = phase === 'paused';
  const settings = state === 'off' && isAdmin ? `/#/syncs?sync=${encodeURIComponent(sync.id)}` : undefined;
  return (
    <li className="row">
      <span className="row-label">
        <Linked url={url ?? settings}>{say(sync.titles)}</Linked>
      </span>
      <span className="row-rest">
        <StandingBadge state={state} phase={phase} />
        {isPaused && <span className="quiet">{texts.record.syncOff}</span>}
        {state === 'off' && <span className="quiet">{texts.record.notBegun}</span>}
        {why !== null && <span className="quiet">{say(why)}</span>}
      </span>
    </li>
  );
}
