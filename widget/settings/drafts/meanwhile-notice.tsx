import { useSpeech } from '../../language/language.tsx';
import { Icon } from '../../pieces/icon.tsx';

interface MeanwhileNoticeProps {
  readonly told: readonly string[];
  readonly contested: readonly string[];
  /** What people call a part. */
  readonly titleOf: (name: string) => string;
  /** What stands in this form, and what is saved by now. */
  readonly mine: (name: string) => string;
  readonly saved: (name: string) => string;
  readonly choose: (name: string, whose: 'mine' | 'theirs') => void;
}

/** What was saved elsewhere while this form was open: told, and where both changed it a choice. */
export function MeanwhileNotice(props: MeanwhileNoticeProps) {
  const { texts } = useSpeech();
  const words = texts.drafts;
  const { told, contested, titleOf, mine, saved, choose } = props;
  if (told.length === 0 && contested.length === 0) return null;
  return (
    <section className="notice pending meanwhile" role="alert" aria-label={words.title}>
      <Icon name="waiting" />
      <div>
        <strong>{words.title}</strong>
        {told.length > 0 && <p>{words.told}</p>}
        {told.length > 0 && (
          <ul>
            {told.map((name) => (
              <li key={name}>
                {titleOf(name)} <q>{saved(name)}</q>
              </li>
            ))}
          </ul>
        )}
        {contested.length > 0 && <p>{words.contested}</p>}
        {contested.map((name) => (
          <fieldset key={name} className="contested" aria-label={titleOf(name)}>
            <p>
              <strong>{titleOf(name)}</strong>
            </p>
            <dl className="both">
              {(['mine', 'theirs'] as const).map((whose) => (
                <div key={whose}>
                  <dt>{words[whose]}</dt>
                  <dd>{whose === 'mine' ? mine(name) : saved(name)}</dd>
                  <dd>
                    <button
                      type="button"
                      className="small"
                      aria-label={`${words.keep[whose]} – ${titleOf(name)}`}
                      onClick={() => choose(name, whose)}
                    >
                      {words.keep[whose]}
                    </button>
                  </dd>
                </div>
              ))}
            </dl>
          </fieldset>
        ))}
      </div>
    </section>
  );
}
