import { z } from 'zod';
import { creditedKey } from '../../connectors/zoho-books/booking/give-back.ts';
import { moneyAccountSetting, refundSettings } from '../../connectors/zoho-books/booking/refund-settings.ts';
import { defineAutomation } from '../../core/flow.ts';
import { inventorySetting } from './inventory-setting.ts';
import { isThere } from './items.ts';
import { keys } from './keys.ts';
import { orderFilter } from './order-filter.ts';
import { steps } from './steps.ts';
import { takeOrder } from './take-order.ts';
import { MONTH_MS, orderTrial } from './try-order.ts';

const STATES = {
  accepted: { en: 'The order is paid, or accepted', fr: 'La commande est payée, ou acceptée' },
  fulfilled: { en: 'The order is completed', fr: 'La commande est terminée' },
  placed: {
    en: 'The order is placed, a transfer or a cheque may be awaited',
    fr: 'La commande est passée, un virement ou un chèque pouvant être attendu',
  },
};

const settings = z.object({
  documents: z
    .enum(['invoice', 'order-and-invoice'])
    .default('invoice')
    .meta({
      titles: { en: 'What an order makes', fr: 'Ce qu’une commande produit' },
      hints: {
        en: 'With a sales order, Zoho Inventory keeps the goods for the customer, and the invoice takes them out of the stock: once.',
        fr: 'Avec une commande client, Zoho Inventory réserve la marchandise, et la facture la sort du stock\u00a0: une fois.',
      },
      choices: {
        invoice: { en: 'An invoice in Zoho Books', fr: 'Une facture dans Zoho Books' },
        'order-and-invoice': {
          en: 'A sales order in Zoho Inventory and its invoice in Zoho Books',
          fr: 'Une commande client dans Zoho Inventory et sa facture dans Zoho Books',
        },
      },
    }),
  orderWhen: z
    .enum(['placed', 'accepted', 'fulfilled'])
    .default('placed')
    .meta({
      titles: { en: 'Make the sales order when', fr: 'Faire la commande client quand' },
      hints: {
        en: 'Only where an order makes a sales order; it is made with the invoice at the latest. It is voided when the order is cancelled before its invoice.',
        fr: 'Seulement si une commande produit une commande client\u00a0; elle est faite au plus tard avec la facture. Elle est annulée si la commande l’est avant sa facture.',
      },
      choices: STATES,
    }),
  unknownSku: z
    .enum(['text', 'wait'])
    .default('text')
    .meta({
      titles: {
        en: 'A SKU that Zoho Inventory does not have',
        fr: 'Une référence que Zoho Inventory n’a pas',
      },
      hints: {
        en: 'What the shop sells without a SKU is always a line of text.',
        fr: 'Ce que la boutique vend sans référence est toujours une ligne de texte.',
      },
      choices: {
        text: {
          en: 'Becomes a line of text, which takes no stock',
          fr: 'Devient une ligne de texte, sans effet sur le stock',
        },
        wait: {
          en: 'Makes the order wait until it is there',
          fr: 'Fait attendre la commande jusqu’à ce qu’elle y soit',
        },
      },
    }),
  invoiceWhen: z
    .enum(['accepted', 'fulfilled', 'placed'])
    .default('accepted')
    .meta({
      titles: { en: 'Make the invoice when', fr: 'Faire la facture quand' },
      hints: {
        en: 'Carts, test orders, and what was cancelled before, make none. The payment is recorded when the shop has the money.',
        fr: 'Les paniers, les commandes de test et ce qui a été annulé avant n’en font pas. Le règlement est enregistré quand la boutique a l’argent.',
      },
      choices: STATES,
    }),
  stock: z
    .enum(['documents', 'shop'])
    .default('documents')
    .meta({
      titles: { en: 'Stock in Zoho Inventory', fr: 'Stock dans Zoho Inventory' },
      hints: {
        en: 'One order takes it once. Where it follows the shop, documents name no items, and a cancelled order gives its pieces back.',
        fr: 'Une commande le prend une fois. S’il suit la boutique, les documents ne nomment pas d’articles, et une commande annulée rend ses pièces.',
      },
      choices: {
        documents: {
          en: 'The sales order keeps the pieces, its invoice takes them',
          fr: 'La commande client réserve les pièces, sa facture les prend',
        },
        shop: {
          en: 'It follows the shop: an adjustment for each order, as soon as it is placed',
          fr: 'Il suit la boutique\u00a0: un ajustement par commande, dès qu’elle est passée',
        },
      },
    }),
  restock: z
    .boolean()
    .default(true)
    .meta({
      titles: {
        en: 'What a refund names comes back to the stock',
        fr: 'Ce qu’un remboursement nomme revient en stock',
      },
      hints: {
        en: 'With the credit note, or where stock follows the shop. Switch it off where somebody books in what comes back.',
        fr: 'Avec l’avoir, ou si le stock suit la boutique. À désactiver si quelqu’un saisit ce qui revient.',
      },
    }),
  contact: z
    .boolean()
    .default(true)
    .meta({
      titles: { en: 'Keep whoever orders as a CRM contact', fr: 'Garder chaque acheteur comme contact CRM' },
      hints: {
        en: 'The contact with the same e-mail and name is found, or one is created. Two people with one address stay two.',
        fr: 'Le contact qui a le même e-mail et le même nom est retrouvé, sinon créé. Deux personnes qui partagent une adresse restent deux.',
      },
    }),
  begin: z
    .enum(['new', 'month'])
    .default('new')
    .meta({
      titles: { en: 'To begin with', fr: 'Pour commencer' },
      hints: {
        en: 'What becomes of the orders that are there when it is turned on.',
        fr: 'Ce que deviennent les commandes déjà présentes à l’activation.',
      },
      atStart: true,
      choices: {
        new: { en: 'Only what comes from now on', fr: 'Seulement ce qui arrive désormais' },
        month: {
          en: 'The orders that were placed or changed in the last thirty days, too',
          fr: 'Aussi les commandes passées ou modifiées ces trente derniers jours',
        },
      },
    }),
  paymentMode: z
    .enum(['Credit Card', 'Bank Transfer', 'Cash', 'Others'])
    .default('Credit Card')
    .meta({ titles: { en: 'Payment mode in Books', fr: 'Mode de règlement dans Books' } }),
  ...refundSettings,
});

export type Settings = z.output<typeof settings>;

export const orders = defineAutomation({
  kind: 'automation',
  id: 'orders',
  purpose: 'orders',
  titles: { en: 'Orders of a shop to Zoho', fr: 'Commandes d’une boutique vers Zoho' },
  direction: {
    en: 'When somebody orders in the shop, Zoho CRM gets the contact (found, or created) and Zoho Books the customer, an invoice of exactly what was paid, in the currency that it was paid in, and its payment, with a sales order in Zoho Inventory where that is chosen; refunds, cancellations and edits are noted on the invoice.',
    fr: 'Quand quelqu’un commande dans la boutique, Zoho CRM reçoit le contact (retrouvé, ou créé) et Zoho Books le client, une facture d’exactement ce qui a été payé, dans la devise du paiement, et son règlement, avec une commande client dans Zoho Inventory si on le choisit\u00a0; remboursements, annulations et modifications sont inscrits sur la facture.',
  },
  native: {
    en: 'Zoho Inventory connects shops by itself, with sales orders and stock: use it when you keep your stock there and one shop is all you have, and then not this flow beside it: orders would be there twice. This flow makes the invoice right to the cent, finds the CRM contact, and shows in the log why.',
    fr: 'Zoho Inventory relie lui-même des boutiques, avec commandes et stock\u00a0: utilisez-le si vous y tenez votre stock et n’avez qu’une boutique, et alors sans ce flux\u00a0: les commandes y seraient deux fois. Ce flux fait la facture au centime près, retrouve le contact CRM et montre pourquoi dans le journal.',
  },
  roles: {
    shop: { offers: 'orders' },
    target: { connector: 'zoho-books' },
    contact: { connector: 'zoho-crm', optional: true },
    inventory: { connector: 'zoho-inventory', optional: true },
  },
  settings,
  vendorSettings: {
    documents: inventorySetting(({ documents }) => documents !== 'invoice'),
    stock: inventorySetting(({ stock }) => stock === 'shop'),
    account: moneyAccountSetting<Settings>(),
  },
  trigger: {
    kind: 'offered',
    role: 'shop',
    reachMs: (values) => ((values as Settings).begin === 'month' ? MONTH_MS : 0),
  },
  filter: orderFilter,
  trial: orderTrial,
  steps,
  isThere,
  booking: { payment: keys.booked, credit: creditedKey },
  run: takeOrder,
});
