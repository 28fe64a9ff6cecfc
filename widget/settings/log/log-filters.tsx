import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useState } from 'react';
import { useSpeech } from '../../language/language.tsx';
import { startOfDay, wallTimeOf } from '../../language/wall-time.ts';
import { integrationList } from '../flows/flow-queries.ts';
import { isFiltered, type LogChoice, PERIODS, type Period } from './log-filter.ts';

export type Choose = (changed: Partial<LogChoice>, replace?: boolean) => void;

/** How long a typed word rests before it is searched for. */
const TYPING_MS = 300;

export function LogFilters({ choice, choose }: { choice: LogChoice; choose: Choose }) {
  const { texts, say, timeZone } = useSpeech();
  const { data } = useQuery(integrationList());
  // What syncs do has a log of its own.
  const known = (data?.integrations ?? []).filter(({ kind }) => kind === 'automation');
  const choosePeriod = (period: Period) => {
    const now = Date.now();
    choose({
      period,
      from: wallTimeOf(startOfDay(now, timeZone), timeZone),
      to: wallTimeOf(now + 60_000, timeZone),
    });
  };
  return (
    <search className="filters" aria-label={texts.log.filters}>
      <RecordField value={choice.record} choose={choose} />
      <label>
        <span>{texts.log.flow}</span>
        <select value={choice.integration} onChange={(event) => choose({ integration: event.target.value })}>
          <option value="">{texts.log.anyFlow}</option>
          {known.map(({ id, titles }) => (
            <option key={id} value={id}>
              {say(titles)}
            </option>
          ))}
          {choice.integration !== '' && !known.some(({ id }) => id === choice.integration) && (
            <option>{choice.integration}</option>
          )}
        </select>
      </label>
      <label>
        <span>{texts.log.period}</span>
        <select value={choice.period} onChange={(event) => choosePeriod(event.target.value as Period)}>
          {PERIODS.map((period) => (
            <option key={period} value={period}>
              {texts.log.periods[period]}
            </option>
          ))}
        </select>
      </label>
      {choice.period === 'custom' &&
        (['from', 'to'] as const).map((bound) => (
          <label key={bound}>
            <span>{texts.log[bound]}</span>
            <input
              type="datetime-local"
              value={choice[bound]}
              onChange={(event) => choose({ [bound]: event.target.value }, true)}
            />
          </label>
        ))}
      {isFiltered(choice) && (
        <button
          type="button"
          className="link"
          onClick={() => choose({ integration: '', record: '', state: '', period: 'any' })}
        >
          {texts.log.clear}
        </button>
      )}
    </search>
  );
}

function RecordField({ value, choose }: { value: string; choose: Choose }) {
  const { texts } = useSpeech();
  const id = useId();
  const [typed, setTyped] = useState(value);
  const [shown, setShown] = useState(value);
  if (value !== shown) {
    // The address changed from elsewhere (back, clear).
    setShown(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => choose({ record: typed.trim() }, true), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, value, choose]);
  return (
    <label htmlFor={id}>
      <span>{texts.log.record}</span>
      <input
        id={id}
        type="search"
        value={typed}
        maxLength={200}
        placeholder={texts.log.recordHint}
        onChange={(event) => setTyped(event.target.value)}
      />
    </label>
  );
}
