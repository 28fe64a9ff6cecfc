import type { MoneyDetail } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { SumsTable } from './sums-table.tsx';

/** Each payout with what it consists of, in the account's currency. */
export function PayoutsTable({ detail, name }: { detail: MoneyDetail; name: string }) {
  const { texts, say, formats } = useSpeech();
  const { payouts: words, columns } = texts.money;
  const isBooked = detail.payouts.some(({ transfer }) => transfer !== null);
  return (
    <SumsTable
      title={words.title}
      caption={words.caption(name)}
      none={words.none}
      columns={[
        columns.day,
        columns.net,
        columns.payments,
        columns.refunds,
        columns.disputes,
        columns.fees,
        ...(isBooked ? [say(detail.books.titles)] : []),
        columns.difference,
      ]}
      rows={detail.payouts.map((payout) => {
        const amount = (minor: number): string => formats.money({ minor, currency: payout.currency });
        const isApart =
          payout.unexplainedMinor !== 0 || payout.differences > 0 || (payout.transfer?.differences ?? 0) > 0;
        const { state } = payout;
        return (
          <tr key={payout.id} data-payout={payout.id}>
            <th scope="row">
              {formats.day(payout.at)}
              {payout.arrivesOn !== null && (
                <span className="quiet noted">
                  {columns.arrives} {formats.date(payout.arrivesOn)}
                </span>
              )}
              {state !== null && state !== 'paid' && (
                <span className="quiet noted">{words.states[state]}</span>
              )}
            </th>
            <td>{amount(payout.minor)}</td>
            <td>{amount(payout.paymentsMinor)}</td>
            <td>{amount(payout.refundsMinor)}</td>
            <td>{amount(payout.disputesMinor)}</td>
            <td>{amount(-payout.feesMinor)}</td>
            {isBooked && (
              <td>
                {payout.transfer === null ? (
                  <span className="quiet">{words.notBooked}</span>
                ) : (
                  amount(-payout.transfer.booksMinor)
                )}
              </td>
            )}
            <td className={isApart ? 'apart words' : 'words'}>
              {payout.isByHand
                ? words.byHand
                : payout.unexplainedMinor === 0
                  ? words.adds
                  : words.unexplained(amount(payout.unexplainedMinor))}{' '}
              {payout.transfer !== null &&
                payout.transfer.differences > 0 &&
                words.transferDiffers(amount(payout.transfer.vendorMinor - payout.transfer.booksMinor))}{' '}
              {payout.differences > 0 && words.differences(payout.differences)}
            </td>
          </tr>
        );
      })}
      note={detail.payouts.length > 0 && !isBooked && <p className="quiet">{words.noneBooked}</p>}
    />
  );
}
