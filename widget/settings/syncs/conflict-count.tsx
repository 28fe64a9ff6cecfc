import { useQuery } from '@tanstack/react-query';
import { useSpeech } from '../../language/language.tsx';
import { syncList } from './sync-queries.ts';

/** How many records wait for a person's decision, beside the name of the screen that asks for it; nothing while none does. */
export function ConflictCount() {
  const { texts, formats } = useSpeech();
  const { data } = useQuery(syncList());
  const total = data?.syncs.reduce((sum, { counts }) => sum + counts.conflicts, 0) ?? 0;
  if (total === 0) return null;
  return (
    <>
      {' '}
      <span className="count" aria-hidden="true">
        {formats.number(total)}
      </span>
      <span className="unseen">({texts.syncs.conflicts.badge(total)})</span>
    </>
  );
}
