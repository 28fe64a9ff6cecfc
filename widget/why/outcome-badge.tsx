import type { Why } from '../../server/api/contract.ts';
import type { Texts } from '../language/english.ts';
import { useSpeech } from '../language/language.tsx';

type Outcome = Why['lines'][number]['outcome'];

const TONES: Readonly<Record<Outcome, 'good' | 'bad' | 'busy' | 'quiet'>> = {
  done: 'good',
  'in-sync': 'good',
  written: 'good',
  shelved: 'bad',
  failing: 'bad',
  conflict: 'bad',
  waiting: 'busy',
  running: 'busy',
  paused: 'busy',
  unseen: 'busy',
  off: 'quiet',
  skipped: 'quiet',
  superseded: 'quiet',
  nothing: 'quiet',
  differing: 'quiet',
  excluded: 'quiet',
  filtered: 'quiet',
  alone: 'quiet',
  gone: 'quiet',
};

/** What runs come to is called as the log calls it. */
const wordsOf = (outcome: Outcome, { why, states }: Texts): string =>
  ({ ...states, ...why.outcomes })[outcome];

/** What became of something, in a word or two. */
export function OutcomeBadge({ outcome }: { outcome: Outcome }) {
  const { texts } = useSpeech();
  return <span className={`why-outcome why-${TONES[outcome]}`}>{wordsOf(outcome, texts)}</span>;
}
