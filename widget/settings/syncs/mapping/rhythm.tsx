import { useId } from 'react';
import type { Texts } from '../../../language/english.ts';
import { useSpeech } from '../../../language/language.tsx';
import { fitsBrake, MOST_PERCENT, MOST_RECORDS } from './hindrance.ts';
import type { Draft } from './mapping-draft.ts';

interface RhythmProps {
  readonly draft: Draft;
  readonly disabled: boolean;
  readonly onChange: (draft: Draft) => void;
}

const EVERY_SECONDS = [15, 60, 300, 900, 3_600, 86_400];
const SWEEP_HOURS = [1, 6, 24, 168];

/** “every 15 minutes”, “once a week”. */
export function spanText(seconds: number, words: Texts['syncs']['mapping']): string {
  if (seconds === 86_400) return words.day;
  if (seconds === 604_800) return words.week;
  if (seconds % 86_400 === 0) return words.days(seconds / 86_400);
  if (seconds % 3_600 === 0) return words.hours(seconds / 3_600);
  return seconds % 60 === 0 ? words.minutes(seconds / 60) : words.seconds(seconds);
}

const including = (usual: readonly number[], chosen: number): number[] =>
  [...new Set([...usual, chosen])].sort((a, b) => a - b);

/** How often a sync looks, and before how many deletions it stops. */
export function Rhythm({ draft, disabled, onChange }: RhythmProps) {
  const { texts } = useSpeech();
  const words = texts.syncs.mapping;
  return (
    <>
      <fieldset className="setting-group">
        <legend>{words.rhythm}</legend>
        <label className="inline">
          <span>{words.every}</span>
          <select
            value={draft.everySeconds}
            disabled={disabled}
            onChange={(event) => onChange({ ...draft, everySeconds: Number(event.target.value) })}
          >
            {including(EVERY_SECONDS, draft.everySeconds).map((seconds) => (
              <option key={seconds} value={seconds}>
                {spanText(seconds, words)}
              </option>
            ))}
          </select>
        </label>
        <p className="quiet">{words.everyHint}</p>
        <label className="inline">
          <span>{words.sweep}</span>
          <select
            value={draft.sweepHours}
            disabled={disabled}
            onChange={(event) => onChange({ ...draft, sweepHours: Number(event.target.value) })}
          >
            {including(SWEEP_HOURS, draft.sweepHours).map((hours) => (
              <option key={hours} value={hours}>
                {spanText(hours * 3_600, words)}
              </option>
            ))}
          </select>
        </label>
      </fieldset>
      <fieldset className="setting-group">
        <legend>{words.brake}</legend>
        <p className="quiet">
          {words.brakeHint} {words.brakeBoth}
        </p>
        <BrakeNumber
          name={words.brakeRecords}
          most={MOST_RECORDS}
          value={draft.brake.records}
          disabled={disabled}
          onChange={(records) => onChange({ ...draft, brake: { ...draft.brake, records } })}
        />
        <BrakeNumber
          name={words.brakePercent}
          most={MOST_PERCENT}
          value={draft.brake.percent}
          disabled={disabled}
          onChange={(percent) => onChange({ ...draft, brake: { ...draft.brake, percent } })}
        />
      </fieldset>
    </>
  );
}

interface BrakeNumberProps {
  readonly name: string;
  readonly most: number;
  readonly value: number;
  readonly disabled: boolean;
  readonly onChange: (value: number) => void;
}

/** A number as it is typed: what cannot be is said beside it, never made into something else. */
function BrakeNumber({ name, most, value, disabled, onChange }: BrakeNumberProps) {
  const { texts, formats } = useSpeech();
  const id = useId();
  const isWrong = !fitsBrake(value, most);
  return (
    <>
      <label className="inline">
        <span>{name}</span>
        <input
          type="number"
          min={0}
          max={most}
          step={1}
          value={Number.isNaN(value) ? '' : value}
          disabled={disabled}
          aria-invalid={isWrong}
          aria-describedby={id}
          onChange={(event) => onChange(event.target.valueAsNumber)}
        />
      </label>
      <p id={id} className="wrong" role="alert" hidden={!isWrong}>
        {isWrong && texts.syncs.mapping.brakeRange(formats.number(most))}
      </p>
    </>
  );
}
