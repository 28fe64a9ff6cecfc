import { type ReactNode, useEffect, useRef } from 'react';
import { useSpeech } from '../../language/language.tsx';
import { hrefOf } from '../address.ts';
import { setupHref } from './setup-address.ts';
import { type StepName, stepAfter, stepBefore } from './setup-steps.ts';

interface StepFrameProps {
  /** Null: it is not made yet, and the steps after the first are not there to go to. */
  readonly integration: string | null;
  readonly title: string;
  readonly step: StepName;
  readonly steps: readonly StepName[];
  readonly children: ReactNode;
}

/** One step of the set-up: where one is, what it is about, and the ways on and back. The focus goes to its heading. */
export function StepFrame({ integration, title, step, steps, children }: StepFrameProps) {
  const { texts } = useSpeech();
  const words = texts.setup;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${words.step[step]} · ${title} · Liaison`;
  }, [step, title, words]);
  useEffect(() => {
    // Whatever was pressed to come here is gone, or another step’s.
    if (step) heading.current?.focus();
  }, [step]);
  const before = stepBefore(step, steps);
  return (
    <div className="page setup">
      <p>
        <a href={hrefOf('integrations')}>← {words.all}</a>
      </p>
      <h1>{words.title(title)}</h1>
      <nav className="setup-steps" aria-label={words.steps}>
        <ol>
          {steps.map((one) => (
            <li key={one}>
              {integration === null && one !== step ? (
                <span className="quiet">{words.step[one]}</span>
              ) : (
                <a
                  href={integration === null ? location.hash : setupHref(integration, one)}
                  aria-current={one === step ? 'step' : undefined}
                >
                  {words.step[one]}
                </a>
              )}
            </li>
          ))}
        </ol>
      </nav>
      <div className="card setup-step">
        <p className="quiet">{words.stepOf(steps.indexOf(step) + 1, String(steps.length))}</p>
        <h2 id="setup-step" ref={heading} tabIndex={-1}>
          {words.step[step]}
        </h2>
        <p>{words.what[step]}</p>
        {children}
      </div>
      {integration !== null && (
        <p className="setup-foot">
          {before !== null && <a href={setupHref(integration, before)}>← {words.back}</a>}{' '}
          <span className="quiet">{words.later}</span>
        </p>
      )}
    </div>
  );
}

/** Leads on from a step in which nothing is saved. */
export function GoOn({
  integration,
  step,
  steps,
}: Pick<StepFrameProps, 'step' | 'steps'> & { readonly integration: string }) {
  const { texts } = useSpeech();
  const next = stepAfter(step, steps);
  if (next === null) return null;
  return (
    <p className="actions">
      <a className="button primary" href={setupHref(integration, next)}>
        {texts.setup.goOn}
      </a>
    </p>
  );
}
