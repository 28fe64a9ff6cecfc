import { useId } from 'react';
import type { MoneyDetail } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Scrolled } from './scrolled.tsx';

/** What the vendor keeps, day by day, in the account's currency. */
export function FeesTable({ detail, name }: { detail: MoneyDetail; name: string }) {
  const { texts, formats } = useSpeech();
  const { fees: words, columns } = texts.money;
  const id = useId();
  if (detail.fees.length === 0) return null;
  const caption = words.caption(name);
  return (
    <section aria-labelledby={id}>
      <header className="part-head">
        <h3 id={id}>{words.title}</h3>
      </header>
      <Scrolled label={caption}>
        <table className="sums">
          <caption className="unseen">{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{columns.day}</th>
              <th scope="col">{words.gross}</th>
              <th scope="col">{columns.fees}</th>
            </tr>
          </thead>
          <tbody>
            {detail.fees.map(({ day, currency, grossMinor, feeMinor }) => (
              <tr key={`${day} ${currency}`}>
                <th scope="row">{formats.date(day)}</th>
                <td>{formats.money({ minor: grossMinor, currency })}</td>
                <td>{formats.money({ minor: -feeMinor, currency })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
    </section>
  );
}
