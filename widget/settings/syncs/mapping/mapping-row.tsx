import type { Side } from '../../../../server/core/sync/mapping.ts';
import { sharedKind } from '../../../../server/core/sync/shared-kind.ts';
import { useSpeech } from '../../../language/language.tsx';
import { Icon } from '../../../pieces/icon.tsx';
import { FieldChoice, type OfferedField } from './field-choice.tsx';
import type { DraftRow } from './mapping-draft.ts';

interface MappingRowProps {
  readonly row: DraftRow;
  readonly left: readonly OfferedField[];
  readonly right: readonly OfferedField[];
  readonly sideName: (side: Side) => string;
  readonly disabled: boolean;
  /** What the server did not take of this row: by `left`, `right`, `direction`. */
  readonly refusals: ReadonlyMap<string, string>;
  readonly onChange: (row: DraftRow) => void;
  readonly onRemove: () => void;
}

const DIRECTIONS = ['both', 'to-right', 'to-left'] as const;
const BLANKS = ['clear', 'leave', 'ask'] as const;

/** One row: two fields, which way, who wins, what a blank does. */
export function MappingRow(props: MappingRowProps) {
  const { texts, say } = useSpeech();
  const { row, left, right, sideName, disabled, refusals, onChange } = props;
  const words = texts.syncs.mapping;
  const chosen = {
    left: left.find(({ id }) => id === row.left),
    right: right.find(({ id }) => id === row.right),
  };
  const names = [chosen.left, chosen.right].map((field) => (field ? say(field.titles) : ''));
  const name = names.filter(Boolean).join(' · ') || words.chooseField;
  const set = (changed: Partial<DraftRow>) => onChange({ ...row, ...changed });
  // Of the right side only what the left field's values fit into, and what is chosen already.
  const fitting = right.filter(
    (field) =>
      field.id === row.right ||
      chosen.left === undefined ||
      DIRECTIONS.some((direction) => sharedKind(chosen.left?.kind ?? 'text', field.kind, direction) !== null),
  );
  // What both count by themselves goes one way.
  const counted = chosen.left?.kind === 'stock' && chosen.right?.kind === 'stock';
  const cannot = (direction: DraftRow['direction']): boolean =>
    (counted && direction === 'both') ||
    (chosen.right?.readOnly === true && direction !== 'to-left') ||
    (chosen.left?.readOnly === true && direction !== 'to-right');
  const directionWords = {
    both: words.both,
    'to-right': words.toRight(sideName('right')),
    'to-left': words.toLeft(sideName('left')),
  };
  const consent = chosen.left?.kind === 'consent' || chosen.right?.kind === 'consent';
  return (
    <fieldset className="mapping-row" aria-label={words.rowOf(name)}>
      <FieldChoice
        label={words.field(sideName('left'))}
        fields={left}
        value={row.left}
        disabled={disabled}
        refused={refusals.has('left')}
        onChange={(id) => set({ left: id })}
      />
      <select
        aria-label={words.direction}
        value={row.direction}
        disabled={disabled}
        aria-invalid={refusals.has('direction')}
        onChange={(event) => {
          const direction = event.target.value as DraftRow['direction'];
          set({
            direction,
            ...(direction !== 'both' && { master: direction === 'to-right' ? 'left' : 'right' }),
          });
        }}
      >
        {DIRECTIONS.map((direction) => (
          <option key={direction} value={direction} disabled={cannot(direction)}>
            {directionWords[direction]}
          </option>
        ))}
      </select>
      <FieldChoice
        label={words.field(sideName('right'))}
        fields={fitting}
        value={row.right}
        disabled={disabled}
        refused={refusals.has('right')}
        onChange={(id) => set({ right: id })}
      />
      <label className="mapping-master">
        <span>{words.master}</span>
        <select
          value={row.master}
          disabled={disabled || row.direction !== 'both' || consent}
          onChange={(event) => set({ master: event.target.value as Side })}
        >
          {(['left', 'right'] as const).map((side) => (
            <option key={side} value={side}>
              {sideName(side)}
            </option>
          ))}
        </select>
      </label>
      <label className="mapping-blank">
        <span>{words.blank}</span>
        <select
          value={row.blank}
          disabled={disabled || consent}
          onChange={(event) => set({ blank: event.target.value as DraftRow['blank'] })}
        >
          {BLANKS.map((blank) => (
            <option key={blank} value={blank}>
              {words.blanks[blank]}
            </option>
          ))}
        </select>
      </label>
      {!disabled && (
        <button
          type="button"
          className="icon-button"
          aria-label={words.removeNamed(name)}
          title={words.remove}
          onClick={props.onRemove}
        >
          <Icon name="close" />
        </button>
      )}
      {consent && <p className="quiet mapping-note">{words.consent}</p>}
      {[...refusals.values()].map((why) => (
        <p key={why} className="wrong mapping-note" role="alert">
          {why}
        </p>
      ))}
    </fieldset>
  );
}
