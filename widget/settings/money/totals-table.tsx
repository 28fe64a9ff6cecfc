import type { MoneyAccountView } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Scrolled } from './scrolled.tsx';

/** What both sides say, by currency. */
export function TotalsTable({ account, name }: { account: MoneyAccountView; name: string }) {
  const { texts, say, formats } = useSpeech();
  const words = texts.money;
  if (account.totals.length === 0) return null;
  const caption = words.totals(name);
  return (
    <Scrolled label={caption}>
      <table className="sums">
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.columns.currency}</th>
            <th scope="col">{say(account.connector.titles)}</th>
            <th scope="col">{say(account.books.titles)}</th>
            <th scope="col">{words.columns.difference}</th>
          </tr>
        </thead>
        <tbody>
          {account.totals.map(({ of, currency, vendorMinor, booksMinor, differenceMinor, open }) => (
            <tr key={`${of} ${currency}`}>
              <th scope="row">{of === 'movements' ? currency : `${words.totalOf[of]} ${currency}`}</th>
              <td>{formats.money({ minor: vendorMinor, currency })}</td>
              <td>{formats.money({ minor: booksMinor, currency })}</td>
              <td
                className={open > 0 ? 'apart' : ''}
                data-difference={of === 'movements' ? currency : `${of} ${currency}`}
              >
                {formats.money({ minor: differenceMinor, currency })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}
