import { useId, useRef } from 'react';
import { useSpeech } from '../../../language/language.tsx';
import { focusOnShown } from '../../../pieces/focus-on-shown.ts';
import { Icon } from '../../../pieces/icon.tsx';
import { ConditionRow } from './condition-row.tsx';
import {
  DEEPEST_GROUP,
  type DraftGroup,
  type DraftPart,
  type EditedField,
  isDraftGroup,
  newCondition,
  newGroup,
  numbersOf,
  placeWithin,
  withAdded,
  withJoin,
  withPart,
} from './filter-draft.ts';

interface FilterEditorProps {
  readonly fields: readonly EditedField[];
  readonly draft: DraftGroup;
  readonly disabled: boolean;
  /** What is wrong, by where it stands: `all.0.value`. */
  readonly refusals: ReadonlyMap<string, string>;
  readonly onChange: (draft: DraftGroup) => void;
}

/** Conditions of which all, or any one, must hold, and groups of them within. */
export function FilterEditor({ fields, draft, disabled, refusals, onChange }: FilterEditorProps) {
  const { texts } = useSpeech();
  const words = texts.setup.filter;
  const numbers = numbersOf(draft);
  const root = useRef<HTMLDivElement>(null);

  const add = (into: number, part: DraftPart) => {
    onChange(withAdded(draft, into, part));
    const key = isDraftGroup(part) ? (part.parts[0]?.key ?? part.key) : part.key;
    focusOnShown(() =>
      [
        ...(root.current?.querySelectorAll<HTMLElement>(`[data-part="${key}"] select:first-of-type`) ?? []),
      ].at(-1),
    );
  };
  /** What was clicked is gone: the focus goes to what adds one. */
  const remove = (key: number, within: number) => {
    onChange(withPart(draft, key, null));
    const adds = (group: number) => root.current?.querySelector<HTMLElement>(`[data-add="${group}"]`);
    focusOnShown(() => adds(within) ?? adds(draft.key));
  };

  const listOf = (group: DraftGroup, at: string, depth: number) => (
    <>
      {group.parts.length > 1 && (
        <JoinChoice
          every={group.every}
          disabled={disabled}
          onChange={(every) => onChange(withJoin(draft, group.key, every))}
        />
      )}
      <ul className="conditions">
        {group.parts.map((part, index) => {
          const place = placeWithin(at, group.every, index);
          const number = numbers.get(part.key) ?? 0;
          if (!isDraftGroup(part))
            return (
              <li key={part.key} data-part={part.key}>
                <ConditionRow
                  condition={part}
                  number={number}
                  at={place}
                  fields={fields}
                  disabled={disabled}
                  refusals={refusals}
                  onChange={(next) => onChange(withPart(draft, part.key, next))}
                  onRemove={() => remove(part.key, group.key)}
                />
              </li>
            );
          return (
            <li key={part.key}>
              <fieldset className="condition-group">
                <legend>{words.group(number)}</legend>
                {listOf(part, place, depth + 1)}
                <button
                  type="button"
                  className="link"
                  disabled={disabled}
                  onClick={() => remove(part.key, group.key)}
                >
                  <Icon name="close" /> {words.removeGroup(number)}
                </button>
              </fieldset>
            </li>
          );
        })}
      </ul>
      <p className="actions">
        <button
          type="button"
          data-add={group.key}
          disabled={disabled}
          onClick={() => add(group.key, newCondition())}
        >
          {words.add}
        </button>
        {group.parts.length > 0 && depth < DEEPEST_GROUP && (
          <button
            type="button"
            className="link"
            disabled={disabled}
            onClick={() => add(group.key, newGroup(!group.every, [newCondition()]))}
          >
            {words.addGroup}
          </button>
        )}
      </p>
    </>
  );
  return (
    <div ref={root} className="filter-editor">
      {listOf(draft, '', 1)}
      {refusals.has('') && (
        <p className="wrong" role="alert">
          {refusals.get('')}
        </p>
      )}
    </div>
  );
}

interface JoinChoiceProps {
  readonly every: boolean;
  readonly disabled: boolean;
  readonly onChange: (every: boolean) => void;
}

function JoinChoice({ every, disabled, onChange }: JoinChoiceProps) {
  const { texts } = useSpeech();
  const words = texts.setup.filter;
  const id = useId();
  return (
    <p className="join">
      <label className="unseen" htmlFor={id}>
        {words.join}
      </label>
      <select
        id={id}
        disabled={disabled}
        value={every ? 'all' : 'any'}
        onChange={(event) => onChange(event.target.value === 'all')}
      >
        <option value="all">{words.all}</option>
        <option value="any">{words.any}</option>
      </select>
    </p>
  );
}
