import { useState } from 'react';
import type { MoneyDetail } from '../../../server/api/contract.ts';
import { sumOf } from '../../../server/core/reconciliation/sums.ts';
import { useSpeech } from '../../language/language.tsx';
import { SumsTable } from './sums-table.tsx';

type Day = MoneyDetail['days'][number];

/** What both say, day by day and currency by currency. */
export function DaysTable({ detail, name }: { detail: MoneyDetail; name: string }) {
  const { texts, say, formats } = useSpeech();
  const { table: words, columns } = texts.money;
  const [only, setOnly] = useState(false);
  const days = detail.days.filter(({ differences }) => !only || differences > 0);
  const isNoted = detail.days.some(({ notedMinor }) => notedMinor !== 0);
  return (
    <SumsTable
      title={words.title}
      caption={words.caption(name)}
      none={words.none}
      columns={[
        columns.day,
        columns.currency,
        columns.payments,
        columns.refunds,
        columns.disputes,
        say(detail.books.titles),
        columns.difference,
      ]}
      rows={days.map((day) => (
        <DayRow key={`${day.day} ${day.currency}`} day={day} money={formats.money} date={formats.date} />
      ))}
      tools={
        <label className="check">
          <input type="checkbox" checked={only} onChange={(event) => setOnly(event.target.checked)} />{' '}
          {words.only}
        </label>
      }
      note={isNoted && <p className="quiet">{words.notedHint}</p>}
    />
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
