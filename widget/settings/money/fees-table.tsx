import type { MoneyDetail } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { SumsTable } from './sums-table.tsx';

/** What the vendor keeps, day by day, in the account's currency. */
export function FeesTable({ detail, name }: { detail: MoneyDetail; name: string }) {
  const { texts, formats } = useSpeech();
  const { fees: words, columns } = texts.money;
  if (detail.fees.length === 0) return null;
  return (
    <SumsTable
      title={words.title}
      caption={words.caption(name)}
      columns={[columns.day, words.gross, columns.fees]}
      rows={detail.fees.map(({ day, currency, grossMinor, feeMinor }) => (
        <tr key={`${day} ${currency}`}>
          <th scope="row">{formats.date(day)}</th>
          <td>{formats.money({ minor: grossMinor, currency })}</td>
          <td>{formats.money({ minor: -feeMinor, currency })}</td>
        </tr>
      ))}
    />
  );
}
