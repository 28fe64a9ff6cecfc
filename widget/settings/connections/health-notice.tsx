import type { Connection } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Icon } from '../../pieces/icon.tsx';

const HINTS = { troubled: 'troubledHint', refuses: 'refusesHint', reconnect: 'reconnectHint' } as const;
const isTrouble = (health: Connection['health']): health is keyof typeof HINTS =>
  Object.hasOwn(HINTS, health);

/** What is wrong with the connection now, in our words and the vendor's; nothing while nothing is. */
export function HealthNotice({ connection: { health, lastFailure } }: { connection: Connection }) {
  const { texts, say } = useSpeech();
  if (!isTrouble(health)) return null;
  const hint = texts.connections[HINTS[health]];
  return (
    <div className={`notice ${health === 'troubled' ? 'pending' : 'bad'}`}>
      <Icon name={health === 'troubled' ? 'retrying' : 'failed'} />
      <div>
        {lastFailure && <p>{say(lastFailure.sentence)}</p>}
        {lastFailure?.vendorMessage && (
          <p className="quiet">
            {texts.problem.vendorSays} <q>{lastFailure.vendorMessage}</q>
          </p>
        )}
        <p className={lastFailure ? 'quiet' : undefined}>{hint}</p>
      </div>
    </div>
  );
}
