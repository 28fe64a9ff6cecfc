import type { ProductObject } from '../core/product/product-object.ts';
import { shopifyProducts } from './shopify/product-object.ts';
import { wooProducts } from './woocommerce/product-object.ts';
import { inventoryItems } from './zoho-inventory/item-object.ts';

/** Every object of products that a connector offers, one line each: flows of products are made between them. */
// biome-ignore lint/suspicious/noExplicitAny: each connector has a client type of its own.
export const productObjects: readonly ProductObject<any>[] = [inventoryItems, wooProducts, shopifyProducts];
