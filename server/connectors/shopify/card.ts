import { shopCard } from '../../kit/order-card.ts';
import { inAdmin, ORDERS } from './addresses.ts';
import type { ShopifyClient } from './client.ts';
import { PAGE } from './orders.ts';

export const card = shopCard<ShopifyClient>({
  group: 'shopify',
  object: ORDERS,
  page: PAGE,
  // Without a permission that Shopify gives to few applications, older orders are not shown to any.
  reach: {
    en: 'Shopify shows Liaison the orders of the last sixty days.',
    fr: 'Shopify montre à Liaison les commandes des soixante derniers jours.',
  },
  url: inAdmin,
  none: (sought) => ({
    en: `No order of the last sixty days in the shop has ${sought.en}.`,
    fr: `Aucune commande de la boutique des soixante derniers jours n’a ${sought.fr}.`,
  }),
});
