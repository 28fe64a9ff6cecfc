import type { Texts } from '../../../language/english.ts';
import { useSpeech } from '../../../language/language.tsx';
import type { Draft } from './mapping-draft.ts';

interface RhythmProps {
  readonly draft: Draft;
  readonly disabled: boolean;
  readonly onChange: (draft: Draft) => void;
}

const EVERY_SECONDS = [15, 60, 300, 900, 3_600, 86_400];
const SWEEP_HOURS = [1, 6, 24, 168];

function span(seconds: number, words: Texts['syncs']['mapping']): string {
  if (seconds === 86_400) return words.day;
  if (seconds % 3_600 === 0) return words.hours(seconds / 3_600);
  return seconds % 60 === 0 ? words.minutes(seconds / 60) : words.seconds(seconds);
}

const including = (usual: readonly number[], chosen: number): number[] =>
  [...new Set([...usual, chosen])].sort((a, b) => a - b);

/** How often a sync looks, and before how many deletions it stops. */
export function Rhythm({ draft, disabled, onChange }: RhythmProps) {
  const { texts } = useSpeech();
  const words = texts.syncs.mapping;
  const count = (text: string, most: number): number =>
    Math.min(most, Math.max(0, Math.round(Number(text) || 0)));
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
                {span(seconds, words)}
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
                {span(hours * 3_600, words)}
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
        <label className="inline">
          <span>{words.brakeRecords}</span>
          <input
            type="number"
            min={0}
            max={1_000_000}
            value={draft.brake.records}
            disabled={disabled}
            onChange={(event) =>
              onChange({ ...draft, brake: { ...draft.brake, records: count(event.target.value, 1_000_000) } })
            }
          />
        </label>
        <label className="inline">
          <span>{words.brakePercent}</span>
          <input
            type="number"
            min={0}
            max={100}
            value={draft.brake.percent}
            disabled={disabled}
            onChange={(event) =>
              onChange({ ...draft, brake: { ...draft.brake, percent: count(event.target.value, 100) } })
            }
          />
        </label>
      </fieldset>
    </>
  );
}
