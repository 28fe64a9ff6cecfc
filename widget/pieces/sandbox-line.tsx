import type { ReactNode } from 'react';
import { useSpeech } from '../language/language.tsx';

/** Says that nothing real is touched, and leads to where scenarios are played. */
export function SandboxLine({ sandboxUrl, children }: { sandboxUrl: string | null; children?: ReactNode }) {
  const { texts } = useSpeech();
  return (
    <aside className="sandbox" aria-label={texts.shell.sandboxLabel}>
      <span>{texts.shell.sandbox}</span>
      {sandboxUrl !== null && (
        <a href={sandboxUrl} target="_blank" rel="noopener">
          {texts.shell.playScenario}
        </a>
      )}
      {children}
    </aside>
  );
}
