import { namedInvoice } from './named-invoice.ts';

describe('the invoice that a payment names', () => {
  it.each([
    [{ invoice: 'INV-000123' }],
    [{ invoice_number: ' INV-000123 ' }],
    [{ 'Invoice No': 'INV-000123' }],
    [{ Facture: 'INV-000123' }],
    [{ 'facture n°': 'INV-000123' }],
    [{ zoho_books_invoice_number: 'INV-000123' }],
  ])('stands in its metadata: %o', (metadata) => {
    expect(namedInvoice(metadata as never, 'Règlement de FA-9 du 12/11/2026')).toEqual({
      told: 'INV-000123',
      none: false,
      words: [],
    });
  });

  it('is none where somebody said so', () => {
    expect(namedInvoice({ invoice_number: 'none' }, 'INV-000123')).toEqual({
      told: null,
      none: true,
      words: [],
    });
    expect(namedInvoice({ facture: 'Aucune' }, null)).toMatchObject({ none: true });
  });

  it('may be a word of its description, and is no date, amount or id of Stripe', () => {
    const words = (text: string) => namedInvoice({ order_id: '12' }, text).words;
    expect(words('Payment for Invoice INV-000123')).toEqual(['INV-000123']);
    expect(words('Facture n° 2026/0042, le 12/11/2026 : 120,00 €')).toEqual(['2026/0042']);
    expect(words('pi_3Nabc in_1X 120.00 2026-11-23 v2')).toEqual(['v2']);
    expect(words('A1 A2 A3 A4 A1')).toEqual(['A1', 'A2', 'A3']);
    expect(words('Abonnement mensuel')).toEqual([]);
    expect(words('')).toEqual([]);
  });
});
