import type { Connector } from '../../core/connector.ts';
import { inAdmin, ORDERS, PRODUCTS, productInAdmin } from './addresses.ts';
import { card } from './card.ts';
import { type WooCommerceClient, wooCommerceClient } from './client.ts';
import { classify } from './failures.ts';
import { handover } from './handover.ts';
import { sweepOrders } from './order-sweep.ts';
import { ORDER_TOPICS, webhooks } from './webhooks.ts';

export const wooCommerce: Connector<WooCommerceClient> = {
  id: 'woocommerce',
  titles: { en: 'WooCommerce', fr: 'WooCommerce' },
  // https://woocommerce.github.io/woocommerce-rest-api-docs/#authentication-over-https
  authorisation: {
    kind: 'key',
    header: { basic: ['consumerKey', 'consumerSecret'] },
    fields: {
      consumerKey: { titles: { en: 'Consumer key', fr: 'Clé client' }, shown: true },
      consumerSecret: { titles: { en: 'Consumer secret', fr: 'Secret client' } },
    },
    handover,
    instructions: {
      en: 'In WordPress, under WooCommerce, Settings, Advanced, REST API, add a key with the permission Read/Write, of a user who may manage the shop. Paste its two parts here: WooCommerce shows them once.',
      fr: 'Dans WordPress, sous WooCommerce, Réglages, Avancé, API REST, ajoutez une clé avec l’autorisation Lecture/écriture, d’un utilisateur qui peut gérer la boutique. Collez ici ses deux parties\u00a0: WooCommerce ne les montre qu’une fois.',
    },
  },
  hosts: {},
  site: {
    titles: { en: 'Address of the shop', fr: 'Adresse de la boutique' },
    simulator: 'woocommerce',
  },
  // WooCommerce itself counts nothing; a small shop's server is to serve its customers.
  budgets: [{ calls: 10, perMs: 1_000 }],
  objects: [
    { id: ORDERS, titles: { en: 'Order', fr: 'Commande' }, url: inAdmin },
    { id: PRODUCTS, titles: { en: 'Product', fr: 'Produit' }, url: productInAdmin },
  ],
  fieldTitles: {
    sku: { en: 'SKU', fr: 'Référence (SKU)' },
    regular_price: { en: 'Regular price', fr: 'Tarif régulier' },
    stock_quantity: { en: 'Stock', fr: 'Stock' },
  },
  webhooks,
  card,
  offers: {
    orders: {
      object: ORDERS,
      topics: ORDER_TOPICS,
      order: (client, id) => client.order(id),
      latest: (client, search) => client.latestOrders(search),
      recent: (client, withinMs) => client.recentOrders(withinMs),
      refunds: (client, order) => client.refundsOf(order),
      changed: sweepOrders,
    },
    products: [PRODUCTS],
  },
  client: wooCommerceClient,
  identify: (client) => client.account(),
  classify,
};
