import type { MoneyDetail } from '../../../server/api/contract.ts';
import type { Label } from '../../../server/core/label.ts';
import { decimalOf } from '../../../server/core/money.ts';
import { sumOf } from '../../../server/core/reconciliation/sums.ts';
import type { Texts } from '../../language/english.ts';

type Words = Pick<Texts['money'], 'columns' | 'found'>;

/** What a spreadsheet would take for a formula begins with one of these. https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** One cell: quoted where it has to be, and never a formula; amounts stay amounts. RFC 4180. */
function cell(text: string): string {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const line = (cells: readonly string[]): string => cells.map(cell).join(',');

/** The days of an account, then each of its differences, as a spreadsheet reads them: amounts with a point, days as ISO 8601. */
export function csvOf(detail: MoneyDetail, { columns, found }: Words, say: (label: Label) => string): string {
  const days = detail.days.map(({ day, currency, vendor, books, differenceMinor }) => {
    const amount = (minor: number): string => decimalOf({ minor, currency });
    return line([
      day,
      currency,
      amount(vendor.payments),
      amount(vendor.refunds),
      amount(vendor.disputes),
      amount(sumOf(books)),
      amount(differenceMinor),
    ]);
  });
  const differences = detail.found.map((one) => {
    const amount = (side: typeof one.vendor): string =>
      side === null ? '' : decimalOf({ minor: side.minor, currency: one.currency });
    return line([
      say(one.words),
      found.states[one.state],
      found.kinds[one.kind],
      one.who ?? '',
      one.reference,
      one.currency,
      one.vendor?.day ?? '',
      amount(one.vendor),
      one.books?.day ?? '',
      amount(one.books),
      decimalOf({ minor: one.minor, currency: one.currency }),
      one.accepted?.note ?? '',
    ]);
  });
  return [
    line([
      columns.day,
      columns.currency,
      columns.payments,
      columns.refunds,
      columns.disputes,
      columns.books,
      columns.difference,
    ]),
    ...days,
    '',
    line([
      columns.reason,
      found.show,
      columns.movements,
      columns.who,
      columns.reference,
      columns.currency,
      columns.vendorDay,
      columns.vendor,
      columns.booksDay,
      columns.books,
      columns.difference,
      columns.note,
    ]),
    ...differences,
    '',
  ].join('\r\n');
}

/** Hands a text to the browser to be saved. It begins with a mark by which spreadsheets know its letters. */
export function saveText(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([`\ufeff${text}`], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
