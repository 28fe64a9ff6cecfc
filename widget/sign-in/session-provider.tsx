import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { callWith, speakFor } from '../api/client.ts';
import { Speaking } from '../language/language.tsx';
import { Loading } from '../pieces/loading.tsx';
import { PageSession, type SessionState } from './page-session.ts';
import { type OpenPopup, openPopup } from './popup.ts';
import { SignInCard } from './sign-in-card.tsx';
import { newVerifier } from './verifier.ts';

export interface SessionValue {
  readonly state: SessionState;
  /** Signed in with an account of their own, so that there is something to sign out of. */
  readonly mayLeave: boolean;
  signOut(): Promise<void>;
}

const SessionContext = createContext<SessionValue | null>(null);

export interface SessionProviderProps {
  /** The CRM's own id (zgid) of the organisation around this page, where it is known: a hint, not a proof. */
  readonly organisation?: string | null;
  /** The CRM user's e-mail address, where it is known: whom the sign-in begins with. A hint too. */
  readonly person?: string | null;
  /** The language of the page that it stands in, until the user's own is known. BCP 47. */
  readonly locale?: string;
  /** How the window opens in which somebody signs in. The first one given counts. */
  readonly open?: OpenPopup;
  /** A page of somebody else's application, in a frame or not: nobody is let in there without a sign-in. */
  readonly guest?: boolean;
  readonly children: ReactNode;
}

/**
 * Shows its children to somebody who is signed in, and else what lets them sign in. Everything below may
 * `call` the API: the token is added, and renewed in silence.
 */
export function SessionProvider({
  organisation = null,
  person = null,
  locale,
  open = openPopup,
  guest = false,
  children,
}: SessionProviderProps) {
  const queries = useQueryClient();
  const [session] = useState(
    () =>
      new PageSession({
        framed: guest || window.parent !== window,
        call: callWith,
        openPopup: open,
        newVerifier,
        now: () => performance.now(),
      }),
  );
  const state = useSyncExternalStore(session.subscribe, session.state);

  useEffect(() => {
    const silence = speakFor(session);
    void session.start(organisation, person);
    return silence;
  }, [session, organisation, person]);
  const isOut = state.status === 'out';
  useEffect(() => {
    // Nothing of whoever was signed in is shown to whoever comes next.
    if (isOut) queries.clear();
  }, [isOut, queries]);

  if (state.status === 'in' || state.status === 'local') {
    const value = { state, mayLeave: state.status === 'in', signOut: session.signOut };
    return <SessionContext value={value}>{children}</SessionContext>;
  }
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <Speaking locale={(locale ?? navigator.language).replaceAll('_', '-')} timeZone={own}>
      <main className="lonely">
        {state.status === 'starting' ? (
          <Loading />
        ) : (
          <SignInCard
            state={state}
            signIn={session.signIn}
            startAgain={() => void session.start(organisation, person)}
          />
        )}
      </main>
    </Speaking>
  );
}

export function useSession(): SessionValue {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession outside of SessionProvider');
  return session;
}
