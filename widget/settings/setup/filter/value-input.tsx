import { useId } from 'react';
import { useSpeech } from '../../../language/language.tsx';
import { useMe } from '../../me.tsx';
import { DayInput } from './day-input.tsx';
import type { EditedField } from './filter-draft.ts';

export interface ValueInputProps {
  readonly field: EditedField;
  /** All that there are: of a module with currencies they say which. */
  readonly fields: readonly EditedField[];
  readonly several: boolean;
  readonly number: number;
  readonly value: unknown;
  readonly disabled: boolean;
  readonly refused: boolean;
  readonly describedBy: string;
  readonly onChange: (value: unknown) => void;
}

const numberIn = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text));

/** What a field is compared with, asked for by its kind. */
export function ValueInput(props: ValueInputProps) {
  const { field, several } = props;
  if (field.choices !== null) return several ? <SeveralChoices {...props} /> : <OneChoice {...props} />;
  if (several) return <Lines {...props} />;
  switch (field.kind) {
    case 'boolean':
      return <YesOrNo {...props} />;
    case 'number':
      return <NumberInput {...props} />;
    case 'money':
      return <MoneyInput {...props} />;
    case 'date':
    case 'moment':
      return <DayInput {...props} />;
    default:
      return <TextInput {...props} />;
  }
}

function useShared({ number, disabled, refused, describedBy }: ValueInputProps) {
  const { texts } = useSpeech();
  return {
    'aria-label': texts.setup.filter.value(number),
    'aria-invalid': refused,
    'aria-describedby': describedBy,
    disabled,
  };
}

function OneChoice(props: ValueInputProps) {
  const { field, value, onChange } = props;
  const { texts } = useSpeech();
  const words = texts.setup.filter;
  const text = typeof value === 'string' ? value : '';
  const choices = field.choices ?? [];
  return (
    <select {...useShared(props)} value={text} onChange={(event) => onChange(event.target.value)}>
      {text === '' && <option value="">{words.chooseValue}</option>}
      {text !== '' && !choices.some((choice) => choice.value === text) && (
        <option value={text}>{text}</option>
      )}
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.title}
        </option>
      ))}
    </select>
  );
}

function SeveralChoices(props: ValueInputProps) {
  const { field, number, value, disabled, onChange } = props;
  const { texts } = useSpeech();
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const known = field.choices ?? [];
  const gone = chosen.filter((one) => !known.some((choice) => choice.value === one));
  return (
    <fieldset className="several-choices" aria-describedby={props.describedBy}>
      <legend className="unseen">{texts.setup.filter.value(number)}</legend>
      {[...known, ...gone.map((one) => ({ value: one, title: one }))].map((choice) => (
        <label key={choice.value}>
          <input
            type="checkbox"
            disabled={disabled}
            checked={chosen.includes(choice.value)}
            onChange={({ target }) =>
              onChange(
                target.checked ? [...chosen, choice.value] : chosen.filter((one) => one !== choice.value),
              )
            }
          />{' '}
          {choice.title}
        </label>
      ))}
    </fieldset>
  );
}

/** Several values that nobody can list: one on each line. */
function Lines(props: ValueInputProps) {
  const { field, value, onChange } = props;
  const { texts } = useSpeech();
  const id = useId();
  const isNumber = field.kind === 'number' || field.kind === 'money';
  const lines = Array.isArray(value) ? value.map((one) => String(one ?? '')) : [];
  const shared = useShared(props);
  return (
    <span className="value-lines">
      <textarea
        {...shared}
        aria-describedby={`${id} ${shared['aria-describedby']}`}
        rows={Math.min(6, Math.max(2, lines.length + 1))}
        value={lines.join('\n')}
        onChange={(event) => {
          const typed = event.target.value === '' ? [] : event.target.value.split('\n');
          onChange(
            isNumber ? typed.map((one) => (/^\s*-?\d+([.]\d+)?\s*$/.test(one) ? Number(one) : one)) : typed,
          );
        }}
        onBlur={() =>
          onChange((Array.isArray(value) ? value : []).filter((one) => String(one).trim() !== ''))
        }
      />
      <span id={id} className="quiet">
        {texts.setup.filter.lines}
      </span>
    </span>
  );
}

function YesOrNo(props: ValueInputProps) {
  const { value, onChange } = props;
  const { texts } = useSpeech();
  const words = texts.setup.filter;
  return (
    <select
      {...useShared(props)}
      value={value === false ? 'no' : 'yes'}
      onChange={(event) => onChange(event.target.value === 'yes')}
    >
      <option value="yes">{words.yes}</option>
      <option value="no">{words.no}</option>
    </select>
  );
}

function NumberInput(props: ValueInputProps) {
  const { value, onChange } = props;
  return (
    <input
      {...useShared(props)}
      type="number"
      step="any"
      value={typeof value === 'number' && Number.isFinite(value) ? value : ''}
      onChange={(event) => onChange(numberIn(event.target.value))}
    />
  );
}

interface Amount {
  readonly amount: number;
  readonly currency: string;
}

/** An amount, in the organisation's currency or in another one that the module knows. */
function MoneyInput(props: ValueInputProps) {
  const { fields, number, value, disabled, onChange } = props;
  const { texts } = useSpeech();
  const { currency: own } = useMe().organisation;
  const given = typeof value === 'object' && value !== null ? (value as Amount) : null;
  const amount = given === null ? value : given.amount;
  const currency = given?.currency ?? own;
  const known = fields.find(({ name }) => name === 'Currency')?.choices?.map((one) => one.value) ?? [];
  const currencies = [...new Set([own, ...known, currency])];
  const told = (next: number | undefined, of: string) =>
    onChange(of === own ? next : { amount: next, currency: of });
  const typed = typeof amount === 'number' && Number.isFinite(amount) ? amount : undefined;
  return (
    <span className="value-money">
      <input
        {...useShared(props)}
        type="number"
        step="any"
        value={typed ?? ''}
        onChange={(event) => told(numberIn(event.target.value), currency)}
      />
      {currencies.length === 1 ? (
        <span className="quiet">{own}</span>
      ) : (
        <select
          aria-label={texts.setup.filter.currency(number)}
          disabled={disabled}
          value={currency}
          onChange={(event) => told(typed, event.target.value)}
        >
          {currencies.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      )}
    </span>
  );
}

function TextInput(props: ValueInputProps) {
  const { field, value, onChange } = props;
  const { texts } = useSpeech();
  return (
    <input
      {...useShared(props)}
      type="text"
      maxLength={500}
      placeholder={field.kind === 'person' ? texts.setup.filter.person : undefined}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
