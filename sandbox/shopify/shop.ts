import { company } from '../company/index.ts';
import { accountDesk } from '../core/account-desk.ts';
import type { VendorDesk } from '../core/simulator.ts';

export interface Shop {
  readonly key: string;
  readonly domain: string;
  readonly name: string;
}

/** The company's shop, and another of its owner's, in which nobody has ordered yet. */
export const shops: readonly [Shop, ...Shop[]] = [
  { key: 'atelier', domain: 'atelier-lumen.myshopify.com', name: company.name },
  { key: 'outlet', domain: 'lumen-destockage.myshopify.com', name: `${company.name} – Déstockage` },
];

export const [ownShop] = shops;
export const CURRENCY = company.currency;
export const VERSION = '2026-10';

export const shopOf = (key: string | undefined): Shop | undefined =>
  key === undefined ? ownShop : shops.find((one) => one.key === key || one.domain === key);

/** A desk with the shop's own tables. */
export const shopDesk = (desk: VendorDesk, shop: Shop): VendorDesk =>
  accountDesk(desk, shop === ownShop ? null : shop.domain);

export interface ShopProduct {
  readonly sku: string;
  readonly title: string;
  /** With tax, as decimal text. */
  readonly price: string;
  readonly rates: readonly number[];
}

/** What is sold in the company's other shop, too, under the same numbers of stock. */
export const products: readonly ShopProduct[] = [
  { sku: 'AFF-A2', title: 'Affiche « Quais de Saône »', price: '23.90', rates: [20] },
  { sku: 'CAR-LUM', title: 'Carnet Lumen', price: '12.50', rates: [20] },
  { sku: 'LIV-TYP', title: 'Livre « Composer & imprimer »', price: '34.00', rates: [5.5] },
];

/** Where the shops keep goods. */
export const LOCATIONS = [
  { id: 71_000_000_001, name: 'Atelier' },
  { id: 71_000_000_002, name: 'Entrepôt de Villeurbanne' },
] as const;
