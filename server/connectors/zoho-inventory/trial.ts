import type { HeldWrite, StandIns, TrialDeclaration } from '../../core/held-write.ts';
import { LINE_LENGTHS } from '../families/zoho/finance-lines.ts';

type Body = Readonly<Record<string, unknown>>;
const bodyOf = ({ body }: HeldWrite): Body => (body ?? {}) as Body;

const orderFields = {
  customer_id: { en: 'Customer', fr: 'Client' },
  salesorder_number: { en: 'Number', fr: 'Numéro' },
  reference_number: { en: 'Reference', fr: 'Référence' },
  date: { en: 'Date', fr: 'Date' },
  notes: { en: 'Notes', fr: 'Notes' },
  'line_items.item_id': { en: 'Item (by its id)', fr: 'Article (par son identifiant)' },
  'line_items.name': { en: 'Line', fr: 'Ligne' },
  'line_items.description': { en: 'Description', fr: 'Description' },
  'line_items.rate': { en: 'Amount', fr: 'Montant' },
  'line_items.quantity': { en: 'Quantity', fr: 'Quantité' },
  'line_items.tax_id': { en: 'Tax (by its id)', fr: 'Taxe (par son identifiant)' },
  is_inclusive_tax: { en: 'Prices include the tax', fr: 'Prix taxe comprise' },
  adjustment: { en: 'Adjustment', fr: 'Ajustement' },
  adjustment_description: { en: 'Reason of the adjustment', fr: 'Motif de l’ajustement' },
};

const longest = {
  'line_items.name': LINE_LENGTHS.name,
  'line_items.description': LINE_LENGTHS.description,
};

function orderAnswer(write: HeldWrite, id: string, { make }: StandIns) {
  const { line_items: lines = [], adjustment = 0, ...said } = bodyOf(write);
  const held = lines as { rate: number; quantity: number; item_id?: string }[];
  const total = Number(
    held.reduce((all, { rate, quantity }) => all + rate * quantity, Number(adjustment)).toFixed(3),
  );
  const salesorder = {
    ...said,
    salesorder_id: id,
    status: 'draft',
    total,
    line_items: held.map(({ item_id, quantity }) => ({
      line_item_id: make({ en: 'line of the sales order', fr: 'ligne de la commande client' }),
      ...(item_id === undefined ? {} : { item_id }),
      quantity,
      quantity_invoiced: 0,
    })),
    invoices: [],
  };
  return { code: 0, message: '', salesorder };
}

/** What Inventory would answer to what is entered: https://www.zoho.com/inventory/api/v1/ */
export const trial: TrialDeclaration = {
  writes: [
    {
      call: /^POST \/inventory\/v1\/salesorders$/,
      fields: orderFields,
      longest,
      answer(write, standIns) {
        const id = standIns.make({ en: 'sales order', fr: 'commande client' });
        const body = orderAnswer(write, id, standIns);
        return { body, reads: { [`/inventory/v1/salesorders/${id}`]: body } };
      },
    },
    {
      call: /^PUT \/inventory\/v1\/salesorders\/[^/]+$/,
      fields: orderFields,
      longest,
      answer: (write, standIns) => ({
        body: orderAnswer(write, write.url.pathname.split('/').at(-1) ?? '', standIns),
      }),
    },
    {
      call: /^POST \/inventory\/v1\/salesorders\/[^/]+\/status\/(confirmed|void)$/,
      answer: () => ({ body: { code: 0, message: '' } }),
    },
    {
      call: /^POST \/inventory\/v1\/inventoryadjustments$/,
      fields: {
        date: { en: 'Date', fr: 'Date' },
        reason: { en: 'Reason', fr: 'Motif' },
        reference_number: { en: 'Reference', fr: 'Référence' },
        adjustment_type: { en: 'Kind', fr: 'Type' },
        'line_items.item_id': { en: 'Item (by its id)', fr: 'Article (par son identifiant)' },
        'line_items.quantity_adjusted': { en: 'Moved by', fr: 'Mouvement' },
      },
      answer(write, { make }) {
        const id = make({ en: 'stock adjustment', fr: 'ajustement de stock' });
        const inventory_adjustment = { ...bodyOf(write), inventory_adjustment_id: id };
        return { body: { code: 0, message: '', inventory_adjustment } };
      },
    },
  ],
};
