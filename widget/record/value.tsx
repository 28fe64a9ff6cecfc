import type { RecordCard } from '../../server/api/contract.ts';
import { useSpeech } from '../language/language.tsx';

export type Section = NonNullable<RecordCard['data']>['sections'][number];
export type Row = Section['rows'][number];
export type Value = Row['values'][number];

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** One typed value, as people of the locale write it. */
export function ValueView({ value }: { value: Value }) {
  const { say, formats } = useSpeech();
  switch (value.kind) {
    case 'text':
      return <span className="value-text">{value.text}</span>;
    case 'words':
      return <span className="value-text">{say(value.words)}</span>;
    case 'money':
      return <span className="value-money">{formats.money(value)}</span>;
    case 'state':
      return <span className={`badge tone-${value.tone}`}>{say(value.words)}</span>;
    case 'date':
      return (
        <span className="value-date">
          {value.says && `${say(value.says)} `}
          <DateView at={value.at} clock={value.clock === true} />
        </span>
      );
  }
}

/** The day; the hour too where it matters, or where it was today. */
export function DateView({ at, clock = false }: { at: string; clock?: boolean }) {
  const { formats } = useSpeech();
  if (DAY.test(at)) return <time dateTime={at}>{formats.date(at)}</time>;
  const isToday = formats.day(at) === formats.day(new Date().toISOString());
  const text = isToday ? formats.hour(at) : clock ? formats.dayAndHour(at) : formats.day(at);
  return (
    <time
      dateTime={at}
      onPointerEnter={({ currentTarget }) => {
        // Only where somebody looks for it: writing it out takes a while.
        currentTarget.title ||= formats.full(at);
      }}
    >
      {text}
    </time>
  );
}
