import type { Connector } from '../../core/connector.ts';
import { inAdmin, ORDERS, PRODUCTS, productInAdmin, shopHost } from './addresses.ts';
import { card } from './card.ts';
import { type ShopifyClient, shopifyClient } from './client.ts';
import { classify } from './failures.ts';
import { sweepOrders } from './order-sweep.ts';
import { trial } from './trial.ts';
import { ORDER_TOPICS, webhooks } from './webhooks.ts';

export const shopify: Connector<ShopifyClient> = {
  id: 'shopify',
  titles: { en: 'Shopify', fr: 'Shopify' },
  // https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/authorization-code-grant
  authorisation: {
    kind: 'oauth',
    authorizeUrl: '/admin/oauth/authorize',
    tokenUrl: '/admin/oauth/access_token',
    // Tokens of an hour, which public applications must ask for.
    tokenParameters: { expiring: '1' },
    callback: { signature: 'hmac', site: 'shop' },
    scopes: [
      {
        scope: 'read_orders',
        reason: {
          en: 'To read orders with their payments and refunds, and be told of them.',
          fr: 'Pour lire les commandes avec leurs paiements et remboursements, et en être prévenu.',
        },
      },
      {
        scope: 'read_customers',
        reason: {
          en: 'To know who ordered, so that the contact in the CRM is found again.',
          fr: 'Pour savoir qui a commandé, et retrouver le contact dans le CRM.',
        },
      },
      // Who may write may read: Shopify grants the one for both.
      // https://shopify.dev/docs/api/usage/access-scopes
      {
        scope: 'write_products',
        reason: {
          en: 'To read what the shop sells, and keep its prices and names equal to Zoho Inventory, where you choose that.',
          fr: 'Pour lire ce que vend la boutique, et maintenir prix et noms identiques à Zoho Inventory, si vous le choisissez.',
        },
      },
      {
        scope: 'write_inventory',
        reason: {
          en: 'To read how many pieces the shop counts, and bring them to what Zoho Inventory has.',
          fr: 'Pour lire combien de pièces la boutique compte, et les amener à ce que Zoho Inventory a.',
        },
      },
      {
        scope: 'read_locations',
        reason: {
          en: 'To let you choose where the shop’s stock is counted.',
          fr: 'Pour vous laisser choisir où le stock de la boutique est compté.',
        },
      },
    ],
    scopeSeparator: ',',
    // Shopify's own sign-in knows no PKCE: it signs what the browser comes back with.
    pkce: false,
    header: '{token}',
    headerName: 'x-shopify-access-token',
    refresh: {},
  },
  hosts: {},
  site: {
    titles: { en: 'Address of the shop at Shopify', fr: 'Adresse de la boutique chez Shopify' },
    simulator: 'shopify',
    named: {
      hostOf: shopHost,
      refusal: {
        en: 'This is not the address of a shop at Shopify. Enter the one that ends with .myshopify.com, as the shop’s settings show it under Domains.',
        fr: 'Ce n’est pas l’adresse d’une boutique Shopify. Indiquez celle qui se termine par .myshopify.com, comme les réglages de la boutique la montrent sous Domaines.',
      },
    },
  },
  // Shopify counts points, a hundred a second on its smallest plan, and says in each answer how many are left.
  budgets: [{ calls: 10, perMs: 1_000 }],
  objects: [
    { id: ORDERS, titles: { en: 'Order', fr: 'Commande' }, url: inAdmin },
    { id: PRODUCTS, titles: { en: 'Product', fr: 'Produit' }, url: productInAdmin },
  ],
  fieldTitles: {
    sku: { en: 'SKU', fr: 'Référence (SKU)' },
    price: { en: 'Price', fr: 'Prix' },
    available: { en: 'Available', fr: 'Disponible' },
  },
  webhooks,
  card,
  trial,
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
  leave: (client) => client.leave(),
  client: shopifyClient,
  identify: (client) => client.account(),
  classify,
};
