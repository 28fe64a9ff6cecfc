import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useId, useState } from 'react';
import { useSpeech } from '../../language/language.tsx';
import { flowPreview } from './flow-queries.ts';

interface FlowPreviewProps {
  readonly flow: string;
  readonly form: Readonly<Record<string, unknown>>;
}

/** How long nobody types before what they typed is shown. */
const PAUSE_MS = 500;

/** What the flow would send under the form as it stands, with what is worth knowing of it. */
export function FlowPreview({ flow, form }: FlowPreviewProps) {
  const { texts, say } = useSpeech();
  const words = texts.flows.preview;
  const id = useId();
  const typed = JSON.stringify(form);
  const [asked, setAsked] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const { data, error } = useQuery({
    ...flowPreview(flow, JSON.parse(asked) as Record<string, unknown>),
    placeholderData: keepPreviousData,
  });
  const shown = error ? null : data?.preview;
  return (
    <section className="message-preview" aria-labelledby={id}>
      <h3 id={id}>{shown ? say(shown.title) : words.title}</h3>
      {shown && <blockquote>{shown.text}</blockquote>}
      {shown && <p className="quiet">{say(shown.basis)}</p>}
      {shown?.warnings.map((warning) => (
        <p key={warning.en} className="notice pending">
          {say(warning)}
        </p>
      ))}
      {shown === undefined && <p className="quiet">{words.making}</p>}
      {shown === null && (
        <p className="quiet">
          {words.none} {data?.problem && say(data.problem.sentence)}
        </p>
      )}
    </section>
  );
}
