import type { OverviewItem } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { hrefOf } from '../address.ts';

/** What it did since the organisation's day began: every count that is not zero. */
export function TodayLine({ item: { id, kind, today } }: { item: OverviewItem }) {
  const { texts, formats } = useSpeech();
  const words = texts.list;
  const counted: readonly [number, (count: number, text: string) => string][] =
    kind === 'sync'
      ? [
          [today.written, words.written],
          [today.refused, words.refused],
        ]
      : [
          [today.done, words.done],
          [today.open, words.open],
          [today.shelved, words.failed],
          [today.skipped, words.skipped],
        ];
  const parts = counted
    .filter(([count]) => count > 0)
    .map(([count, say]) => say(count, formats.number(count)));
  return (
    <p className="quiet today">
      {words.today}{' '}
      {parts.length === 0 ? words.nothing : <a href={hrefOfWork(id, kind)}>{parts.join(', ')}</a>}
    </p>
  );
}

const hrefOfWork = (id: string, kind: OverviewItem['kind']): string =>
  kind === 'sync' ? hrefOf('syncs', { sync: id, tab: 'history' }) : hrefOf('log', { integration: id });
