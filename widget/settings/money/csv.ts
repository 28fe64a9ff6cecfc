import type { MoneyDetail } from '../../../server/api/contract.ts';
import type { Label } from '../../../server/core/label.ts';
import { decimalOf } from '../../../server/core/money.ts';
import { sumOf } from '../../../server/core/reconciliation/sums.ts';
import type { Texts } from '../../language/english.ts';

type Words = Pick<Texts['money'], 'columns' | 'found' | 'fees' | 'totalOf'>;

/** What a spreadsheet would take for a formula begins with one of these. https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** One cell: quoted where it has to be, and never a formula; amounts stay amounts. RFC 4180. */
function cell(text: string): string {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const line = (cells: readonly string[]): string => cells.map(cell).join(',');

/** What was kept, by the day. */
function feeRows({ fees }: MoneyDetail, { columns, fees: words, totalOf }: Words): string[] {
  if (fees.length === 0) return [];
  const { day, currency, books, difference } = columns;
  return [
    line([totalOf.fees]),
    line([day, currency, words.gross, columns.fees, books, difference]),
    ...fees.map((one) => {
      const amount = (minor: number): string => decimalOf({ minor, currency: one.currency });
      const { grossMinor, feeMinor, booksMinor, differenceMinor } = one;
      return line([
        one.day,
        one.currency,
        ...[grossMinor, feeMinor, booksMinor, differenceMinor].map(amount),
      ]);
    }),
    '',
  ];
}

interface PaidOut {
  readonly day: string;
  readonly currency: string;
  readonly minor: number;
  readonly vendorMinor: number;
  readonly booksMinor: number;
  /** Whether any of it is to stand in the books. */
  readonly isBooked: boolean;
}

/** What went to the bank, by the day on which it is there: below zero for what left the account. */
function payoutRows({ payouts }: MoneyDetail, { columns, totalOf }: Words): string[] {
  const sums = new Map<string, PaidOut>();
  for (const { arrivesOn, at, currency, minor, transfer } of payouts) {
    const day = arrivesOn ?? at.slice(0, 10);
    const before = sums.get(`${day} ${currency}`) ?? {
      ...{ day, currency, minor: 0, vendorMinor: 0, booksMinor: 0, isBooked: false },
    };
    sums.set(`${day} ${currency}`, {
      ...before,
      minor: before.minor + minor,
      vendorMinor: before.vendorMinor + (transfer?.vendorMinor ?? 0),
      booksMinor: before.booksMinor + (transfer?.booksMinor ?? 0),
      isBooked: before.isBooked || transfer !== null,
    });
  }
  if (sums.size === 0) return [];
  const { arrives, currency, net, vendor, books, difference } = columns;
  return [
    line([totalOf.payouts]),
    line([arrives, currency, net, vendor, books, difference]),
    ...[...sums.values()].map((one) => {
      const amount = (minor: number): string => decimalOf({ minor, currency: one.currency });
      const { minor, vendorMinor, booksMinor, isBooked } = one;
      const booked = [vendorMinor, booksMinor, vendorMinor - booksMinor].map((sum) =>
        isBooked ? amount(sum) : '',
      );
      return line([one.day, one.currency, amount(minor), ...booked]);
    }),
    '',
  ];
}

/**
 * The days of an account, its fees and its payouts by the day, then each of its differences, as a spreadsheet reads them: amounts
 * with a point, days as ISO 8601.
 */
export function csvOf(detail: MoneyDetail, words: Words, say: (label: Label) => string): string {
  const { columns, found } = words;
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
    ...feeRows(detail, words),
    ...payoutRows(detail, words),
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
