import { useId } from 'react';
import type { RecordCard } from '../../server/api/contract.ts';
import { useSpeech } from '../language/language.tsx';
import { CONNECTIONS } from './card-notice.tsx';
import { FoldButton } from './fold-button.tsx';
import { useFold } from './folding.tsx';
import { useWho } from './who.tsx';

const GROUP = 'not-connected';

/** What could stand beside the record and is not connected, in one card where there is much of it. */
export function NotConnected({ cards }: { cards: readonly RecordCard[] }) {
  const { say, texts } = useSpeech();
  const title = useId();
  const [choice, fold] = useFold(GROUP);
  const isAdmin = useWho()?.role === 'admin';
  const isOpen = choice === false;
  const names = cards.map(({ connector }) => ({ id: connector.id, name: say(connector.titles) }));
  return (
    <article className="record-card" aria-labelledby={title} data-group={GROUP}>
      <header>
        <h2 id={title}>
          <FoldButton isOpen={isOpen} fold={fold}>
            {texts.record.notConnected}
          </FoldButton>
        </h2>
      </header>
      {isOpen ? (
        <>
          <p className="quiet">{isAdmin ? texts.record.absentAllAdmin : texts.record.absentAllRep}</p>
          <ul className="rows">
            {names.map(({ id, name }) => (
              <li key={id} className="row">
                <span className="row-label">{name}</span>
                {isAdmin && (
                  <a className="button small" href={CONNECTIONS} target="_blank" rel="noopener">
                    {texts.record.connect(name)}
                  </a>
                )}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p className="folded-words quiet">{names.map(({ name }) => name).join(', ')}</p>
      )}
    </article>
  );
}
