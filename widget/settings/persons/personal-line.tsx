import type { Person } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';

type Personal = Person['integrations'][number];

const TONES: Readonly<Record<Personal['state'], string>> = {
  'in-sync': 'good',
  working: 'busy',
  look: 'busy',
  paused: 'quiet',
  stopped: 'bad',
  reconnect: 'bad',
  trouble: 'bad',
};

/** What somebody has, how it stands, and why it does not go on. */
export function PersonalLine({ of }: { of: Personal }) {
  const { say, texts } = useSpeech();
  const words = texts.persons;
  return (
    <>
      <a href={`#/syncs?sync=${encodeURIComponent(of.id)}`}>{say(of.titles)}</a>{' '}
      <span className={`badge tone-${TONES[of.state]}`}>{words.personal[of.state]}</span>{' '}
      {of.account !== null && <span className="quiet">{of.account}</span>}
      {of.writes !== null && <span className="quiet"> {words.writes(of.writes)}</span>}
      {of.sentence !== null && <span className="quiet"> {say(of.sentence)}</span>}
    </>
  );
}
