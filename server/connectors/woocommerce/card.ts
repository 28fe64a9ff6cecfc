import { shopCard } from '../../kit/order-card.ts';
import { inAdmin, ORDERS } from './addresses.ts';
import { PAGE } from './api.ts';
import type { WooCommerceClient } from './client.ts';

export const card = shopCard<WooCommerceClient>({
  group: 'woocommerce',
  object: ORDERS,
  page: PAGE,
  url: inAdmin,
  none: (sought) => ({
    en: `No order in the shop has ${sought.en}.`,
    fr: `Aucune commande de la boutique n’a ${sought.fr}.`,
  }),
});
