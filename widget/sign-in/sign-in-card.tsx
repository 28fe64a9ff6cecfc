import type { Language } from '../../server/core/sentence.ts';
import { useSpeech } from '../language/language.tsx';
import { Icon } from '../pieces/icon.tsx';
import type { SessionState } from './page-session.ts';

export interface SignInCardProps {
  readonly state: Extract<SessionState, { status: 'out' | 'waiting' }>;
  readonly signIn: (language: Language, again?: boolean) => void;
  readonly startAgain: () => void;
}

/** One button, one sentence why, and what went wrong the last time. */
export function SignInCard({ state, signIn, startAgain }: SignInCardProps) {
  const { texts, language } = useSpeech();
  const why = state.status === 'out' ? state.why : null;
  return (
    <section className="sign-in" aria-labelledby="sign-in-title">
      <h1 id="sign-in-title">{texts.signIn.title}</h1>
      <p className="quiet">{texts.signIn.why}</p>
      {why !== null && why !== 'first' && (
        <p className="sign-in-reason" role="alert">
          <Icon name={why === 'ended' ? 'skipped' : 'failed'} /> {texts.signIn.reasons[why]}
        </p>
      )}
      <p className="sign-in-actions">
        {why === 'offline' ? (
          <button type="button" className="primary" onClick={startAgain}>
            {texts.signIn.again}
          </button>
        ) : (
          <button
            type="button"
            className="primary"
            onClick={() => signIn(language, why === 'otherOrganisation')}
          >
            {why === 'otherOrganisation' ? texts.signIn.other : texts.signIn.button}
          </button>
        )}
        {why === 'refused' && (
          <button type="button" onClick={() => signIn(language, true)}>
            {texts.signIn.other}
          </button>
        )}
      </p>
      <p role="status" className="quiet">
        {state.status === 'waiting' && texts.signIn.waiting}
      </p>
    </section>
  );
}
