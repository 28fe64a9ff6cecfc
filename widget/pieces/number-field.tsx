import { useId, useState } from 'react';
import { useSpeech } from '../language/language.tsx';
import { unfitNumber } from './unfit-number.ts';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly disabled: boolean;
  /** What the server said of it. */
  readonly refusal?: string | undefined;
  /** NaN for a text that is no number: such a value is shown as wrong, and is not to be saved. */
  readonly onChange: (value: number) => void;
}

/** A whole number within bounds: one outside is told of beside the field and stays as it was typed. */
export function NumberField({ label, value, min, max, disabled, refusal, onChange }: NumberFieldProps) {
  const { texts } = useSpeech();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed !== null && Object.is(numberOf(typed), value) ? typed : String(value);
  const wrong = unfitNumber({ step: 1, min, max }, value, texts) ?? refusal;
  return (
    <label className="inline">
      <span>{label}</span>
      <input
        type="text"
        inputMode="numeric"
        value={text}
        disabled={disabled}
        aria-invalid={wrong !== undefined}
        aria-describedby={`${id}-wrong`}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(numberOf(event.target.value));
        }}
      />
      <span id={`${id}-wrong`} className="wrong" role="alert">
        {wrong}
      </span>
    </label>
  );
}

const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
