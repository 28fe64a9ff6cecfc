import { amountText, amountWithCurrency, isCurrency } from '../../core/amount-text.ts';
import type { Writing } from '../../core/format.ts';
import type { MessagePart } from '../../core/messages.ts';
import { languageOf } from '../../core/sentence.ts';
import { partsOf } from '../../core/template.ts';
import { type FixedSign, signAfter, signBefore } from './currency-signs.ts';
import { fieldText } from './field-text.ts';

type Values = Readonly<Record<string, unknown>>;

/** `{Amount+Currency}` is the amount with the sign of the record's own currency. */
const WITH_CURRENCY = /\s*\+\s*Currency$/;

/** The field that a place is filled from. */
export const fieldOf = (place: string): string => place.replace(WITH_CURRENCY, '');

/**
 * The admin's template, filled from the record, as the parts of one message. The template itself may hold the
 * markup of where it goes; values may not. A fixed currency sign beside an amount stands only for records of that
 * currency, and beside no amount at all nothing that looks like zero.
 *
 * @param writing how numbers and times are written, and in which language words of ours are.
 * @param moneyFields API names of the module's fields that hold money.
 */
export function messageParts(
  template: string,
  record: Values,
  writing: Writing,
  moneyFields: ReadonlySet<string>,
): MessagePart[] {
  const { locale } = writing;
  const currency = currencyOf(record);
  const parts = [...partsOf(template)];
  const texts: MessagePart[] = [];
  parts.forEach((part, index) => {
    if ('text' in part) {
      texts.push({ markup: part.text });
      return;
    }
    const field = fieldOf(part.place);
    const value = record[field];
    if (!moneyFields.has(field)) {
      texts.push({ value: fieldText(value, writing) ?? '' });
      return;
    }
    const next = parts[index + 1];
    const before = texts.at(-1);
    const signs = {
      before: before !== undefined && 'markup' in before ? signBefore(before.markup) : null,
      after: next !== undefined && 'text' in next ? signAfter(next.text) : null,
    };
    const written = moneyText(value, { locale, currency, signs, withCurrency: field !== part.place });
    if (written.replacesSigns) {
      if (signs.before !== null && before !== undefined && 'markup' in before) {
        texts[texts.length - 1] = { markup: before.markup.slice(0, -signs.before.length) };
      }
      if (signs.after !== null && next !== undefined && 'text' in next) {
        parts[index + 1] = { text: next.text.slice(signs.after.length) };
      }
    }
    texts.push({ value: written.text ?? NO_AMOUNT[languageOf(writing.locale)] });
  });
  return texts;
}

interface MoneyWish {
  readonly locale: string;
  readonly currency: string | null;
  readonly signs: { readonly before: FixedSign | null; readonly after: FixedSign | null };
  readonly withCurrency: boolean;
}

/** An amount for its place; null: the record has none. Whether what stands fixed beside it has to go. */
function moneyText(
  value: unknown,
  { locale, currency, signs, withCurrency }: MoneyWish,
): { readonly text: string | null; readonly replacesSigns: boolean } {
  if (typeof value !== 'number' || !Number.isFinite(value)) return { text: null, replacesSigns: true };
  const fixed = signs.before ?? signs.after;
  const isForeign = fixed !== null && currency !== null && !fixed.currencies.includes(currency);
  if (currency !== null && (withCurrency || isForeign)) {
    return { text: amountWithCurrency(value, currency, locale), replacesSigns: true };
  }
  return { text: amountText(value, currency, locale), replacesSigns: false };
}

/**
 * The record's currency. An organisation with one currency has no field for it; its records then tell the sign,
 * which for most currencies is the code.
 */
export function currencyOf(record: Values): string | null {
  const told = [record.Currency, record.$currency_symbol].find(
    (one): one is string => typeof one === 'string' && one !== '',
  );
  if (told === undefined) return null;
  if (isCurrency(told)) return told;
  const [meant, ...others] = signAfter(told)?.currencies ?? [];
  return meant !== undefined && others.length === 0 ? meant : null;
}

const NO_AMOUNT = { en: 'no amount given', fr: 'montant non renseigné' };
