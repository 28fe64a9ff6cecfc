import { useId } from 'react';
import type { SettingField } from './setting-fields.ts';

interface SettingInputProps {
  readonly field: SettingField;
  readonly value: unknown;
  readonly refusal: string | undefined;
  readonly disabled: boolean;
  readonly onChange: (value: unknown) => void;
}

export function SettingInput({ field, value, refusal, disabled, onChange }: SettingInputProps) {
  const id = useId();
  const { kind } = field;
  const shared = {
    id,
    disabled,
    required: field.required,
    'aria-describedby': `${id}-hint ${id}-refusal`,
    'aria-invalid': refusal !== undefined,
  };
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return (
    <div className={`setting setting-${kind.type}`}>
      <label htmlFor={id}>{field.title}</label>
      {kind.type === 'text' && kind.long && (
        <textarea
          {...shared}
          rows={3}
          maxLength={kind.maxLength}
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {kind.type === 'text' && !kind.long && (
        <input
          {...shared}
          type="text"
          maxLength={kind.maxLength}
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {kind.type === 'number' && (
        <input
          {...shared}
          type="number"
          required
          step={kind.step}
          min={kind.min}
          max={kind.max}
          value={text}
          onChange={(event) => onChange(event.target.value === '' ? '' : event.target.valueAsNumber)}
        />
      )}
      {kind.type === 'boolean' && (
        <input
          {...shared}
          type="checkbox"
          required={false}
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
        />
      )}
      {kind.type === 'choice' && (
        <select {...shared} value={text} onChange={(event) => onChange(event.target.value)}>
          {kind.choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      )}
      {kind.type === 'other' && <code id={id}>{JSON.stringify(value)}</code>}
      <span id={`${id}-hint`} className="quiet">
        {field.hint}
      </span>
      <span id={`${id}-refusal`} className="wrong" role="alert">
        {refusal}
      </span>
    </div>
  );
}
