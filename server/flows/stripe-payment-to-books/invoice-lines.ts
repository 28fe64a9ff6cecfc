import { stripe } from '../../connectors/stripe/connector.ts';
import { type InvoiceDocument, invoiceDocumentFrom, type Payment } from '../../connectors/stripe/shapes.ts';
import { zohoBooks } from '../../connectors/zoho-books/connector.ts';
import type { NewInvoice } from '../../connectors/zoho-books/invoices.ts';
import type { BooksTax } from '../../connectors/zoho-books/organisations.ts';
import { decimalOf } from '../../core/money.ts';
import { type DocumentLine, documentLines } from '../../core/order/document-lines.ts';
import { withKnownRates } from '../../core/order/known-rates.ts';
import { languageOf, type Sentence } from '../../core/sentence.ts';
import type { Context } from './steps.ts';
import { bookingTexts } from './texts.ts';

/** An invoice of Stripe that a payment paid wholly, and the taxes of Books to write it with. */
export interface PaidDocument {
  readonly document: InvoiceDocument;
  readonly taxes: readonly BooksTax[];
}

/**
 * The invoice of Stripe that a payment paid, where its lines are wished in Books; null: there is none, or it was paid in
 * parts, so that each payment is a document of its own without lines.
 */
export async function paidDocument(context: Context, payment: Payment): Promise<PaidDocument | null> {
  const { client, read, settings } = context;
  if (!settings.lines) return null;
  const document = await read('stripeInvoice', () => documentOf(context, payment));
  if (document === null) return null;
  const isTaxed = document.lines.some(({ taxMinor }) => taxMinor !== 0);
  const taxes = isTaxed ? await read('taxes', () => client(zohoBooks).taxes()) : [];
  return { document, taxes };
}

async function documentOf({ client }: Context, payment: Payment): Promise<InvoiceDocument | null> {
  const calls = client(stripe);
  const { identity, invoiceId, amountMinor, currency } = payment;
  const id = invoiceId ?? (identity.startsWith('pi_') ? await calls.invoiceOfIntent(identity) : null);
  const invoice = id === null ? null : await calls.wholeInvoice(id);
  // Of a part that is paid first, all that was paid so far is that part.
  if (invoice === null || invoice.amount_remaining !== 0 || invoice.amount_paid !== amountMinor) return null;
  const document = invoiceDocumentFrom(invoice);
  return document?.currency === currency ? document : null;
}

/** The lines of the invoice in Books, whose sum is what was paid. */
export function linesOf(
  { organisation: { locale } }: Pick<Context, 'organisation'>,
  { document, taxes }: PaidDocument,
  paidMinor: number,
): Pick<NewInvoice, 'lines' | 'adjustment' | 'notes'> {
  const { currency, number } = document;
  const percents = taxes.map(({ percent }) => percent);
  const known = withKnownRates(document.lines, percents);
  const { lines, roundingMinor } = documentLines({ lines: known, totalMinor: paidMinor }, (percent) =>
    percents.includes(percent),
  );
  const amount = (minor: number): string => decimalOf({ minor, currency });
  const spoken = (sentence: Sentence): string => sentence[languageOf(locale)];
  return {
    lines: lines.map((line) => {
      const tax = taxes.find(({ percent }) => percent === line.taxPercent);
      return {
        name: nameOf(line, locale),
        rate: amount(line.unitMinor),
        quantity: line.quantity,
        ...(line.taxPercent === null || tax === undefined ? {} : { taxId: tax.id }),
      };
    }),
    ...(roundingMinor === 0
      ? {}
      : { adjustment: { amount: amount(roundingMinor), text: spoken({ en: 'Rounding', fr: 'Arrondi' }) } }),
    ...(number === null
      ? {}
      : { notes: spoken({ en: `Stripe invoice ${number}.`, fr: `Facture Stripe ${number}.` }) }),
  };
}

const USUAL: Readonly<Partial<Record<DocumentLine['kind'], Sentence>>> = {
  shipping: { en: 'Shipping', fr: 'Livraison' },
  tax: { en: 'Tax', fr: 'Taxe' },
  rest: { en: 'Customer’s balance at Stripe', fr: 'Solde du client chez Stripe' },
};

function nameOf({ kind, name }: DocumentLine, locale: string): string {
  const usual = USUAL[kind]?.[languageOf(locale)] ?? bookingTexts(locale).invoiceLine(null);
  return name === '' || kind === 'tax' ? usual : name;
}
