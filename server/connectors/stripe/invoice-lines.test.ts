import { invoiceDocumentFrom } from './invoice-lines.ts';

const list = (data: object[], has_more = false) => ({ object: 'list', data, has_more });
const invoice = (members: object) => ({
  object: 'invoice',
  id: 'in_1',
  number: 'A-1',
  currency: 'eur',
  total: 100,
  ...members,
});

describe('the lines of an invoice', () => {
  it('are what is left after discounts, with their taxes, included or on top', () => {
    const read = invoiceDocumentFrom(
      invoice({
        total: 10_800,
        lines: list([
          {
            amount: 10_000,
            description: '2 × Siège',
            quantity: 2,
            discount_amounts: [{ amount: 2_000, discount: 'di_1' }],
            taxes: [{ amount: 1_600, tax_behavior: 'exclusive' }],
          },
          {
            amount: 1_200,
            description: 'Option',
            quantity: 1,
            discount_amounts: [],
            taxes: [{ amount: 200, tax_behavior: 'inclusive' }],
          },
        ]),
      }),
    );
    expect(
      read?.lines.map(({ name, quantity, netMinor, taxMinor }) => [name, quantity, netMinor, taxMinor]),
    ).toEqual([
      ['2 × Siège', '2', 8_000, 1_600],
      ['Option', '1', 1_000, 200],
    ]);
  });

  it('are read in the shape of versions before 2025 as well, with prorations below zero and shipping', () => {
    const read = invoiceDocumentFrom(
      invoice({
        shipping_cost: { amount_subtotal: 500, amount_total: 600 },
        lines: list([
          {
            amount: -1_000,
            description: 'Temps non utilisé',
            quantity: 1,
            tax_amounts: [{ amount: -200, inclusive: false }],
          },
        ]),
      }),
    );
    expect(read?.lines.map(({ kind, netMinor, taxMinor }) => [kind, netMinor, taxMinor])).toEqual([
      ['product', -1_000, -200],
      ['shipping', 500, 100],
    ]);
  });

  it('are none where they are not all there, or none at all', () => {
    expect(invoiceDocumentFrom(invoice({ lines: list([], true) }))).toBeNull();
    expect(invoiceDocumentFrom(invoice({}))).toBeNull();
    expect(invoiceDocumentFrom({ object: 'charge' })).toBeNull();
    expect(invoiceDocumentFrom(invoice({ lines: list([{ amount: 0.5 }]) }))).toBeNull();
  });
});
