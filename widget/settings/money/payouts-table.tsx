import { useId } from 'react';
import type { MoneyDetail } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Scrolled } from './scrolled.tsx';

/** Each payout with what it consists of, in the account's currency. */
export function PayoutsTable({ detail, name }: { detail: MoneyDetail; name: string }) {
  const { texts, formats } = useSpeech();
  const { payouts: words, columns } = texts.money;
  const id = useId();
  const caption = words.caption(name);
  return (
    <section aria-labelledby={id}>
      <header className="part-head">
        <h3 id={id}>{words.title}</h3>
      </header>
      {detail.payouts.length === 0 ? (
        <p className="quiet">{words.none}</p>
      ) : (
        <Scrolled label={caption}>
          <table className="sums">
            <caption className="unseen">{caption}</caption>
            <thead>
              <tr>
                <th scope="col">{columns.day}</th>
                <th scope="col">{columns.net}</th>
                <th scope="col">{columns.payments}</th>
                <th scope="col">{columns.refunds}</th>
                <th scope="col">{columns.disputes}</th>
                <th scope="col">{columns.fees}</th>
                <th scope="col">{columns.difference}</th>
              </tr>
            </thead>
            <tbody>
              {detail.payouts.map((payout) => {
                const amount = (minor: number): string => formats.money({ minor, currency: payout.currency });
                const isApart = payout.unexplainedMinor !== 0 || payout.differences > 0;
                return (
                  <tr key={payout.id} data-payout={payout.id}>
                    <th scope="row">
                      {formats.day(payout.at)}
                      {payout.arrivesOn !== null && (
                        <span className="quiet noted">
                          {columns.arrives} {formats.date(payout.arrivesOn)}
                        </span>
                      )}
                    </th>
                    <td>{amount(payout.minor)}</td>
                    <td>{amount(payout.paymentsMinor)}</td>
                    <td>{amount(payout.refundsMinor)}</td>
                    <td>{amount(payout.disputesMinor)}</td>
                    <td>{amount(-payout.feesMinor)}</td>
                    <td className={isApart ? 'apart words' : 'words'}>
                      {payout.isByHand
                        ? words.byHand
                        : payout.unexplainedMinor === 0
                          ? words.adds
                          : words.unexplained(amount(payout.unexplainedMinor))}{' '}
                      {payout.differences > 0 && words.differences(payout.differences)}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </Scrolled>
      )}
    </section>
  );
}
