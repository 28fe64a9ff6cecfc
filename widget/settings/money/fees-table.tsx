import type { MoneyDetail } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { SumsTable } from './sums-table.tsx';

/** What the vendor keeps, day by day, in the account's currency. */
export function FeesTable({ detail, name }: { detail: MoneyDetail; name: string }) {
  const { texts, say, formats } = useSpeech();
  const { fees: words, columns } = texts.money;
  if (detail.fees.length === 0) return null;
  const isBooked = detail.fees.some(
    ({ feeMinor, unbookedMinor, booksMinor }) => feeMinor !== unbookedMinor || booksMinor !== 0,
  );
  const notes = [
    ...(isBooked ? [] : [words.noneBooked]),
    ...(detail.feesUnread === 0 ? [] : [words.unread(detail.feesUnread)]),
  ];
  return (
    <SumsTable
      title={words.title}
      caption={words.caption(name)}
      columns={[
        columns.day,
        words.gross,
        columns.fees,
        ...(isBooked ? [say(detail.books.titles), columns.difference] : []),
      ]}
      rows={detail.fees.map((fee) => {
        const { day, currency, grossMinor, feeMinor, booksMinor, unbookedMinor } = fee;
        const amount = (minor: number): string => formats.money({ minor, currency });
        return (
          <tr key={`${day} ${currency}`} data-fees={day}>
            <th scope="row">{formats.date(day)}</th>
            <td>{amount(grossMinor)}</td>
            <td>
              {amount(-feeMinor)}
              {isBooked && unbookedMinor !== 0 && (
                <span className="quiet noted">{words.unbooked(amount(-unbookedMinor))}</span>
              )}
            </td>
            {isBooked && <td>{amount(-booksMinor)}</td>}
            {isBooked && (
              <td className={fee.differences > 0 ? 'apart' : ''}>{amount(fee.differenceMinor)}</td>
            )}
          </tr>
        );
      })}
      note={notes.length > 0 && <p className="quiet">{notes.join(' ')}</p>}
    />
  );
}
