import { useQuery } from '@tanstack/react-query';
import { type RefObject, useId, useState } from 'react';
import { useSpeech } from '../../language/language.tsx';
import { focusOnShown } from '../../pieces/focus-on-shown.ts';
import { settingOffers } from './flow-queries.ts';

interface FieldInserterProps {
  readonly flow: string;
  readonly name: string;
  readonly form: Readonly<Record<string, unknown>>;
  readonly area: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** Puts fields into a text by the names that people know them by, where the cursor stands. */
export function FieldInserter({ flow, name, form, area, text, onChange }: FieldInserterProps) {
  const { texts, say } = useSpeech();
  const words = texts.setup.insert;
  const id = useId();
  const [chosen, setChosen] = useState('');
  const { data } = useQuery(settingOffers(flow, name, form));
  const offers = data?.offers ?? [];
  if (data?.problem) return <span className="quiet">{say(data.problem.sentence)}</span>;
  if (offers.length === 0) return null;
  function put() {
    const from = area.current?.selectionStart ?? text.length;
    const to = area.current?.selectionEnd ?? text.length;
    onChange(`${text.slice(0, from)}${chosen}${text.slice(to)}`);
    focusOnShown(() => area.current);
    area.current?.setSelectionRange(from + chosen.length, from + chosen.length);
  }
  return (
    <div className="actions inserter">
      <label htmlFor={id}>{words.field}</label>
      <select id={id} value={chosen} onChange={(event) => setChosen(event.target.value)}>
        <option value="">{words.choose}</option>
        {offers.map(({ value, title, titles }) => (
          <option key={value} value={value}>
            {titles ? say(titles) : title}
          </option>
        ))}
      </select>
      <button type="button" disabled={chosen === ''} onClick={put}>
        {words.put}
      </button>
    </div>
  );
}
