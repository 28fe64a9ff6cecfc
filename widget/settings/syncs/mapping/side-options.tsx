import { useId } from 'react';
import type { SyncFields } from '../../../../server/api/contract.ts';
import { useSpeech } from '../../../language/language.tsx';

type Option = SyncFields['left']['options'][number];

interface SideOptionsProps {
  readonly title: string;
  readonly options: readonly Option[];
  readonly values: Readonly<Record<string, unknown>>;
  readonly disabled: boolean;
  readonly refusals: ReadonlyMap<string, string>;
  readonly onChange: (values: Record<string, unknown>) => void;
}

/** What an admin chooses for one side: an audience, a calendar, whether accounts are made. */
export function SideOptions(props: SideOptionsProps) {
  const { texts } = useSpeech();
  if (props.options.length === 0) return null;
  return (
    <fieldset className="setting-group">
      <legend>{texts.syncs.mapping.options(props.title)}</legend>
      {props.options.map((option) => (
        <OptionInput
          key={option.id}
          option={option}
          value={props.values[option.id] ?? option.fallback}
          disabled={props.disabled}
          refusal={props.refusals.get(option.id)}
          onChange={(value) => props.onChange({ ...props.values, [option.id]: value })}
        />
      ))}
    </fieldset>
  );
}

interface OptionInputProps {
  readonly option: Option;
  readonly value: unknown;
  readonly disabled: boolean;
  readonly refusal: string | undefined;
  readonly onChange: (value: string | boolean) => void;
}

function OptionInput({ option, value, disabled, refusal, onChange }: OptionInputProps) {
  const { texts, say } = useSpeech();
  const words = texts.syncs.mapping;
  const id = useId();
  const text = typeof value === 'string' ? value : '';
  const shared = { id, disabled, 'aria-invalid': refusal !== undefined, 'aria-describedby': `${id}-note` };
  const { choices } = option;
  const unchosen = option.kind === 'choice' && text === '';
  return (
    <div className={`setting setting-${option.kind}`}>
      <label htmlFor={id}>{say(option.titles)}</label>
      {option.kind === 'boolean' && (
        <input
          {...shared}
          type="checkbox"
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
        />
      )}
      {option.kind === 'choice' && (
        <select {...shared} value={text} onChange={(event) => onChange(event.target.value)}>
          {text === '' && <option value="">{words.chooseOption}</option>}
          {choices?.map((choice) => (
            <option key={choice.id} value={choice.id}>
              {say(choice.titles)}
            </option>
          ))}
          {text !== '' && !choices?.some((choice) => choice.id === text) && (
            <option value={text}>{text}</option>
          )}
        </select>
      )}
      {option.kind === 'text' && (
        <input
          {...shared}
          type="text"
          maxLength={200}
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      <span id={`${id}-note`} className={refusal === undefined ? 'quiet' : 'wrong'}>
        {refusal ?? (unchosen ? words.chooseFirst : option.hints && say(option.hints))}
      </span>
    </div>
  );
}
