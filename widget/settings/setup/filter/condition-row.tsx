import { useId } from 'react';
import type { Operator } from '../../../../server/core/filter/filter.ts';
import { useSpeech } from '../../../language/language.tsx';
import { Icon } from '../../../pieces/icon.tsx';
import {
  type DraftCondition,
  type EditedField,
  takesValue,
  withField,
  withOperator,
} from './filter-draft.ts';
import { ValueInput } from './value-input.tsx';

interface ConditionRowProps {
  readonly condition: DraftCondition;
  /** From 1, in the order in which people read. */
  readonly number: number;
  /** Where it stands: `all.0`. */
  readonly at: string;
  readonly fields: readonly EditedField[];
  readonly disabled: boolean;
  readonly refusals: ReadonlyMap<string, string>;
  readonly onChange: (condition: DraftCondition) => void;
  readonly onRemove: () => void;
}

/** One condition: a field, how it is compared, with what; errors next to what they are of. */
export function ConditionRow(props: ConditionRowProps) {
  const { condition, number, at, fields, disabled, refusals, onChange, onRemove } = props;
  const { texts, say, language } = useSpeech();
  const words = texts.setup.filter;
  const id = useId();
  const field = fields.find(({ name }) => name === condition.field);
  const sorted = [...fields].sort((one, other) => say(one.titles).localeCompare(say(other.titles), language));
  // Of a list the refusals stand at its values.
  const told = [...refusals].filter(([place]) => place === at || place.startsWith(`${at}.`));
  const refusedAt = (part: string) => told.some(([place]) => place.startsWith(`${at}.${part}`));
  const isDated = field?.kind === 'date' || field?.kind === 'moment';
  const operatorText = (is: Operator): string =>
    isDated && (is === 'at-least' || is === 'at-most') ? words.onDay[is] : words.operator[is];
  return (
    <div className="condition">
      <div className="condition-parts">
        <select
          aria-label={words.field(number)}
          aria-invalid={refusedAt('field')}
          aria-describedby={`${id}-told`}
          disabled={disabled}
          value={condition.field}
          onChange={(event) => {
            const chosen = fields.find(({ name }) => name === event.target.value);
            if (chosen !== undefined) onChange(withField(condition, chosen));
          }}
        >
          {condition.field === '' && <option value="">{words.chooseField}</option>}
          {condition.field !== '' && field === undefined && (
            <option value={condition.field}>{words.gone(condition.field)}</option>
          )}
          {sorted.map(({ name, titles }) => (
            <option key={name} value={name}>
              {say(titles)}
            </option>
          ))}
        </select>
        {field !== undefined && (
          <select
            aria-label={words.is(number)}
            aria-invalid={refusedAt('is')}
            disabled={disabled}
            value={condition.is}
            onChange={(event) => onChange(withOperator(condition, event.target.value as Operator))}
          >
            {field.is.map((is) => (
              <option key={is} value={is}>
                {operatorText(is)}
              </option>
            ))}
          </select>
        )}
        {field !== undefined && takesValue(condition.is) && (
          <ValueInput
            field={field}
            fields={fields}
            several={condition.is === 'in'}
            number={number}
            value={condition.value}
            disabled={disabled}
            refused={refusedAt('value')}
            describedBy={`${id}-told`}
            onChange={(value) => onChange({ ...condition, value })}
          />
        )}
        <button
          type="button"
          className="link"
          aria-label={words.remove(number)}
          disabled={disabled}
          onClick={onRemove}
        >
          <Icon name="close" />
        </button>
      </div>
      <span id={`${id}-told`} className="wrong" role="alert">
        {[...new Set(told.map(([, text]) => text))].join(' ')}
      </span>
    </div>
  );
}
