import type { CardDeclaration, CardSubject } from '../../core/record-card.ts';
import type { Sentence } from '../../core/sentence.ts';
import { orderSections } from '../../kit/order-card.ts';
import { nobody, PERSON_MODULES } from '../../kit/person-card.ts';
import { inAdmin, ORDERS } from './addresses.ts';
import type { ShopifyClient } from './client.ts';
import { PAGE } from './orders.ts';

/** Each address is a search of the shop's. */
const MOST_ADDRESSES = 3;

/** Without a permission that Shopify gives to few applications, older orders are not shown to any. */
const REACH: Sentence = {
  en: 'Shopify shows Liaison the orders of the last sixty days.',
  fr: 'Shopify montre à Liaison les commandes des soixante derniers jours.',
};

/** The orders with the record's addresses: what was bought, sent, paid and given back. */
export const card: CardDeclaration<ShopifyClient> = {
  group: 'shopify',
  modules: PERSON_MODULES,

  async read({ client, account, subject }) {
    const addresses = [...new Set(subject.emails.map((email) => email.toLowerCase()))];
    const asked = addresses.slice(0, MOST_ADDRESSES);
    const pages = await Promise.all(asked.map((email) => client.latestOrders(email)));
    const own = pages.flat().filter(({ customer }) => asked.includes(customer.email?.toLowerCase() ?? ''));
    const orders = [...new Map(own.map((order) => [order.id, order])).values()];
    const refs = orders.map(({ id }) => ({ object: ORDERS, id }));
    if (orders.length === 0) return { sections: [], empty: noOne(subject), refs, actions: [] };
    const more = addresses.length > asked.length || pages.some((page) => page.length >= PAGE);
    const url = (id: string) => inAdmin(id, account);
    return { sections: orderSections({ orders, more, reach: REACH, url }), refs, actions: [] };
  },
};

const noOne = (subject: CardSubject): Sentence =>
  nobody(
    subject,
    {
      en: 'The record has no e-mail address, by which the shop would know the customer.',
      fr: 'La fiche n’a pas d’adresse e-mail, à laquelle la boutique reconnaîtrait le client.',
    },
    (sought) => ({
      en: `No order of the last sixty days in the shop has ${sought.en}.`,
      fr: `Aucune commande de la boutique des soixante derniers jours n’a ${sought.fr}.`,
    }),
  );
