import { useId, useState } from 'react';
import type { RecordActivity } from '../../server/api/contract.ts';
import { useSpeech } from '../language/language.tsx';
import { Icon, type IconName } from '../pieces/icon.tsx';
import { ProblemNotice } from '../pieces/problem-notice.tsx';
import { DateView } from './value.tsx';

interface ActivityCardProps {
  readonly activity: RecordActivity | undefined;
  readonly error: unknown;
  readonly retry: () => void;
}

type Entry = RecordActivity['entries'][number];

const ICONS: Readonly<Record<Entry['state'], IconName>> = {
  done: 'done',
  failed: 'failed',
  waiting: 'waiting',
  undone: 'skipped',
};

const FIRST_ENTRIES = 10;

/** What Liaison did for the record, in sentences. */
export function ActivityCard({ activity, error, retry }: ActivityCardProps) {
  const { texts, formats } = useSpeech();
  const title = useId();
  const [all, setAll] = useState(false);
  const entries = activity?.entries ?? [];
  return (
    <article className="record-card activity" aria-labelledby={title} data-group="activity">
      <header>
        <h2 id={title}>{texts.record.activity}</h2>
      </header>
      {activity === undefined && error ? <ProblemNotice error={error} retry={retry} /> : null}
      {activity?.entries.length === 0 && (
        <p className="quiet">
          {texts.record.noActivity} {texts.record.noActivityHint}
        </p>
      )}
      {activity !== undefined && activity.entries.length > 0 && (
        <ol className="entries">
          {entries.slice(0, all ? undefined : FIRST_ENTRIES).map((entry) => (
            <EntryView key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      {!all && entries.length > FIRST_ENTRIES && (
        <button type="button" className="small" onClick={() => setAll(true)}>
          {texts.record.showAll(formats.number(entries.length))}
        </button>
      )}
    </article>
  );
}

function EntryView({ entry }: { entry: Entry }) {
  const { say, texts } = useSpeech();
  return (
    <li className={`entry entry-${entry.state}`}>
      <Icon name={ICONS[entry.state]} />
      <p>
        {entry.state !== 'done' && <strong>{texts.record.states[entry.state]}. </strong>}
        {say(entry.sentence)}
        <span className="entry-by quiet">
          <DateView at={entry.at} clock /> · {say(entry.titles)}
          {entry.by !== null && ` · ${texts.record.byPerson(entry.by)}`}
        </span>
      </p>
    </li>
  );
}
