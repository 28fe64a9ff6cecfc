import { useSpeech } from '../language/language.tsx';
import { useMe } from './me.tsx';

/** On every screen for as long as nothing real is touched. */
export function SandboxBanner() {
  const { texts } = useSpeech();
  const { mode, sandboxUrl } = useMe();
  if (mode !== 'sandbox') return null;
  return (
    <aside className="sandbox">
      {texts.shell.sandbox}{' '}
      {sandboxUrl !== null && (
        <a href={sandboxUrl} target="_blank" rel="noopener">
          {texts.shell.playScenario}
        </a>
      )}
    </aside>
  );
}
