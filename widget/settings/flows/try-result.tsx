import { useEffect, useRef } from 'react';
import type { TryAnswer } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { linesOf } from './try-lines.ts';

type Step = TryAnswer['steps'][number];

const KIND = { read: 'read', 'would-write': 'write', there: 'there', failed: 'failed' } as const;

/** What came of a try: each step with what it reads or would write, what to know, and where it ends. */
export function TryResult({ tried, again }: { readonly tried: TryAnswer; readonly again: () => void }) {
  const { texts, say } = useSpeech();
  const { record, steps, warnings, outcome } = tried;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (tried) heading.current?.focus();
  }, [tried]);
  return (
    <section className="message-preview">
      <h3 ref={heading} tabIndex={-1}>
        {record ? texts.tries.resultOf(say(record.title)) : say(outcome.summary)}
      </h3>
      {record && (
        <p className={outcome.state === 'failed' ? 'notice wrong' : ''}>
          {outcome.state === 'done' ? texts.tries.wouldSay(say(outcome.summary)) : say(outcome.summary)}
        </p>
      )}
      {outcome.state === 'failed' && (
        <p className="actions">
          {outcome.error?.vendorMessage && (
            <span className="quiet">
              {texts.problem.vendorSays} <q>{outcome.error.vendorMessage}</q>
            </span>
          )}
          <button type="button" onClick={again}>
            {texts.problem.retry}
          </button>
        </p>
      )}
      {warnings.map(({ sentence }) => (
        <p key={sentence.en} className="notice pending">
          {say(sentence)}
        </p>
      ))}
      <ol className="plain-steps">
        {/* The same step may be here several times: their order tells them apart. */}
        {linesOf(steps).map((step, at) => (
          <li key={`${step.step} ${step.item ?? ''} ${String(at)}`}>
            <StepOfTry step={step} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function StepOfTry({ step }: { step: Step }) {
  const { texts, say } = useSpeech();
  const { titles, connector, state, message } = step;
  // What stands as people will read it needs no second place.
  const fields = message === null ? step.fields : step.fields.filter(({ isMessage }) => isMessage !== true);
  return (
    <>
      {say(titles)}{' '}
      <span className="quiet">
        {[connector && say(connector.titles), texts.tries[KIND[state]]].filter(Boolean).join(' · ')}
      </span>
      {message !== null && <blockquote>{message}</blockquote>}
      {fields.length > 0 && (
        <dl className="fact-grid">
          {fields.map(({ name, titles: field, value, filledIn }, at) => (
            <div key={`${name} ${String(at)}`}>
              <dt>{say(field)}</dt>
              <dd>
                {value} {filledIn && <span className="tag">{texts.tries.filledIn}</span>}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
