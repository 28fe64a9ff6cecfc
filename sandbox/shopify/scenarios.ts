import { z } from 'zod';
import { type Scenario, ScenarioRefused, type Stage } from '../core/scenario.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { nothing, read } from '../scenarios/parameters.ts';
import { majorUnits, type Said, spokenMoney } from '../scenarios/spoken.ts';
import { cancelOrder, editOrder, makeOrder, placedSchema, refundOrder } from './change-order.ts';
import { totalsOf } from './money.ts';
import { openShop } from './notify.ts';
import { restView } from './order-view.ts';
import { passOn } from './privacy.ts';
import { type OrderRow, shopTables } from './rows.ts';
import { customerOf } from './seed.ts';
import { ownShop } from './shop.ts';

const deskOf = (stage: Stage): VendorDesk => openShop(stage.desk('shopify'), ownShop);

const totalText = (row: OrderRow): Said =>
  spokenMoney(majorUnits(totalsOf(row).total, row.currency), row.currency);

const told = (row: OrderRow, sentence: (total: Said) => Said) => ({
  sentence: sentence(totalText(row)),
  order: restView(row),
});

const placed = z.strictObject({
  email: z.string().min(3).optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  quantity: z.number().int().positive().optional(),
});

const ordered: Scenario = {
  id: 'shopify-order',
  titles: { en: 'An order in the Shopify shop', fr: 'Une commande dans la boutique Shopify' },
  parameters: placed,
  description: {
    en: 'Somebody orders ten posters with a quarter off, and pays by card.',
    fr: 'Quelqu’un commande dix affiches, un quart de remise, et paie par carte.',
  },
  async play(stage) {
    const asked = read(stage, placed);
    const { email, customer, billing } = customerOf('juliette');
    const person = {
      firstName: asked.firstName ?? billing.firstName,
      lastName: asked.lastName ?? billing.lastName,
    };
    const isJuliette = asked.email === undefined;
    const made = makeOrder(
      deskOf(stage),
      placedSchema.parse({
        email: asked.email ?? email,
        customer: isJuliette ? customer : { ...person, email: asked.email },
        billing: person,
        lines: [{ sku: 'AFF-A2', quantity: asked.quantity ?? 10 }],
        code: { code: 'BIENVENUE25', percent: 25 },
      }),
    );
    return told(made, (total) => ({
      en: `Order ${made.number} of ${total.en} was placed and paid at Shopify.`,
      fr: `La commande ${made.number} de ${total.fr} a été passée et payée chez Shopify.`,
    }));
  },
};

const guest: Scenario = {
  id: 'shopify-guest-order',
  titles: { en: 'A guest orders at the counter', fr: 'Un passant achète au comptoir' },
  parameters: nothing,
  description: {
    en: 'Somebody buys a notebook at the till and leaves no name.',
    fr: 'Quelqu’un achète un carnet à la caisse et ne laisse pas de nom.',
  },
  async play(stage) {
    read(stage, nothing);
    const wish = { lines: [{ sku: 'CAR-LUM' }], gateway: 'cash', fulfilled: true };
    const made = makeOrder(deskOf(stage), placedSchema.parse(wish));
    return told(made, (total) => ({
      en: `A guest paid ${total.en} in cash: order ${made.number}.`,
      fr: `Un passant a payé ${total.fr} en espèces : commande ${made.number}.`,
    }));
  },
};

const foreign: Scenario = {
  id: 'shopify-foreign-order',
  titles: { en: 'An order from Japan', fr: 'Une commande du Japon' },
  parameters: nothing,
  description: {
    en: 'Somebody orders a poster and pays in yen; the shop counts in euros.',
    fr: 'Quelqu’un commande une affiche et paie en yens ; la boutique compte en euros.',
  },
  async play(stage) {
    read(stage, nothing);
    const person = { firstName: 'Aiko', lastName: 'Tanaka' };
    const made = makeOrder(
      deskOf(stage),
      placedSchema.parse({
        currency: 'JPY',
        rate: 0.006_03,
        email: 'aiko.tanaka@exemple.example',
        customer: { ...person, email: 'aiko.tanaka@exemple.example' },
        billing: person,
        lines: [{ sku: 'AFF-A2', price: '3900', rates: [] }],
      }),
    );
    return told(made, (total) => ({
      en: `Order ${made.number} of ${total.en} was placed and paid at Shopify.`,
      fr: `La commande ${made.number} de ${total.fr} a été passée et payée chez Shopify.`,
    }));
  },
};

const chosen = z.strictObject({ order: z.number().int().positive().optional() });
const givenBack = chosen.extend({ amount: z.string().optional() });

/** The last order that money was paid for and is still kept of, or the one that is named. */
function lastPaid(desk: VendorDesk, wanted: number | undefined): OrderRow {
  const found = shopTables(desk)
    .orders.all()
    .findLast((row) =>
      wanted === undefined
        ? row.cancelledAt === null && totalsOf(row).received > totalsOf(row).refunded
        : row.id === wanted,
    );
  if (!found) throw new ScenarioRefused('The shop has no paid order with which this could be done.');
  return found;
}

const refunded: Scenario = {
  id: 'shopify-refund',
  titles: { en: 'A Shopify order is refunded', fr: 'Une commande Shopify est remboursée' },
  parameters: givenBack,
  description: {
    en: 'The shop gives back what the last paid order cost, or a part of it.',
    fr: 'La boutique rembourse la dernière commande payée, ou une partie.',
  },
  async play(stage) {
    const asked = read(stage, givenBack);
    const desk = deskOf(stage);
    const row = lastPaid(desk, asked.order);
    const { received, refunded: before } = totalsOf(row);
    const amount = asked.amount ?? String(majorUnits(received - before, row.currency));
    const refund = refundOrder(desk, row, { amount, note: 'Retour' });
    const back = spokenMoney(Number(amount), row.currency);
    return {
      sentence: {
        en: `${back.en} of order ${row.number} went back to the customer.`,
        fr: `${back.fr} de la commande ${row.number} ont été remboursés au client.`,
      },
      order: row.id,
      refund: refund.id,
    };
  },
};

const cancelled: Scenario = {
  id: 'shopify-cancel',
  titles: { en: 'A Shopify order is cancelled', fr: 'Une commande Shopify est annulée' },
  parameters: chosen,
  description: {
    en: 'The last paid order is cancelled, and its money given back.',
    fr: 'La dernière commande payée est annulée, et son argent rendu.',
  },
  async play(stage) {
    const desk = deskOf(stage);
    const row = cancelOrder(desk, lastPaid(desk, read(stage, chosen).order));
    return told(row, (total) => ({
      en: `Order ${row.number} of ${total.en} was cancelled and given back.`,
      fr: `La commande ${row.number} de ${total.fr} a été annulée et remboursée.`,
    }));
  },
};

const edited: Scenario = {
  id: 'shopify-edit',
  titles: { en: 'A Shopify order is edited', fr: 'Une commande Shopify est modifiée' },
  parameters: chosen,
  description: {
    en: 'A notebook is added to the last paid order: the customer owes its price.',
    fr: 'Un carnet est ajouté à la dernière commande payée : le client en doit le prix.',
  },
  async play(stage) {
    const desk = deskOf(stage);
    const before = lastPaid(desk, read(stage, chosen).order);
    const row = editOrder(desk, before, { add: [{ sku: 'CAR-LUM', quantity: 1 }], take: {} });
    return told(row, (total) => ({
      en: `Order ${row.number} now comes to ${total.en}.`,
      fr: `La commande ${row.number} s’élève maintenant à ${total.fr}.`,
    }));
  },
};

const forgotten: Scenario = {
  id: 'shopify-forget-customer',
  titles: { en: 'A Shopify customer asks to be forgotten', fr: 'Un client Shopify demande à être oublié' },
  parameters: chosen,
  description: {
    en: 'Whoever placed the last paid order wants to be erased; Shopify passes it on.',
    fr: 'L’auteur de la dernière commande payée veut être effacé ; Shopify le transmet.',
  },
  async play(stage) {
    const row = lastPaid(deskOf(stage), read(stage, chosen).order);
    if (!passOn(stage.desk('shopify'), 'customers/redact', row))
      throw new ScenarioRefused('No application was let into the shop yet.');
    return {
      sentence: {
        en: `Whoever placed order ${row.number} asks to be forgotten.`,
        fr: `L’auteur de la commande ${row.number} demande à être oublié.`,
      },
      order: row.id,
    };
  },
};

/** In the order in which the page shows them. */
export const shopifyScenarios: readonly Scenario[] = [
  ordered,
  guest,
  foreign,
  refunded,
  edited,
  cancelled,
  forgotten,
];
