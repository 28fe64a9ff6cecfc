import { company, products, users } from '../company/index.ts';
import { currencyByCode } from './currencies.ts';
import { invalid } from './refusal.ts';

const base = currencyByCode(company.currency);
const admin = users.find(({ role }) => role === 'Administrator');

export const organization = {
  organization_id: company.zgid,
  name: company.name,
  contact_name: `${admin?.firstName} ${admin?.lastName}`,
  email: company.email,
  is_default_org: true,
  plan_name: 'PROFESSIONAL',
  plan_period: 'Yearly',
  language_code: 'fr',
  fiscal_year_start_month: 0,
  account_created_date: '2021-03-08',
  account_created_date_formatted: '08/03/2021',
  time_zone: company.timeZone,
  is_org_active: true,
  currency_id: base.currency_id,
  currency_code: base.currency_code,
  currency_symbol: base.currency_symbol,
  currency_format: base.currency_format,
  price_precision: base.price_precision,
} as const;

export const organizationAlone = {
  organization_id: organization.organization_id,
  name: organization.name,
  is_default_org: true,
  account_created_date: organization.account_created_date,
  time_zone: organization.time_zone,
  language_code: organization.language_code,
  date_format: 'dd/MM/yyyy',
  field_separator: '/',
  fiscal_year_start_month: 0,
  contact_name: organization.contact_name,
  industry_type: 'Design',
  currency_id: organization.currency_id,
  currency_code: organization.currency_code,
  currency_symbol: organization.currency_symbol,
  currency_format: organization.currency_format,
  price_precision: organization.price_precision,
  phone: company.phone,
  website: company.website,
  email: company.email,
  is_org_active: true,
  address: {
    street_address1: company.address.street,
    street_address2: '',
    city: company.address.city,
    state: '',
    country: company.address.country,
    zip: company.address.zip,
  },
} as const;

export interface Tax {
  readonly tax_id: string;
  readonly tax_name: string;
  readonly tax_percentage: number;
  readonly is_default_tax: boolean;
}

/** The French rates of VAT, and none for customers abroad. */
export const taxes: readonly Tax[] = [
  { tax_id: '48760000000000201', tax_name: 'TVA 20 %', tax_percentage: 20, is_default_tax: true },
  { tax_id: '48760000000000203', tax_name: 'TVA 10 %', tax_percentage: 10, is_default_tax: false },
  { tax_id: '48760000000000205', tax_name: 'TVA 5,5 %', tax_percentage: 5.5, is_default_tax: false },
  { tax_id: '48760000000000207', tax_name: 'Exonéré', tax_percentage: 0, is_default_tax: false },
];

export interface Account {
  readonly account_id: string;
  readonly account_code: string;
  readonly account_name: string;
  readonly account_type: string;
}

const account = (last: string, code: string, name: string, type: string): Account => ({
  account_id: `48760000000000${last}`,
  account_code: code,
  account_name: name,
  account_type: type,
});

/** The accounts that invoices and payments touch, under the numbers of the French chart. */
export const chartOfAccounts: readonly Account[] = [
  account('301', '411000', 'Clients', 'accounts_receivable'),
  account('303', '512000', 'Banque', 'bank'),
  account('305', '512100', 'Stripe', 'bank'),
  account('307', '530000', 'Caisse', 'cash'),
  account('315', '416000', 'Paiements contestés', 'payment_clearing'),
  account('309', '445710', 'TVA collectée', 'other_current_liability'),
  account('311', '706000', 'Prestations de services', 'income'),
  account('313', '627000', 'Frais bancaires', 'expense'),
];

/** Types of accounts that money lies in. */
export const MONEY_ACCOUNTS: readonly string[] = ['bank', 'cash', 'payment_clearing', 'credit_card'];

/** Types of accounts that costs stand in. */
export const COST_ACCOUNTS: readonly string[] = ['expense', 'cost_of_goods_sold', 'other_expense'];

/** An account that a body names. @throws Refusal where there is none, or it is not of these types. */
export function accountIn(id: string, types: readonly string[], field: string): Account {
  const found = chartOfAccounts.find((one) => one.account_id === id);
  if (found === undefined || !types.includes(found.account_type)) throw invalid(field);
  return found;
}

/** Where money goes when a payment names no account. */
export const UNDEPOSITED = '48760000000000303';

export interface Item {
  readonly item_id: string;
  readonly name: string;
  readonly sku: string;
  readonly description: string;
  /** In the base currency. */
  readonly rate: number;
}

export const items: readonly Item[] = products.map((product, index) => ({
  item_id: `48760000000000${401 + index * 2}`,
  name: product.name,
  sku: product.code,
  description: product.description,
  rate: product.unitPrice,
}));
