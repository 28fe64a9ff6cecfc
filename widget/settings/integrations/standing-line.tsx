import type { OverviewItem } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Icon, type IconName } from '../../pieces/icon.tsx';
import { Moment } from '../../pieces/moment.tsx';
import { hrefOf } from '../address.ts';
import { useIsAdmin } from '../me.tsx';

type State = OverviewItem['standing']['state'];
type Tone = 'good' | 'busy' | 'bad' | 'quiet';

const TONES: Readonly<Record<State, Tone>> = {
  runs: 'good',
  off: 'quiet',
  'not-on-yet': 'quiet',
  waits: 'bad',
  trouble: 'bad',
  shelved: 'bad',
  decisions: 'bad',
  reading: 'busy',
  previewed: 'busy',
  again: 'bad',
  applying: 'busy',
  undoing: 'busy',
  paused: 'bad',
};
const ICONS: Readonly<Record<Tone, IconName>> = {
  good: 'done',
  busy: 'running',
  bad: 'failed',
  quiet: 'not-started',
};

/** How it stands in one line, with ways to what somebody has to see to. */
export function StandingLine({ item: { id, kind, standing } }: { item: OverviewItem }) {
  const { texts, say, formats } = useSpeech();
  const admin = useIsAdmin();
  const words = texts.list;
  const { state, since, waitsFor, shelved, decisions, why } = standing;
  const tone = TONES[state];
  const sync = (tab: string) => hrefOf('syncs', { sync: id, tab });
  const shelf = kind === 'sync' ? sync('shelf') : hrefOf('log', { state: 'shelved', integration: id });
  return (
    <p className="standing" data-state={state}>
      <span className={`state tone-${tone}`}>
        <Icon name={state === 'previewed' ? 'waiting' : ICONS[tone]} />
        {words.states[state]}
      </span>
      {since !== null && (
        <span>
          {words.since} <Moment instant={since} />
        </span>
      )}
      {waitsFor.map((account) => (
        <a key={account.titles.en} href={hrefOf('connections')}>
          {words[account.state === 'reconnect' ? 'reconnect' : 'connect'](say(account.titles))}
        </a>
      ))}
      {admin && kind === 'sync' && (state === 'not-on-yet' || state === 'again') && (
        <a href={hrefOf('syncs', { sync: id })}>{words.begin}</a>
      )}
      {state === 'previewed' && <a href={sync('preview')}>{words.preview}</a>}
      {shelved > 0 && <a href={shelf}>{words.shelved(shelved, formats.number(shelved))}</a>}
      {decisions > 0 && (
        <a href={sync('conflicts')}>{words.decisions(decisions, formats.number(decisions))}</a>
      )}
      {why !== null && <span>{say(why)}</span>}
    </p>
  );
}
