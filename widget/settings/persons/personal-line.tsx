import type { Person } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Icon, type IconName } from '../../pieces/icon.tsx';

type Personal = Person['integrations'][number];

/** A colour of the log's states, and a mark beside the words. */
const LOOKS: Readonly<Record<Personal['state'], readonly [tone: string, icon: IconName]>> = {
  'in-sync': ['state-done', 'done'],
  working: ['state-running', 'running'],
  look: ['state-retrying', 'waiting'],
  paused: ['', 'not-started'],
  stopped: ['state-shelved', 'failed'],
  reconnect: ['state-shelved', 'failed'],
  trouble: ['state-shelved', 'failed'],
};

/** What somebody has, how it stands, and why it does not go on. */
export function PersonalLine({ of }: { of: Personal }) {
  const { say, texts } = useSpeech();
  const words = texts.persons;
  const [tone, icon] = LOOKS[of.state];
  return (
    <div className="personal-line">
      <a href={`#/syncs?sync=${encodeURIComponent(of.id)}`}>{say(of.titles)}</a>{' '}
      <span className={`state ${tone}`}>
        <Icon name={icon} />
        {words.personal[of.state]}
      </span>
      {of.account !== null && <p className="quiet">{of.account}</p>}
      {of.writes !== null && <p>{words.writes(of.writes)}</p>}
      {of.sentence !== null && <p>{say(of.sentence)}</p>}
    </div>
  );
}
