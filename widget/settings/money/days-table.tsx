import { useId, useState } from 'react';
import type { MoneyDetail } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Scrolled } from './scrolled.tsx';

type Day = MoneyDetail['days'][number];

const sumOf = ({ payments, refunds, disputes }: Day['vendor']): number => payments + refunds + disputes;

/** What both say, day by day and currency by currency. */
export function DaysTable({ detail, name }: { detail: MoneyDetail; name: string }) {
  const { texts, say, formats } = useSpeech();
  const { table: words, columns } = texts.money;
  const [only, setOnly] = useState(false);
  const id = useId();
  const days = detail.days.filter(({ differences }) => !only || differences > 0);
  const isNoted = detail.days.some(({ notedMinor }) => notedMinor !== 0);
  const caption = words.caption(name);
  return (
    <section aria-labelledby={id}>
      <header className="part-head">
        <h3 id={id}>{words.title}</h3>
        <label className="check">
          <input type="checkbox" checked={only} onChange={(event) => setOnly(event.target.checked)} />{' '}
          {words.only}
        </label>
      </header>
      {days.length === 0 && <p className="quiet">{words.none}</p>}
      {days.length > 0 && (
        <Scrolled label={caption}>
          <table className="sums">
            <caption className="unseen">{caption}</caption>
            <thead>
              <tr>
                <th scope="col">{columns.day}</th>
                <th scope="col">{columns.currency}</th>
                <th scope="col">{columns.payments}</th>
                <th scope="col">{columns.refunds}</th>
                <th scope="col">{columns.disputes}</th>
                <th scope="col">{say(detail.books.titles)}</th>
                <th scope="col">{columns.difference}</th>
              </tr>
            </thead>
            <tbody>
              {days.map((day) => (
                <DayRow
                  key={`${day.day} ${day.currency}`}
                  day={day}
                  money={formats.money}
                  date={formats.date}
                />
              ))}
            </tbody>
          </table>
        </Scrolled>
      )}
      {isNoted && <p className="quiet">{words.notedHint}</p>}
    </section>
  );
}

function DayRow({
  day,
  money,
  date,
}: {
  day: Day;
  money: (of: { minor: number; currency: string }) => string;
  date: (day: string) => string;
}) {
  const { texts } = useSpeech();
  const { currency, vendor, books, notedMinor, differenceMinor, differences } = day;
  const amount = (minor: number): string => money({ minor, currency });
  return (
    <tr data-day={day.day}>
      <th scope="row">{date(day.day)}</th>
      <td>{currency}</td>
      <td>{amount(vendor.payments)}</td>
      <td>{amount(vendor.refunds)}</td>
      <td>{amount(vendor.disputes)}</td>
      <td>
        {amount(sumOf(books))}
        {notedMinor !== 0 && (
          <span className="quiet noted">{texts.money.table.noted(amount(notedMinor))}</span>
        )}
      </td>
      <td className={differences > 0 ? 'apart' : ''}>{amount(differenceMinor)}</td>
    </tr>
  );
}
