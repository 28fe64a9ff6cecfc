import { composeMessage, type MessagePart } from '../../connectors/slack/compose.ts';
import { amountText, amountWithCurrency, isCurrency } from '../../core/amount-text.ts';
import { partsOf } from '../../core/template.ts';
import { type FixedSign, signAfter, signBefore } from './currency-signs.ts';
import { fieldText, type Writing } from './field-text.ts';

export interface MessageFacts {
  /** API names of the module's fields that hold money. */
  readonly moneyFields?: ReadonlySet<string>;
  /** Address of the deal in the CRM, for who wants to read what was too long; null: not known. */
  readonly address?: string | null;
}

type Deal = Readonly<Record<string, unknown>>;

/** What every organisation's deals have of money. */
export const STANDARD_MONEY: ReadonlySet<string> = new Set(['Amount', 'Expected_Revenue']);

/** `{Amount+Currency}` is the amount with the sign of the deal's own currency. */
const WITH_CURRENCY = /\s*\+\s*Currency$/;

/** The field that a place is filled from. */
export const fieldOf = (place: string): string => place.replace(WITH_CURRENCY, '');

/**
 * The admin's template, filled from the deal, as one message. The template itself may hold Slack's markup;
 * values may not. A fixed currency sign beside an amount stands only for deals of that currency, and beside no
 * amount at all nothing that looks like zero.
 *
 * @param writing how numbers and times are written, and in which language words of ours are.
 */
export function dealText(
  template: string,
  deal: Deal,
  writing: Writing,
  { moneyFields = STANDARD_MONEY, address = null }: MessageFacts = {},
): string {
  const { locale } = writing;
  const language = locale.toLowerCase().startsWith('fr') ? 'fr' : 'en';
  const currency = currencyOf(deal);
  const parts = [...partsOf(template)];
  const texts: MessagePart[] = [];
  parts.forEach((part, index) => {
    if ('text' in part) {
      texts.push({ markup: part.text });
      return;
    }
    const field = fieldOf(part.place);
    const value = deal[field];
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
    texts.push({ value: written.text ?? NO_AMOUNT[language] });
  });
  return composeMessage(texts, wholeText(address, language));
}

interface MoneyWish {
  readonly locale: string;
  readonly currency: string | null;
  readonly signs: { readonly before: FixedSign | null; readonly after: FixedSign | null };
  readonly withCurrency: boolean;
}

/** An amount for its place; null: the deal has none. Whether what stands fixed beside it has to go. */
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
 * The deal's currency. An organisation with one currency has no field for it; its records then tell the sign,
 * which for most currencies is the code.
 */
export function currencyOf(deal: Deal): string | null {
  const told = [deal.Currency, deal.$currency_symbol].find(
    (one): one is string => typeof one === 'string' && one !== '',
  );
  if (told === undefined) return null;
  if (isCurrency(told)) return told;
  const [meant, ...others] = signAfter(told)?.currencies ?? [];
  return meant !== undefined && others.length === 0 ? meant : null;
}

const NO_AMOUNT = { en: 'no amount given', fr: 'montant non renseigné' };

function wholeText(address: string | null, language: 'en' | 'fr'): string {
  const words = {
    en: 'The whole text is in the deal in Zoho CRM',
    fr: 'Le texte entier est dans l’affaire, dans Zoho CRM',
  }[language];
  return address === null ? `_${words}._` : `<${address}|${words}>`;
}
