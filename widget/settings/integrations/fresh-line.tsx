import type { OverviewItem } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Moment } from '../../pieces/moment.tsx';

/** Of when what it brings up to date as a whole is. */
export function FreshLine({ item: { fresh } }: { item: OverviewItem }) {
  const { texts, say } = useSpeech();
  if (fresh === null) return null;
  return (
    <p className="quiet fresh">
      {texts.list.asOf} <Moment instant={fresh.at} />
      {texts.list.asOfColon} {say(fresh.summary)}
    </p>
  );
}
