import { useQuery } from '@tanstack/react-query';
import { useSpeech } from '../../language/language.tsx';
import { wholeShelf } from './shelf-queries.ts';

/** How much is set aside, beside the name of the screen that shows it; nothing while there is nothing. */
export function ShelfCount() {
  const { texts, formats } = useSpeech();
  const { data } = useQuery(wholeShelf());
  if (!data || data.total === 0) return null;
  return (
    <>
      {' '}
      <span className="count" aria-hidden="true">
        {formats.number(data.total)}
      </span>
      <span className="unseen">({texts.alerts.shelf.badge(data.total)})</span>
    </>
  );
}
