import { z } from 'zod';
import { goods } from '../company/index.ts';
import { type Scenario, ScenarioRefused } from '../core/scenario.ts';
import { read } from '../scenarios/parameters.ts';
import { makeAdjustment } from './adjustments.ts';
import { inventoryAt } from './inventory.ts';
import { onHand } from './stock.ts';

const counted = z.strictObject({ sku: z.string().min(1).optional(), by: z.number().optional() });

const stockCount: Scenario = {
  id: 'stock-count',
  titles: { en: 'Somebody counts the shelves', fr: 'Quelqu’un compte les rayons' },
  parameters: counted,
  description: {
    en: 'In the store room two posters are missing: the stock in Zoho Inventory is adjusted by hand.',
    fr: 'Deux affiches manquent en réserve : le stock de Zoho Inventory est ajusté à la main.',
  },
  async play(stage) {
    const asked = read(stage, counted);
    const inventory = inventoryAt(stage.desk('zoho-inventory'));
    const { books, stock } = inventory;
    const sku = asked.sku ?? goods[0]?.code;
    const item = stock.items.all().find((one) => one.sku === sku && one.track_inventory);
    if (!item) throw new ScenarioRefused(`Zoho Inventory counts no item ${sku}.`);
    makeAdjustment(inventory, {
      date: books.today(),
      reason: 'Inventaire',
      adjustment_type: 'quantity',
      line_items: [{ item_id: item.item_id, quantity_adjusted: asked.by ?? -2 }],
    });
    const left = onHand(books, stock, item.item_id);
    return {
      sentence: {
        en: `There are ${left} of ${item.name} in Zoho Inventory now.`,
        fr: `Il y a maintenant ${left} « ${item.name} » dans Zoho Inventory.`,
      },
      stock: left,
    };
  },
};

export const inventoryScenarios: readonly Scenario[] = [stockCount];
