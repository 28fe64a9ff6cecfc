import { useSpeech } from '../language/language.tsx';
import { SandboxLine } from '../pieces/sandbox-line.tsx';
import { hrefOf } from './address.ts';
import { useIsAdmin, useMe } from './me.tsx';

/** On every screen for as long as nothing real is touched. */
export function SandboxBanner() {
  const { texts } = useSpeech();
  const { mode, sandboxUrl } = useMe();
  const admin = useIsAdmin();
  if (mode !== 'sandbox') return null;
  return (
    <SandboxLine sandboxUrl={sandboxUrl}>
      {admin && <a href={hrefOf('production')}>{texts.start.leave}</a>}
    </SandboxLine>
  );
}
