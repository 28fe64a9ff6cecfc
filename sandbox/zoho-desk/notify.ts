import { company } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { deskTables, type TicketRow, type WebhookRow } from './rows.ts';
import { tokenSecret } from './sign.ts';
import { ticketAlone } from './views.ts';

/** What a ticket was before a change, and which of its fields are other than they were. */
export interface Before {
  readonly row: TicketRow;
  readonly fields: readonly string[];
}

/** Tells those webhooks that listen to it of what happened to a ticket: a list of one event, signed. */
export function tell(desk: VendorDesk, eventType: string, row: TicketRow, before: Before | null): void {
  for (const webhook of deskTables(desk).webhooks.all()) {
    const asked = webhook.subscriptions[eventType];
    if (!webhook.isEnabled || asked === undefined) continue;
    const { departmentIds, fields, includePrevState } = asked ?? {};
    if (departmentIds?.length && !departmentIds.map(String).includes(row.departmentId)) continue;
    if (before && fields?.length && !before.fields.some((name) => fields.includes(name))) continue;
    const prevState = before && includePrevState === true ? ticketAlone(desk, before.row) : null;
    const payload = eventType === 'Ticket_Delete' ? { id: row.id } : ticketAlone(desk, row);
    const event = { payload, prevState, eventType, eventTime: String(row.modifiedTime), orgId: company.zgid };
    send(desk, webhook, eventType, [event]);
  }
}

/** The same of what was said of a ticket: the comment or the reply, with its ticket's id. */
export function tellOfAnswer(
  desk: VendorDesk,
  eventType: 'Ticket_Comment_Add' | 'Ticket_Thread_Add',
  ticket: TicketRow,
  answer: { readonly payload: object; readonly at: number; readonly direction?: string },
): void {
  for (const webhook of deskTables(desk).webhooks.all()) {
    const asked = webhook.subscriptions[eventType];
    if (!webhook.isEnabled || asked === undefined) continue;
    const { departmentIds, direction } = asked ?? {};
    if (departmentIds?.length && !departmentIds.map(String).includes(ticket.departmentId)) continue;
    if (direction && direction !== answer.direction) continue;
    const payload = { ...answer.payload, ticketId: ticket.id };
    const event = { payload, prevState: null, eventType, eventTime: String(answer.at), orgId: company.zgid };
    send(desk, webhook, eventType, [event]);
  }
}

export function send(desk: VendorDesk, webhook: WebhookRow, topic: string, events: readonly object[]): void {
  desk.deliver({
    url: webhook.url,
    sign: { scheme: 'zdesk-jwt', secret: tokenSecret(desk, webhook) },
    contentType: 'application/json',
    body: JSON.stringify(events),
    topic,
    subscription: webhook.id,
    headers: { 'User-Agent': 'ZohoDesk' },
  });
}
