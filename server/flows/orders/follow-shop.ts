import { zohoInventory } from '../../connectors/zoho-inventory/connector.ts';
import { dayIn } from '../../core/day-in.ts';
import { ordersOf } from '../../core/order/offer.ts';
import type { Order, OrderLine } from '../../core/order/order.ts';
import { millionthsOf, quantityText } from '../../core/order/quantity.ts';
import { inShort } from './in-short.ts';
import { itemsOf } from './items.ts';
import { keys, subjectOf } from './keys.ts';
import { leftOutOrder } from './order-filter.ts';
import type { Context } from './steps.ts';
import { stockReason } from './texts.ts';
import { isOver, whyNot } from './which-orders.ts';

/** Millionths by the item's id. */
type Pieces = ReadonlyMap<string, bigint>;

/**
 * Where the stock follows the shop: brings what was taken for an order to what the shop took for it, all of it while
 * the order stands and nothing once it is over. What was taken is read off the adjustments that bear the order's
 * reference, so that a repeat finds nothing left to move.
 *
 * @returns whether anything was moved.
 */
export async function followShop(context: Context, order: Order): Promise<boolean> {
  const { client, write, linked, link, settings, organisation } = context;
  if (settings.stock !== 'shop') return false;
  const { reference } = subjectOf(order);
  const key = keys.taken(order.reference);
  const before = await linked(key);
  const stands = !isOver(order) && (before !== null || whyNot(order, 'placed') === null);
  if (!stands && before === null) return false;
  if (before === null && leftOutOrder(context, order) !== null) return false;
  // In short what the shop took: the same as before needs no call.
  const said = stands ? takenText(order) : NOTHING;
  if (said === before) return false;
  const wanted = stands ? await piecesOf(context, order) : new Map<string, bigint>();
  const inventory = () => client(zohoInventory);

  const remembered = keys.adjusted(order.reference);
  const known = ((await linked(remembered)) ?? '').split(' ').filter((id) => id !== '');

  /** What is left to be moved by the adjustments that stand there now; one that somebody deleted moves nothing. */
  async function left(): Promise<{ itemId: string; by: string }[]> {
    const moved = new Map<string, bigint>();
    const listed = await inventory().adjustmentsByReference(reference);
    for (const id of new Set([...known, ...listed.map((one) => one.id)]))
      for (const { itemId, by } of (await inventory().adjustmentIfThere(id))?.lines ?? [])
        moved.set(itemId, (moved.get(itemId) ?? 0n) + millionthsOf(by));
    return [...new Set([...wanted.keys(), ...moved.keys()])]
      .map((itemId) => ({ itemId, by: -(wanted.get(itemId) ?? 0n) - (moved.get(itemId) ?? 0n) }))
      .filter(({ by }) => by !== 0n)
      .map(({ itemId, by }) => ({ itemId, by: quantityText(by) }));
  }

  let lines: { itemId: string; by: string }[] = [];
  const { moved, by = null } = await write('stock', {
    findFirst: true,
    async find(): Promise<Moved | null> {
      lines = await left();
      return lines.length === 0 ? { moved: 0 } : null;
    },
    async send(): Promise<Moved> {
      const { id } = await inventory().createAdjustment({
        reference,
        date: dayIn(organisation.timeZone, context.event.receivedAt.toISOString()),
        reason: stockReason(organisation.locale),
        lines,
      });
      return { moved: lines.length, by: id };
    },
  });
  if (by !== null) await link(remembered, [...known, by].join(' '));
  await link(key, said);
  return moved > 0;
}

/** How many lines moved, by which adjustment. */
interface Moved {
  readonly moved: number;
  readonly by?: string;
}

const NOTHING = 'nothing';

const takenText = ({ lines, refunds, state }: Order): string => {
  const taken = lines.flatMap(({ kind, sku, quantity, standing }) =>
    kind === 'product' && sku ? [[sku, quantity, ...(standing === undefined ? [] : [standing])]] : [],
  );
  return inShort([taken.sort(), refunds.map(({ id }) => id), state === 'refunded']);
};

/** How many of each item that Inventory counts an order takes, less what came back. */
async function piecesOf(context: Context, order: Order): Promise<Pieces> {
  const pieces = new Map<string, bigint>();
  const back = await returnedLines(context, order);
  if (back === 'all') return pieces;
  const items = await itemsOf(context, order);
  const add = ({ kind, sku, quantity }: OrderLine, sign: bigint): void => {
    const item = kind === 'product' && sku !== null ? items[sku] : undefined;
    if (item?.isCounted !== true) return;
    pieces.set(item.id, (pieces.get(item.id) ?? 0n) + sign * millionthsOf(quantity));
  };
  const { restock } = context.settings;
  for (const line of order.lines)
    add(restock ? { ...line, quantity: line.standing ?? line.quantity } : line, 1n);
  for (const line of back) add(line, -1n);
  return pieces;
}

/**
 * What refunds of an order name, where that comes back and its lines do not tell it themselves; `all`: all of it was
 * refunded.
 */
async function returnedLines(context: Context, order: Order): Promise<readonly OrderLine[] | 'all'> {
  const { read, role, settings } = context;
  if (!settings.restock || order.refunds.length === 0) return [];
  if (order.state === 'refunded') return 'all';
  if (order.lines.some(({ standing }) => standing !== undefined)) return [];
  const refunds = await read('refunds', () => ordersOf(role('shop')).refunds(order));
  return refunds.flatMap(({ lines }) => lines ?? []);
}
