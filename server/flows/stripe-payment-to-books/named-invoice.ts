/** What a payment says of the invoice that it pays. */
export interface NamedInvoice {
  /** A number that stands where a number of an invoice belongs. */
  readonly told: string | null;
  /** That it pays none: whoever was asked said so. */
  readonly none: boolean;
  /** What may be a number among the words of its description. */
  readonly words: readonly string[];
}

/** Members of metadata that hold the number of an invoice: `invoice`, `invoice_number`, `Facture n°`. */
const MEMBER =
  /^(?:(?:zoho|books)[\s_-]*)*(?:invoice|facture)(?:[\s_-]*(?:no|nr|n°|num|number|num[eé]ro|ref|reference))?$/i;
const NONE = /^(?:none|new|aucune?|nouvelle|-)$/i;
/** Each of them is a question to Books. */
const MOST_WORDS = 3;
const STRIPES_OWN = /^(?:in|pi|ch|py|sub|cus|re|price|prod|cs|seti|txn|po)_/;
/** A date, a month, an amount. */
const NO_NUMBER = /^(?:\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?|\d{1,3}|\d+[.,]\d{2})$/;

/** Pure: from the words of the payment alone. */
export function namedInvoice(
  metadata: Readonly<Record<string, string>>,
  description: string | null,
): NamedInvoice {
  const values = Object.entries(metadata)
    .filter(([name]) => MEMBER.test(name.trim()))
    .map(([, value]) => value.trim())
    .filter((value) => value !== '');
  const none = values.some((value) => NONE.test(value));
  const told = values.find((value) => !NONE.test(value)) ?? null;
  return { told: none ? null : told, none, words: none || told !== null ? [] : wordsOf(description ?? '') };
}

function wordsOf(description: string): string[] {
  const words = description.match(/[\p{L}\p{N}](?:[\p{L}\p{N}_/.#-]*[\p{L}\p{N}])?/gu) ?? [];
  const numbers = words.filter(
    (word) => /\d/.test(word) && word.length <= 50 && !STRIPES_OWN.test(word) && !NO_NUMBER.test(word),
  );
  return [...new Set(numbers)].slice(0, MOST_WORDS);
}
