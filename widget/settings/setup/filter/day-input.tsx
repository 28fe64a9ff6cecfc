import { useSpeech } from '../../../language/language.tsx';
import type { ValueInputProps } from './value-input.tsx';

type Way = 'day' | 'today' | 'ago' | 'ahead' | 'moment';

const IS_DAY = /^\d{4}-\d{2}-\d{2}$/;

const daysOf = (value: unknown): number | null => {
  const { today } = Object(value) as { today?: unknown };
  return typeof today === 'number' ? today : null;
};

function wayOf(value: unknown): Way {
  const days = daysOf(value);
  if (days !== null) return days < 0 ? 'ago' : days > 0 ? 'ahead' : 'today';
  if (value === 'today') return 'today';
  return typeof value === 'string' && value !== '' && !IS_DAY.test(value) ? 'moment' : 'day';
}

const MOST_DAYS = 36_500;

/** A day of the calendar, or one that moves on with today. */
export function DayInput({ number, value, disabled, refused, describedBy, onChange }: ValueInputProps) {
  const { texts, formats } = useSpeech();
  const words = texts.setup.filter;
  const way = wayOf(value);
  const shared = { disabled, 'aria-invalid': refused, 'aria-describedby': describedBy };
  const days = Math.abs(daysOf(value) ?? 0);
  const choose = (next: string) => {
    if (next === 'today') onChange({ today: 0 });
    else if (next === 'ago') onChange({ today: -(days || 30) });
    else if (next === 'ahead') onChange({ today: days || 30 });
    else onChange(undefined);
  };
  return (
    <span className="value-day">
      {(way === 'ago' || way === 'ahead') && (
        <input
          {...shared}
          type="number"
          aria-label={words.days(number)}
          min={1}
          max={MOST_DAYS}
          value={days}
          onChange={(event) => {
            const typed = Math.min(MOST_DAYS, Math.max(1, Math.round(event.target.valueAsNumber)));
            if (Number.isFinite(typed)) onChange({ today: way === 'ago' ? -typed : typed });
          }}
        />
      )}
      <select
        aria-label={words.when(number)}
        disabled={disabled}
        value={way}
        onChange={(event) => choose(event.target.value)}
      >
        {(['day', 'today', 'ago', 'ahead'] as const).map((one) => (
          <option key={one} value={one}>
            {words[one]}
          </option>
        ))}
        {way === 'moment' && <option value="moment">{words.moment}</option>}
      </select>
      {way === 'day' && (
        <input
          {...shared}
          type="date"
          aria-label={words.value(number)}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
        />
      )}
      {way === 'moment' && <span className="quiet">{formats.full(String(value))}</span>}
    </span>
  );
}
