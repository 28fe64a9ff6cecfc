import type { Customer } from '../../connectors/zoho-books/booking/find-customer.ts';
import { zohoBooks } from '../../connectors/zoho-books/connector.ts';
import type { NewInvoice } from '../../connectors/zoho-books/invoices.ts';
import { zohoInventory } from '../../connectors/zoho-inventory/connector.ts';
import type { NewSalesOrder, SalesOrder } from '../../connectors/zoho-inventory/sales-orders.ts';
import { asLiaisonError, LiaisonError } from '../../core/errors.ts';
import type { Order } from '../../core/order/order.ts';
import { millionthsOf } from '../../core/order/quantity.ts';
import { inShort } from './in-short.ts';
import { keys, subjectOf } from './keys.ts';
import type { OrderDocument } from './order-document.ts';
import type { Context } from './steps.ts';

/** The sales order of an order, and what this run did with it. */
export interface Entered {
  readonly order: SalesOrder;
  readonly did: 'made' | 'changed' | 'voided' | null;
  /** Made by this very run: nothing can have been invoiced of it. */
  readonly isNew: boolean;
}

export const isVoid = ({ status }: SalesOrder): boolean => status === 'void';

/** Invoices of a sales order that nobody voided. */
export const standingInvoices = ({ invoices }: SalesOrder): readonly string[] =>
  invoices.filter(({ status }) => status !== 'void').map(({ id }) => id);

export const customerOf = ({ customerId, customerName }: SalesOrder): Customer => ({
  id: customerId,
  name: customerName,
});

/** The sales order that was entered for an order, as it now is; null: there is none, or somebody deleted it. */
export async function enteredOrder(context: Context, { reference }: Order): Promise<SalesOrder | null> {
  const { client, read, linked, settings } = context;
  if (settings.documents === 'invoice') return null;
  const id = await linked(keys.salesOrder(reference));
  if (id === null) return null;
  return read('entered', () => client(zohoInventory).salesOrderIfThere(id));
}

/** Voids the sales order of an order that is over, so that its goods are free again. One that was invoiced stays. */
export async function voidEntered(
  context: Context,
  { reference }: Order,
  entered: SalesOrder,
): Promise<Entered> {
  const { client, write, link } = context;
  if (isVoid(entered) || standingInvoices(entered).length > 0)
    return { order: entered, did: null, isNew: false };
  await write('release', { send: () => client(zohoInventory).voidSalesOrder(entered.id) });
  await link(keys.released(reference), entered.id);
  return { order: entered, did: 'voided', isNew: false };
}

/**
 * The sales order of an order, confirmed: found, made, or brought to what the shop has changed since it was entered.
 * One that was invoiced is left as it is, and so is one that a person voided; one that Liaison voided, because the order
 * was over, is made anew where it is not over any more.
 *
 * @param before as it was read.
 */
export async function enterOrder(
  context: Context,
  order: Order,
  before: SalesOrder | null,
  documentOf: () => Promise<OrderDocument>,
): Promise<Entered | null> {
  const { client, write, linked, link } = context;
  const { reference } = order;
  const isReleased =
    before !== null && isVoid(before) && (await linked(keys.released(reference))) === before.id;
  if (before !== null && isVoid(before) && !isReleased) return null;
  const standing = before === null || isReleased ? null : before;
  if (standing !== null && standingInvoices(standing).length > 0)
    return { order: standing, did: null, isNew: false };

  const document = await documentOf();
  sameOrganisation(context);
  const wished = wishOf(order, document, isReleased ? before.id : null);
  const digest = enteredText(wished);
  const { made, isNew } = standing === null ? await makeOrder() : { made: standing, isNew: false };
  await link(keys.salesOrder(reference), made.id);
  const isEdited = standing !== null && (await linked(keys.asEntered(reference))) !== digest;
  const now = isEdited
    ? await write('change', { send: () => client(zohoInventory).changeSalesOrder(made.id, wished) })
    : made;
  await link(keys.asEntered(reference), digest);
  if (now.status === 'draft')
    await write('confirm', { send: () => client(zohoInventory).confirmSalesOrder(now.id) });
  return { order: now, did: standing === null ? 'made' : isEdited ? 'changed' : null, isNew };

  function makeOrder(): Promise<{ made: SalesOrder; isNew: boolean }> {
    const inventory = client(zohoInventory);
    const find = async () => {
      const earlier = await inventory.salesOrderByNumber(wished.number);
      return earlier === null ? null : { made: earlier, isNew: false };
    };
    return write('salesOrder', {
      find,
      // Numbers are unique: one that is taken is this order's, from before it was remembered.
      send: () =>
        inventory.createSalesOrder(wished).then(
          (made) => ({ made, isNew: true }),
          async (thrown: unknown) => {
            const earlier = asLiaisonError(thrown).kind === 'rejected' ? await find() : null;
            if (earlier?.made.reference !== wished.reference) throw thrown;
            return earlier;
          },
        ),
    });
  }
}

/** @param after the one that was voided before, from whose number this one's has to differ. */
function wishOf(order: Order, document: OrderDocument, after: string | null): NewSalesOrder {
  const { reference } = subjectOf(order);
  const mark = after === null ? '' : ` (${after.slice(-6)})`;
  const { customer, date, notes, lines, adjustment } = document;
  return {
    customerId: customer.id,
    number: `${reference.slice(mark.length - LONGEST_NUMBER)}${mark}`,
    reference,
    date,
    notes,
    lines,
    ...(adjustment === undefined ? {} : { adjustment }),
  };
}

const LONGEST_NUMBER = 100;

/** What is entered, in short: an edit of the shop's makes another one of it, an edit in Inventory does not. */
const enteredText = ({ lines, adjustment }: NewSalesOrder): string => inShort([lines, adjustment ?? null]);

/** The invoice's lines, each bound to the line of the sales order that it invoices, as far as that is left there. */
export function boundLines(lines: OrderDocument['lines'], entered: SalesOrder | null): NewInvoice['lines'] {
  const free = [...(entered?.lines ?? [])];
  return lines.map((line) => {
    const at = free.findIndex(
      ({ itemId, quantity, invoiced }) =>
        itemId === (line.itemId ?? null) &&
        millionthsOf(quantity) - millionthsOf(invoiced) === millionthsOf(line.quantity),
    );
    const [found] = at === -1 ? [] : free.splice(at, 1);
    return found === undefined ? line : { ...line, salesOrderLineId: found.id };
  });
}

/** @throws LiaisonError `rejected` where the two are not of one organisation: nothing would fit together. */
function sameOrganisation({ client }: Context): void {
  if (client(zohoBooks).organisation === client(zohoInventory).organisation) return;
  throw new LiaisonError('rejected', { field: 'organization_id', sentence: NOT_ONE });
}

export const NOT_ONE = {
  en: 'The accounts of Zoho Books and Zoho Inventory are of two organisations, which share neither customers nor items. Choose accounts of the same one.',
  fr: 'Les comptes Zoho Books et Zoho Inventory sont de deux organisations, qui ne partagent ni clients ni articles. Choisissez des comptes de la même.',
};
