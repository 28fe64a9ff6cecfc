import { useSpeech } from '../../language/language.tsx';
import { CopyButton } from '../../pieces/copy-button.tsx';
import { readableBody } from './readable-body.ts';

/** What was sent or answered, laid out for reading. Long bodies start folded. */
export function BodyView({ title, body }: { title: string; body: string }) {
  const { texts } = useSpeech();
  if (body === '') {
    return (
      <p className="quiet body-empty">
        {title} <span>({texts.step.empty})</span>
      </p>
    );
  }
  const { kind, text } = readableBody(body);
  return (
    <details className="body" open={text.length < 2_000}>
      <summary>
        {title} <span className="quiet">{texts.step.kinds[kind]}</span>
      </summary>
      <CopyButton text={body} what={title} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="text" tabIndex={0} aria-label={title}>
        <pre>{text}</pre>
      </section>
    </details>
  );
}
