import type { HeldWrite, StandIns, TrialDeclaration, WriteDeclaration } from '../../core/held-write.ts';
import { LINE_LENGTHS } from '../families/zoho/finance-lines.ts';
import { LENGTHS } from './lengths.ts';

type Body = Readonly<Record<string, unknown>>;
const bodyOf = ({ body }: HeldWrite): Body => (body ?? {}) as Body;

/** The code that Books would tell of the customer's currency, of which the request names the id alone. */
async function currencyOf(write: HeldWrite, { ask }: StandIns): Promise<string | undefined> {
  const answer = (await ask(`/books/v3/settings/currencies${write.url.search}`)) as {
    currencies?: { currency_id: string; currency_code: string }[];
  };
  const wanted = bodyOf(write).currency_id;
  return answer.currencies?.find(({ currency_id: id }) => id === wanted)?.currency_code;
}

type Lines = readonly { readonly rate: number; readonly quantity: number; readonly tax_id?: string }[];

const amountOf = ({ rate, quantity }: Lines[number]): number => Number((rate * quantity).toFixed(3));

const sumOf = (lines: unknown, more = 0): number =>
  Number(((lines ?? []) as Lines).reduce((all, line) => all + amountOf(line), more).toFixed(3));

const asItems = (lines: unknown): object[] =>
  ((lines ?? []) as Lines).map((line) => ({ tax_id: line.tax_id ?? '', item_total: amountOf(line) }));

const LINES: WriteDeclaration['fields'] = {
  'line_items.item_id': { en: 'Item (by its id)', fr: 'Article (par son identifiant)' },
  'line_items.salesorder_item_id': {
    en: 'Line of the sales order (by its id)',
    fr: 'Ligne de la commande client (par son identifiant)',
  },
  'line_items.name': { en: 'Line', fr: 'Ligne' },
  'line_items.description': { en: 'Description', fr: 'Description' },
  'line_items.rate': { en: 'Amount', fr: 'Montant' },
  'line_items.quantity': { en: 'Quantity', fr: 'Quantité' },
  'line_items.tax_id': { en: 'Tax (by its id)', fr: 'Taxe (par son identifiant)' },
  is_inclusive_tax: { en: 'Prices include the tax', fr: 'Prix taxe comprise' },
};

const PROFILE: WriteDeclaration['fields'] = {
  recurrence_name: { en: 'Name of the recurring invoice', fr: 'Nom de la facture récurrente' },
  reference_number: { en: 'Reference', fr: 'Référence' },
  customer_id: { en: 'Customer', fr: 'Client' },
  recurrence_frequency: { en: 'Interval', fr: 'Intervalle' },
  repeat_every: { en: 'Every', fr: 'Tous les' },
  start_date: { en: 'First invoice on', fr: 'Première facture le' },
  end_date: { en: 'Last invoice by', fr: 'Dernière facture au plus tard le' },
  ...LINES,
};

const PAYMENT: WriteDeclaration['fields'] = {
  customer_id: { en: 'Customer', fr: 'Client' },
  payment_mode: { en: 'Payment mode', fr: 'Mode de règlement' },
  description: { en: 'Description', fr: 'Description' },
  amount: { en: 'Amount', fr: 'Montant' },
  date: { en: 'Date', fr: 'Date' },
  reference_number: { en: 'Reference', fr: 'Référence' },
  'invoices.invoice_id': { en: 'Invoice', fr: 'Facture' },
  account_id: { en: 'Into the account (by its id)', fr: 'Sur le compte (par son identifiant)' },
  'invoices.amount_applied': { en: 'Of it for the invoice', fr: 'Dont pour la facture' },
  bank_charges: { en: 'Bank charges', fr: 'Frais bancaires' },
  exchange_rate: { en: 'Exchange rate', fr: 'Taux de change' },
};

/** What Books would answer to what is booked: https://www.zoho.com/books/api/v3/ */
export const trial: TrialDeclaration = {
  writes: [
    {
      call: /^POST \/books\/v3\/contacts$/,
      fields: {
        contact_name: { en: 'Customer name', fr: 'Nom du client' },
        contact_type: { en: 'Kind', fr: 'Type' },
        currency_id: { en: 'Currency (by its id)', fr: 'Devise (par son identifiant)' },
        notes: { en: 'Notes', fr: 'Notes' },
        'contact_persons.first_name': { en: 'First name', fr: 'Prénom' },
        'contact_persons.last_name': { en: 'Last name', fr: 'Nom' },
        'contact_persons.email': { en: 'E-mail', fr: 'E-mail' },
        'contact_persons.phone': { en: 'Phone', fr: 'Téléphone' },
        'contact_persons.is_primary_contact': { en: 'Main person', fr: 'Contact principal' },
      },
      longest: {
        contact_name: LENGTHS.contactName,
        'contact_persons.first_name': LENGTHS.personName,
        'contact_persons.last_name': LENGTHS.personName,
      },
      async answer(write, standIns) {
        const id = standIns.make({ en: 'customer', fr: 'client' });
        const currency = await currencyOf(write, standIns);
        const contact = {
          ...bodyOf(write),
          contact_id: id,
          status: 'active',
          currency_code: currency,
        };
        const body = { code: 0, contact };
        return { body, reads: { [`/books/v3/contacts/${id}`]: body } };
      },
    },
    {
      call: /^POST \/books\/v3\/invoices$/,
      fields: {
        customer_id: { en: 'Customer', fr: 'Client' },
        reference_number: { en: 'Reference', fr: 'Référence' },
        date: { en: 'Date', fr: 'Date' },
        due_date: { en: 'Due', fr: 'Échéance' },
        ...LINES,
        adjustment: { en: 'Adjustment', fr: 'Ajustement' },
        adjustment_description: { en: 'Reason of the adjustment', fr: 'Motif de l’ajustement' },
      },
      longest: {
        'line_items.name': LINE_LENGTHS.name,
        'line_items.description': LINE_LENGTHS.description,
      },
      answer(write, { make }) {
        const { customer_id, reference_number, date, line_items: lines, adjustment = 0 } = bodyOf(write);
        const id = make({ en: 'invoice', fr: 'facture' });
        const total = sumOf(lines, Number(adjustment));
        const is_inclusive_tax = bodyOf(write).is_inclusive_tax === true;
        const invoice = {
          ...{ customer_id, reference_number, date, total, balance: total, is_inclusive_tax },
          line_items: asItems(lines),
          invoice_id: id,
          invoice_number: make({ en: 'number of the invoice', fr: 'numéro de la facture' }),
          status: 'draft',
        };
        const body = { code: 0, invoice };
        const path = `/books/v3/invoices/${id}`;
        return {
          body,
          reads: {
            [path]: body,
            [`${path}/comments`]: { code: 0, comments: [] },
            [`${path}/payments`]: { code: 0, payments: [] },
          },
        };
      },
    },
    {
      call: /^POST \/books\/v3\/invoices\/[^/]+\/status\/sent$/,
      answer: () => ({ body: { code: 0, message: '' } }),
    },
    {
      call: /^POST \/books\/v3\/invoices\/[^/]+\/comments$/,
      fields: {
        description: { en: 'Comment', fr: 'Commentaire' },
        show_comment_to_clients: { en: 'Shown to the customer', fr: 'Visible par le client' },
      },
      longest: { description: LENGTHS.comment },
      answer: (_write, { make }) => ({
        body: { code: 0, comment: { comment_id: make({ en: 'comment', fr: 'commentaire' }) } },
      }),
    },
    {
      call: /^POST \/books\/v3\/customerpayments$/,
      fields: PAYMENT,
      answer(write, { make }) {
        const { customer_id, amount, date, reference_number } = bodyOf(write);
        const id = make({ en: 'payment', fr: 'règlement' });
        const payment = { ...bodyOf(write), payment_id: id, customer_id, amount, date, reference_number };
        const body = { code: 0, payment };
        return { body, reads: { [`/books/v3/customerpayments/${id}`]: body } };
      },
    },
    {
      call: /^POST \/books\/v3\/recurringinvoices$/,
      fields: PROFILE,
      longest: {
        recurrence_name: LENGTHS.profileName,
        'line_items.name': LINE_LENGTHS.name,
        'line_items.description': LINE_LENGTHS.description,
      },
      answer(write, { make }) {
        const id = make({ en: 'recurring invoice', fr: 'facture récurrente' });
        const { recurrence_name, reference_number, customer_id, start_date } = bodyOf(write);
        const profile = {
          ...{ recurrence_name, reference_number, customer_id },
          recurring_invoice_id: id,
          status: 'active',
          next_invoice_date: start_date,
        };
        const body = { code: 0, recurring_invoice: profile };
        return { body, reads: { [`/books/v3/recurringinvoices/${id}`]: body } };
      },
    },
    {
      call: /^PUT \/books\/v3\/recurringinvoices\/[^/]+$/,
      fields: PROFILE,
      longest: { recurrence_name: LENGTHS.profileName, 'line_items.name': LINE_LENGTHS.name },
      answer(write) {
        const id = write.url.pathname.split('/').at(-1);
        return { body: { code: 0, recurring_invoice: { ...bodyOf(write), recurring_invoice_id: id } } };
      },
    },
    {
      call: /^POST \/books\/v3\/recurringinvoices\/[^/]+\/status\/(stop|resume)$/,
      answer: () => ({ body: { code: 0, message: '' } }),
    },
    {
      call: /^POST \/books\/v3\/creditnotes$/,
      fields: {
        customer_id: { en: 'Customer', fr: 'Client' },
        creditnote_number: { en: 'Number', fr: 'Numéro' },
        reference_number: { en: 'Reference', fr: 'Référence' },
        date: { en: 'Date', fr: 'Date' },
        notes: { en: 'Notes', fr: 'Notes' },
        is_draft: null,
        ...LINES,
      },
      longest: { 'line_items.name': LINE_LENGTHS.name, 'line_items.description': LINE_LENGTHS.description },
      answer(write, { make }) {
        const { creditnote_number, reference_number, line_items: lines } = bodyOf(write);
        const id = make({ en: 'credit note', fr: 'avoir' });
        const total = sumOf(lines);
        const creditnote = {
          ...{ creditnote_number, reference_number, total, balance: total },
          creditnote_id: id,
          status: 'open',
        };
        const body = { code: 0, creditnote };
        const path = `/books/v3/creditnotes/${id}`;
        return { body, reads: { [path]: body, [`${path}/refunds`]: { code: 0, creditnote_refunds: [] } } };
      },
    },
    {
      call: /^POST \/books\/v3\/creditnotes\/[^/]+\/refunds$/,
      fields: {
        date: { en: 'Date', fr: 'Date' },
        refund_mode: { en: 'Mode', fr: 'Mode' },
        reference_number: { en: 'Reference', fr: 'Référence' },
        amount: { en: 'Amount', fr: 'Montant' },
        from_account_id: { en: 'From the account (by its id)', fr: 'Depuis le compte (par son identifiant)' },
      },
      answer(write, { make }) {
        const id = make({ en: 'refund', fr: 'remboursement' });
        const { reference_number } = bodyOf(write);
        return { body: { code: 0, creditnote_refund: { creditnote_refund_id: id, reference_number } } };
      },
    },
    {
      call: /^DELETE \/books\/v3\/creditnotes\/[^/]+\/refunds\/[^/]+$/,
      answer: () => ({ body: { code: 0, message: '' } }),
    },
    {
      call: /^PUT \/books\/v3\/customerpayments\/[^/]+$/,
      fields: PAYMENT,
      answer: () => ({ body: { code: 0, message: '' } }),
    },
    {
      call: /^POST \/books\/v3\/expenses$/,
      fields: {
        account_id: { en: 'Account (by its id)', fr: 'Compte (par son identifiant)' },
        paid_through_account_id: {
          en: 'Paid from the account (by its id)',
          fr: 'Payé depuis le compte (par son identifiant)',
        },
        amount: { en: 'Amount', fr: 'Montant' },
        currency_id: { en: 'Currency (by its id)', fr: 'Devise (par son identifiant)' },
        date: { en: 'Date', fr: 'Date' },
        reference_number: { en: 'Reference', fr: 'Référence' },
        description: { en: 'Description', fr: 'Description' },
      },
      answer(write, { make }) {
        const { reference_number } = bodyOf(write);
        const id = make({ en: 'expense', fr: 'dépense' });
        return { body: { code: 0, expense: { expense_id: id, reference_number } } };
      },
    },
    {
      call: /^POST \/books\/v3\/banktransactions$/,
      fields: {
        transaction_type: null,
        from_account_id: { en: 'From the account (by its id)', fr: 'Depuis le compte (par son identifiant)' },
        to_account_id: { en: 'To the account (by its id)', fr: 'Vers le compte (par son identifiant)' },
        amount: { en: 'Amount', fr: 'Montant' },
        currency_id: { en: 'Currency (by its id)', fr: 'Devise (par son identifiant)' },
        date: { en: 'Date', fr: 'Date' },
        reference_number: { en: 'Reference', fr: 'Référence' },
        description: { en: 'Description', fr: 'Description' },
      },
      answer(write, { make }) {
        const { reference_number } = bodyOf(write);
        const id = make({ en: 'transfer', fr: 'virement' });
        return { body: { code: 0, banktransaction: { transaction_id: id, reference_number } } };
      },
    },
  ],
};
