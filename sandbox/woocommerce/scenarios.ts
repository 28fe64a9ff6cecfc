import { z } from 'zod';
import { contacts } from '../company/index.ts';
import { type Scenario, ScenarioRefused, type Stage } from '../core/scenario.ts';
import { afterSync } from '../scenarios/after-sync.ts';
import { read } from '../scenarios/parameters.ts';
import { spokenMoney } from '../scenarios/spoken.ts';
import { changeOrder, makeOrder, refundOrder } from './change-order.ts';
import { makeProduct } from './change-product.ts';
import { orderView } from './order-view.ts';
import { productTables } from './product-rows.ts';
import { productView } from './product-view.ts';
import { wooTables } from './rows.ts';

const placed = z.strictObject({
  email: z.string().min(3).optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  quantity: z.number().int().positive().optional(),
  coupon: z.string().optional(),
});

const DESK = 'woocommerce';

const shopOrder: Scenario = {
  id: 'shop-order',
  titles: { en: 'An order in the shop', fr: 'Une commande dans la boutique' },
  parameters: placed,
  description: {
    en: 'Somebody orders ten posters in the company’s shop with a quarter off, and pays by card.',
    fr: 'Quelqu’un commande dix affiches dans la boutique de l’entreprise, un quart de remise, et paie par carte.',
  },
  async play(stage) {
    const asked = read(stage, placed);
    const person = contacts.find(({ key }) => key === 'juliette');
    const made = makeOrder(stage.desk(DESK), {
      status: 'processing',
      created_via: 'checkout',
      payment_method: 'stripe',
      payment_method_title: 'Carte bancaire',
      billing: {
        first_name: asked.firstName ?? person?.firstName ?? '',
        last_name: asked.lastName ?? person?.lastName ?? '',
        email: asked.email ?? person?.email ?? '',
        country: 'FR',
      },
      line_items: [{ product_id: 10, quantity: asked.quantity ?? 10 }],
      coupon_lines: [{ code: asked.coupon ?? 'bienvenue25' }],
    });
    const total = spokenMoney(Number(made.total), made.currency);
    return {
      sentence: {
        en: `Order ${made.number} of ${total.en} was placed and paid in the shop.`,
        fr: `La commande ${made.number} de ${total.fr} a été passée et payée dans la boutique.`,
      },
      order: orderView(made),
    };
  },
};

const refunded = z.strictObject({
  order: z.number().int().positive().optional(),
  amount: z.string().optional(),
});

const shopRefund: Scenario = {
  id: 'shop-refund',
  titles: { en: 'An order is refunded', fr: 'Une commande est remboursée' },
  parameters: refunded,
  description: {
    en: 'The shop gives back what the last paid order cost, or a part of it.',
    fr: 'La boutique rembourse la dernière commande payée, ou une partie.',
  },
  async play(stage: Stage) {
    const asked = read(stage, refunded);
    const desk = stage.desk(DESK);
    const chosen = wooTables(desk)
      .orders.all()
      .findLast(({ id, status, date_paid_gmt: paid }) =>
        asked.order ? id === asked.order : paid !== null && status !== 'refunded',
      );
    if (!chosen) throw new ScenarioRefused('The shop has no paid order that could be refunded.');
    const given = chosen.refunds.reduce((all, { total }) => all + Number(total), 0);
    const amount = asked.amount ?? (Number(chosen.total) + given).toFixed(2);
    const refund = refundOrder(desk, chosen, { amount, reason: 'Retour' });
    const back = spokenMoney(Number(amount), chosen.currency);
    return {
      sentence: {
        en: `${back.en} of order ${chosen.number} went back to the customer.`,
        fr: `${back.fr} de la commande ${chosen.number} ont été remboursés au client.`,
      },
      order: chosen.id,
      refund: refund.id,
    };
  },
};

const held = z.strictObject({
  email: z.string().min(3).optional(),
  quantity: z.number().int().positive().optional(),
});

const shopTransfer: Scenario = {
  id: 'shop-transfer',
  titles: { en: 'An order to be paid by transfer', fr: 'Une commande à payer par virement' },
  parameters: held,
  description: {
    en: 'Somebody orders notebooks in the company’s shop and is going to pay by bank transfer: the goods are kept for them.',
    fr: 'Quelqu’un commande des carnets dans la boutique de l’entreprise et va payer par virement : la marchandise lui est réservée.',
  },
  async play(stage) {
    const asked = read(stage, held);
    const person = contacts.find(({ key }) => key === 'françois');
    const made = makeOrder(stage.desk(DESK), {
      status: 'on-hold',
      created_via: 'checkout',
      payment_method: 'bacs',
      payment_method_title: 'Virement bancaire',
      billing: {
        first_name: person?.firstName ?? '',
        last_name: person?.lastName ?? '',
        email: asked.email ?? person?.email ?? '',
        country: 'FR',
      },
      line_items: [{ product_id: 11, quantity: asked.quantity ?? 6 }],
    });
    const total = spokenMoney(Number(made.total), made.currency);
    return {
      sentence: {
        en: `Order ${made.number} of ${total.en} was placed in the shop; its transfer is awaited.`,
        fr: `La commande ${made.number} de ${total.fr} a été passée dans la boutique ; son virement est attendu.`,
      },
      order: orderView(made),
    };
  },
};

const chosenOrder = z.strictObject({ order: z.number().int().positive().optional() });

const shopCancel: Scenario = {
  id: 'shop-cancel',
  titles: { en: 'An order is cancelled', fr: 'Une commande est annulée' },
  parameters: chosenOrder,
  description: {
    en: 'The last order whose money has not come is cancelled in the shop.',
    fr: 'La dernière commande dont l’argent n’est pas venu est annulée dans la boutique.',
  },
  async play(stage) {
    const asked = read(stage, chosenOrder);
    const desk = stage.desk(DESK);
    const chosen = wooTables(desk)
      .orders.all()
      .findLast(({ id, status }) =>
        asked.order ? id === asked.order : status === 'on-hold' || status === 'pending',
      );
    if (!chosen) throw new ScenarioRefused('The shop has no order that waits for its money.');
    const order = changeOrder(desk, chosen, { status: 'cancelled' });
    return {
      sentence: {
        en: `Order ${order.number} was cancelled in the shop.`,
        fr: `La commande ${order.number} a été annulée dans la boutique.`,
      },
      order: orderView(order),
    };
  },
};

const launched = z.strictObject({
  sku: z.string().min(1).optional(),
  name: z.string().min(1).optional(),
  price: z
    .string()
    .regex(/^\d+(\.\d{1,2})?$/)
    .optional(),
  stock: z.number().int().optional(),
});

const shopProduct: Scenario = {
  id: 'shop-product',
  titles: { en: 'Something new goes on sale', fr: 'Une nouveauté est mise en vente' },
  parameters: launched,
  description: {
    en: 'The shop puts a new calendar on sale: twenty-five pieces, tax included in the price.',
    fr: 'La boutique met en vente un nouveau calendrier : vingt-cinq pièces, taxe comprise dans le prix.',
  },
  expect: afterSync('products'),
  async play(stage) {
    const asked = read(stage, launched);
    const desk = stage.desk(DESK);
    const sku = asked.sku ?? `CAL-${desk.clock().getUTCFullYear() + 1}`;
    const isTaken = productTables(desk)
      .products.all()
      .some((row) => row.sku === sku && row.status !== 'trash');
    if (isTaken) throw new ScenarioRefused(`The shop sells ${sku} already.`);
    const made = makeProduct(desk, {
      sku,
      name: asked.name ?? 'Calendrier Lumen',
      description: '<p>Douze affiches à détacher.</p>',
      regular_price: asked.price ?? '19.90',
      manage_stock: true,
      stock_quantity: asked.stock ?? 25,
    });
    return {
      sentence: {
        en: `${made.name} (${made.sku}) is on sale in the shop.`,
        fr: `« ${made.name} » (${made.sku}) est en vente dans la boutique.`,
      },
      product: productView(desk, made),
    };
  },
};

/** In the order in which the page shows them. */
export const wooScenarios: readonly Scenario[] = [
  shopOrder,
  shopTransfer,
  shopCancel,
  shopRefund,
  shopProduct,
];
