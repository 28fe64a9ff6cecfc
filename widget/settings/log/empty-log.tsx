import { useSpeech } from '../../language/language.tsx';
import { hrefOf } from '../address.ts';
import { useMe } from '../me.tsx';

export function EmptyLog() {
  const { texts } = useSpeech();
  const { mode, sandboxUrl } = useMe();
  return (
    <div className="nothing">
      <h2>{texts.log.empty}</h2>
      <p>{mode === 'sandbox' ? texts.log.emptySandbox : texts.log.emptyProduction}</p>
      {sandboxUrl !== null && (
        <a className="button primary" href={sandboxUrl} target="_blank" rel="noopener">
          {texts.shell.playScenario}
        </a>
      )}
    </div>
  );
}

/** @param sought what was searched for; empty: nothing. */
export function NoMatch({ clear, sought }: { clear: () => void; sought: string }) {
  const { texts } = useSpeech();
  return (
    <div className="nothing">
      <h2>{texts.log.noMatch}</h2>
      <button type="button" onClick={clear}>
        {texts.log.clear}
      </button>
      {sought !== '' && (
        <p>
          <a href={hrefOf('why', { search: sought })}>{texts.why.everywhere(sought)}</a>
        </p>
      )}
    </div>
  );
}
