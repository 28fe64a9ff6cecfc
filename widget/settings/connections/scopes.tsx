import type { Application } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';

type Scope = Extract<Application['authorisation'], { kind: 'oauth' }>['scopes'][number];

/** What Liaison may do at the vendor, as sentences; the vendor's own name of each stands below for whoever looks it up. */
export function Scopes({ scopes }: { scopes: readonly Scope[] }) {
  const { texts, say } = useSpeech();
  return (
    <details>
      <summary>{texts.connections.scopes}</summary>
      <ul className="scopes">
        {scopes.map(({ scope, reason }) => (
          <li key={scope}>
            {say(reason)}{' '}
            {scope === '*' ? (
              <span className="quiet">{texts.connections.wholeAccount}</span>
            ) : (
              <code className="quiet">{scope}</code>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
