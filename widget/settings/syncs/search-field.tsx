import { useEffect, useId, useRef, useState } from 'react';
import { useSpeech } from '../../language/language.tsx';

const TYPING_MS = 300;

interface SearchFieldProps {
  /** What is searched for now. */
  readonly value: string;
  /** What can be typed. */
  readonly hint: string;
  readonly choose: (typed: string) => void;
}

/** A search over a list: asked for once the typing pauses. */
export function SearchField({ value, hint, choose }: SearchFieldProps) {
  const { texts } = useSpeech();
  const id = useId();
  const [typed, setTyped] = useState(value);
  const [shown, setShown] = useState(value);
  const latest = useRef(choose);
  latest.current = choose;
  if (value !== shown) {
    // The address changed from elsewhere (back, clear).
    setShown(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => latest.current(typed.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, value]);
  return (
    <search className="filters">
      <label htmlFor={id}>
        <span>{texts.syncs.records.search}</span>
        <input
          id={id}
          type="search"
          value={typed}
          maxLength={200}
          placeholder={hint}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
    </search>
  );
}
