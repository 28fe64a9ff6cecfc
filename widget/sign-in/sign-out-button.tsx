import { useSpeech } from '../language/language.tsx';
import { useSession } from './session-provider.tsx';

/** Nothing where nobody had to sign in. */
export function SignOutButton() {
  const { texts } = useSpeech();
  const { mayLeave, signOut } = useSession();
  if (!mayLeave) return null;
  return (
    <button type="button" data-leaves onClick={() => void signOut()}>
      {texts.signIn.out}
    </button>
  );
}
