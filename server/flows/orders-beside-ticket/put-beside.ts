import { hash } from 'node:crypto';
import { type Outcome, skipped } from '../../core/flow.ts';
import { ordersOf } from '../../core/order/offer.ts';
import type { Sentence } from '../../core/sentence.ts';
import { type TicketText, ticketsOf } from '../../core/ticket/offer.ts';
import { isOpen, TICKET_GONE, titleOf } from '../../core/ticket/ticket.ts';
import { leftOutTicket } from '../../core/ticket/ticket-filter.ts';
import type { Context } from './steps.ts';
import { orderLines, ownOrders } from './texts.ts';

/** The names under which the flow remembers what it wrote. */
const keys = {
  /** The comment on a ticket; `-` once somebody has deleted it. */
  comment: (ticket: string): string => `comment ${ticket}`,
  /** A digest of what it says: the text itself may be longer than a link holds, and is somebody's. */
  text: (ticket: string): string => `text ${ticket}`,
  /** What the one comment of a ticket is found by, whichever run makes it. */
  marker: (ticket: string): string => `liaison:orders:${ticket}`,
};
const DELETED = '-';

/** The customer's last orders in one comment on an open ticket; who ordered nothing has none. */
export async function putBeside(context: Context): Promise<Outcome> {
  const { event, role, read, write, link, linked, label, settings, organisation, exclusively } = context;
  const id = event.recordId ?? '';
  const desk = ticketsOf(role('desk'));
  const ticket = await read('ticket', () => desk.ticket(id));
  if (ticket === null || ticket.state === 'gone') return skipped(TICKET_GONE);
  label(titleOf(ticket));
  if (!isOpen(ticket)) return skipped(CLOSED);
  const left = leftOutTicket(context.filter, ticket);
  if (left !== null) return skipped(left);
  const { email } = ticket.requester;
  if (email === null) return skipped(NO_ADDRESS);
  return exclusively(keys.comment(id), async () => {
    // What stands there is looked at before the shop is asked: the newest orders are to be written last.
    const known = await linked(keys.comment(id));
    if (known === DELETED) return skipped(TAKEN_AWAY);
    const orders = await read('orders', async () =>
      ownOrders(await ordersOf(role('shop')).latest(email), email),
    );
    if (orders.length === 0 && known === null) return skipped(NONE);
    const lines = orderLines(orders, settings.most, organisation);
    const said = hash('sha256', lines.join('\n'));
    if (known !== null && (await linked(keys.text(id))) === said) return skipped(SAME);
    const text: TicketText = { lines, page: ticket.page, marker: keys.marker(id) };
    // One that an earlier integration left behind is taken up.
    const made =
      known === null
        ? await write('comment', {
            findFirst: true,
            async find() {
              const found = await desk.commentWith(id, text.marker);
              return found === null ? null : { id: found, isNew: false };
            },
            send: async () => ({ id: await desk.comment(id, text), isNew: true }),
          })
        : { id: known, isNew: false };
    const stands =
      made.isNew ||
      (await write('rewrite', {
        send: () => desk.rewrite(id, made.id, text),
      }));
    await link(keys.comment(id), stands ? made.id : DELETED);
    await link(keys.text(id), said);
    return stands ? { state: 'done', summary: written(ticket.number, orders.length) } : skipped(TAKEN_AWAY);
  });
}

const CLOSED: Sentence = {
  en: 'The ticket is closed: it stays as it is.',
  fr: 'Le ticket est fermé\u00a0: il reste tel quel.',
};
const NO_ADDRESS: Sentence = {
  en: 'The customer left no e-mail address, by which the shop would know them.',
  fr: 'Le client n’a pas laissé d’adresse e-mail, à laquelle la boutique le reconnaîtrait.',
};
const NONE: Sentence = {
  en: 'The customer has no order in the shop: nothing to put beside the ticket.',
  fr: 'Le client n’a aucune commande dans la boutique\u00a0: rien à mettre à côté du ticket.',
};
const SAME: Sentence = {
  en: 'The comment says so already: nothing to do.',
  fr: 'Le commentaire le dit déjà\u00a0: rien à faire.',
};
const TAKEN_AWAY: Sentence = {
  en: 'Somebody deleted the comment: it is not made again.',
  fr: 'Quelqu’un a supprimé le commentaire\u00a0: il n’est pas refait.',
};
const written = (number: string, count: number): Sentence => ({
  en: `Ticket #${number} shows the customer’s orders (${count}).`,
  fr: `Le ticket nº ${number} montre les commandes du client (${count}).`,
});
