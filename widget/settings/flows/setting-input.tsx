import { useId, useRef } from 'react';
import { ColumnsTable } from './columns-table.tsx';
import { FieldInserter } from './field-inserter.tsx';
import type { SettingField } from './setting-fields.ts';
import { SettingPicker } from './setting-picker.tsx';

interface SettingInputProps {
  readonly field: SettingField;
  readonly value: unknown;
  readonly refusal: string | undefined;
  readonly disabled: boolean;
  readonly onChange: (value: unknown) => void;
  /** The form is open. */
  readonly shown: boolean;
  readonly flow: string;
  /** The form's other values. */
  readonly form: Readonly<Record<string, unknown>>;
  /** Set where a vendor has something to choose from. */
  readonly offered?: { readonly flow: string; readonly form: Readonly<Record<string, unknown>> } | undefined;
}

export function SettingInput(props: SettingInputProps) {
  const { field, value, refusal, disabled, onChange, offered, shown, flow, form } = props;
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const { kind } = field;
  const shared = {
    id,
    disabled,
    required: field.required,
    placeholder: field.empty ?? undefined,
    'aria-describedby': `${id}-hint ${id}-refusal`,
    'aria-invalid': refusal !== undefined,
  };
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const isPicked = offered !== undefined && kind.type === 'text' && !kind.long;
  return (
    <div className={`setting setting-${kind.type}`}>
      {isPicked ||
        (kind.type === 'columns' ? (
          <span className="setting-title">{field.title}</span>
        ) : (
          <label htmlFor={id}>{field.title}</label>
        ))}
      {isPicked && (
        <SettingPicker
          {...offered}
          name={field.name}
          title={field.title}
          placeholder={field.empty}
          value={text}
          shown={shown}
          disabled={disabled}
          refused={refusal !== undefined}
          describedBy={shared['aria-describedby']}
          onChange={onChange}
        />
      )}
      {kind.type === 'text' && kind.long && (
        <textarea
          {...shared}
          ref={area}
          rows={Math.min(12, Math.max(3, text.split('\n').length))}
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {kind.type === 'text' && kind.long && offered !== undefined && shown && !disabled && (
        <FieldInserter {...offered} name={field.name} area={area} text={text} onChange={onChange} />
      )}
      {kind.type === 'text' && !kind.long && !isPicked && (
        <input {...shared} type="text" value={text} onChange={(event) => onChange(event.target.value)} />
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
            <option key={choice} value={choice}>
              {kind.titles[choice] ?? choice}
            </option>
          ))}
        </select>
      )}
      {kind.type === 'columns' && (
        <ColumnsTable
          of={kind.of}
          flow={flow}
          source={kind.source}
          name={field.name}
          title={field.title}
          value={value}
          form={form}
          shown={shown}
          disabled={disabled}
          refused={refusal !== undefined}
          describedBy={shared['aria-describedby']}
          onChange={onChange}
        />
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
