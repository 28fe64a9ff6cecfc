import type { RecordActivity } from '../../server/api/contract.ts';
import type { Texts } from '../language/english.ts';
import { useSpeech } from '../language/language.tsx';
import { Linked } from './row.tsx';

type Standing = RecordActivity['syncs'][number];

const TONES: Readonly<Record<Standing['state'], string>> = {
  'in-sync': 'good',
  waiting: 'busy',
  failing: 'bad',
  conflict: 'bad',
  excluded: 'quiet',
  alone: 'quiet',
};

const wordsOf = (state: Standing['state'], { record }: Texts): string =>
  ({
    'in-sync': record.inSync,
    waiting: record.waiting,
    failing: record.syncFailing,
    conflict: record.conflict,
    excluded: record.excluded,
    alone: record.alone,
  })[state];

/** How the record stands in the syncs with this vendor. */
export function SyncStandings({ standings }: { standings: readonly Standing[] }) {
  const { say, texts } = useSpeech();
  if (standings.length === 0) return null;
  return (
    <ul className="standings">
      {standings.map(({ sync, state, why, url, phase }) => (
        <li key={sync.id}>
          <span className={`badge tone-${TONES[state]}`}>{wordsOf(state, texts)}</span>{' '}
          <Linked url={url ?? undefined}>{say(sync.titles)}</Linked>
          {phase === 'paused' && <span className="quiet"> {texts.record.syncOff}</span>}
          {why !== null && <p className="quiet">{say(why)}</p>}
        </li>
      ))}
    </ul>
  );
}
