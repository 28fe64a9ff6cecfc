import { useState } from 'react';
import { ProblemNotice } from '../../widget/pieces/problem-notice.tsx';
import { ActivityCard } from '../../widget/record/activity-card.tsx';
import { CardGroup } from '../../widget/record/card-group.tsx';
import { NotConnected } from '../../widget/record/not-connected.tsx';
import { groupsOf, type RecordAddress, useActivity, useRecord } from '../../widget/record/record-queries.ts';
import { useLiveRecord } from '../../widget/record/use-live-record.ts';
import { useMailWords } from '../language/words.ts';
import { Asking } from './asking.tsx';

/** The cards of the record panel, for whoever wants them: no application is asked before. */
export function RecordCards({ record, name }: { record: RecordAddress; name: string }) {
  const words = useMailWords();
  const [isOpen, open] = useState(false);
  return (
    <details className="applications" onToggle={({ currentTarget }) => open(currentTarget.open)}>
      <summary>{words.applications(name)}</summary>
      {isOpen && <Cards record={record} />}
    </details>
  );
}

function Cards({ record }: { record: RecordAddress }) {
  const { data: page, error, refetch } = useRecord(record);
  const activity = useActivity(record);
  useLiveRecord(record);
  if (page === undefined)
    return error ? <ProblemNotice error={error} retry={() => void refetch()} /> : <Asking />;
  const groups = groupsOf(page);
  const absent = groups.filter(({ cards }) =>
    cards.every(({ state, at }) => state === 'absent' && at === null),
  );
  return (
    <div className="record-cards">
      {groups
        .filter((group) => !absent.includes(group))
        .map((group) => (
          <CardGroup
            key={group.id}
            record={record}
            {...group}
            standings={activity.data?.syncs ?? []}
            crowded
          />
        ))}
      {absent.length > 0 && <NotConnected cards={absent.flatMap(({ cards }) => cards)} />}
      <ActivityCard activity={activity.data} error={activity.error} retry={() => void activity.refetch()} />
    </div>
  );
}
