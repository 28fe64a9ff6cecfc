import { accounts, type CompanyAccount, contacts, products } from '../company/index.ts';
import type { Books } from './books.ts';
import { newContact } from './contact-draft.ts';
import { crmIds } from './crm-ids.ts';
import { currencyByCode } from './currencies.ts';
import { addDays } from './fields.ts';
import { newInvoice } from './invoice-draft.ts';
import { fromMinor } from './minor-units.ts';
import { newPayment, put } from './payment-draft.ts';
import { taxes } from './settings-data.ts';

interface Sale {
  readonly account: string;
  /** Days before the seeding. */
  readonly daysAgo: number;
  readonly product: string;
  readonly quantity: number;
  /** In the customer's currency; absent: the product's price in euros. */
  readonly rate?: number;
  readonly paid: 'whole' | 'half' | 'nothing';
  readonly set: 'sent' | 'draft';
}

/** Every second account of the company has bought something; the others are known to the CRM only. */
const SALES: readonly Sale[] = [
  {
    account: 'clos-vert',
    daysAgo: 75,
    product: 'Identité visuelle',
    quantity: 1,
    paid: 'whole',
    set: 'sent',
  },
  {
    account: 'clos-vert',
    daysAgo: 12,
    product: 'Journée de prise de vue',
    quantity: 2,
    paid: 'half',
    set: 'sent',
  },
  { account: 'noemie', daysAgo: 58, product: 'Identité visuelle', quantity: 1, paid: 'nothing', set: 'sent' },
  {
    account: 'clinique',
    daysAgo: 9,
    product: 'Hébergement « Étoile »',
    quantity: 12,
    paid: 'nothing',
    set: 'sent',
  },
  {
    account: 'harbor',
    daysAgo: 40,
    product: 'Audit SEO',
    quantity: 1,
    rate: 1250.5,
    paid: 'whole',
    set: 'sent',
  },
  {
    account: 'sakura',
    daysAgo: 21,
    product: 'Site vitrine',
    quantity: 1,
    rate: 786_000,
    paid: 'nothing',
    set: 'sent',
  },
  {
    account: 'ecole-ruche',
    daysAgo: 3,
    product: 'Formation rédaction web',
    quantity: 1,
    paid: 'nothing',
    set: 'draft',
  },
];

const CUSTOMERS = ['clos-vert', 'noemie', 'clinique', 'harbor', 'sakura', 'ecole-ruche'];

/** Puts half of the company's customers, and what they bought, into empty books. */
export function seedBooks(books: Books): void {
  const ids = new Map<string, string>();
  for (const account of accounts)
    if (CUSTOMERS.includes(account.key)) ids.set(account.key, seedCustomer(books, account));
  for (const sale of SALES) {
    const customer_id = ids.get(sale.account);
    if (customer_id !== undefined) seedSale(books, customer_id, sale);
  }
}

function seedCustomer(books: Books, account: CompanyAccount): string {
  const people = contacts.filter((contact) => contact.account === account.key);
  const { address } = account;
  const place = { address: address.street, city: address.city, zip: address.zip, country: address.country };
  const linked = crmIds(books.desk, account.name, people[0]?.email ?? null);
  const contact = newContact(books, {
    contact_name: account.name,
    company_name: account.name,
    currency_id: currencyByCode(account.currency).currency_id,
    payment_terms: 30,
    payment_terms_label: 'Net 30',
    website: account.website ?? '',
    billing_address: place,
    shipping_address: place,
    zcrm_account_id: linked.account,
    zcrm_contact_id: linked.contact,
    contact_persons: people.map((person) => ({
      first_name: person.firstName ?? '',
      last_name: person.lastName,
      email: person.email ?? '',
      phone: person.phone ?? '',
      mobile: person.mobile ?? '',
      designation: person.job ?? '',
    })),
  });
  books.contacts.put(contact.contact_id, contact);
  return contact.contact_id;
}

function seedSale(books: Books, customer_id: string, sale: Sale): void {
  const product = products.find(({ name }) => name === sale.product);
  const account = accounts.find(({ key }) => key === sale.account);
  const vat = account?.currency === 'EUR' ? taxes.find(({ is_default_tax }) => is_default_tax) : undefined;
  const date = addDays(books.today(), -sale.daysAgo);
  const line = {
    name: sale.product,
    description: product?.description ?? '',
    rate: sale.rate ?? product?.unitPrice ?? 0,
    quantity: sale.quantity,
    ...(vat ? { tax_id: vat.tax_id } : {}),
  };
  const draft = newInvoice(
    books,
    { customer_id, date, line_items: [line] },
    { send: false, ownNumber: false },
  );
  const invoice = { ...draft, set: sale.set, is_emailed: sale.set === 'sent' };
  books.invoices.put(invoice.invoice_id, invoice);
  if (sale.paid === 'nothing') return;

  const precision = currencyByCode(account?.currency ?? 'EUR').price_precision;
  const minor = sale.paid === 'whole' ? invoice.totalMinor : Math.floor(invoice.totalMinor / 2);
  const amount = fromMinor(minor, precision);
  put(
    books,
    newPayment(books, {
      customer_id,
      amount,
      payment_mode: 'banktransfer',
      date: addDays(date, 6),
      reference_number: `VIR-${invoice.invoice_number.slice(-4)}`,
      invoices: [{ invoice_id: invoice.invoice_id, amount_applied: amount }],
    }),
  );
}
