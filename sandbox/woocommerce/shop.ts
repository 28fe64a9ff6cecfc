import { company, goods } from '../company/index.ts';

/** The company's shop, with prices that include VAT, on clocks that are not UTC's. */
export const shop = {
  address: `https://boutique.${company.domain}`,
  version: '10.3.6',
  timeZone: company.timeZone,
  currency: company.currency,
};

export interface ShopProduct {
  readonly id: number;
  readonly sku: string;
  readonly name: string;
  /** With tax, in cents. */
  readonly priceMinor: number;
  readonly rate: ShopRate;
}

export interface ShopRate {
  readonly id: number;
  readonly code: string;
  readonly label: string;
  readonly percent: number;
}

const standard: ShopRate = { id: 1, code: 'FR-TVA 20-1', label: 'TVA 20', percent: 20 };
const reduced: ShopRate = { id: 2, code: 'FR-TVA 5.5-1', label: 'TVA 5,5', percent: 5.5 };
export const rates: readonly ShopRate[] = [standard, reduced];

export const shopProducts: readonly ShopProduct[] = goods.map((good, at) => ({
  id: 10 + at,
  sku: good.code,
  // The shop writes names as HTML.
  name: good.name.replaceAll('&', '&amp;'),
  priceMinor: good.priceMinor,
  rate: rates.find(({ percent }) => percent === good.vatPercent) ?? standard,
}));

/** Percentages off, by their codes. */
export const coupons: Readonly<Record<string, number>> = { noël20: 20, bienvenue25: 25 };

/** Shipping is charged at the rate of most goods. */
export const shippingRate = standard;
