import type { SyncSummary } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Icon, type IconName } from '../../pieces/icon.tsx';
import { hrefOfState } from './state-place.ts';
import { countParts, statusOf, type Tone, toneOf } from './sync-status.ts';

const ICONS: Readonly<Record<Tone, IconName>> = {
  good: 'done',
  busy: 'running',
  bad: 'failed',
  quiet: 'not-started',
};

/** How a sync stands, and of how many records what is true. */
export function StatusLine({ sync }: { sync: SyncSummary }) {
  const { texts, formats } = useSpeech();
  const tone = toneOf(sync);
  const status = statusOf(sync);
  return (
    <p className="sync-status">
      <span className={`state tone-${tone}`}>
        <Icon name={status === 'ready' || status === 'waiting' ? 'waiting' : ICONS[tone]} />
        {texts.syncs.status[status]}
      </span>{' '}
      <span className="sync-counts">
        {countParts(sync, texts.syncs.counts, formats.number).map(({ text, state }, index) => (
          <span key={text}>
            {index > 0 && ', '}
            {state === null ? text : <a href={hrefOfState(sync.id, state)}>{text}</a>}
          </span>
        ))}
      </span>
    </p>
  );
}
