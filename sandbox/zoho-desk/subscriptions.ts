import { z } from 'zod';
import { isMembers } from '../kit/json-body.ts';
import { invalid } from './api.ts';

const departmentIds = z.array(z.union([z.string().regex(/^\d+$/), z.int()])).nullish();
const includePrevState = z.boolean().nullish();
const whole = z.strictObject({});
const ofDepartments = z.strictObject({ departmentIds });
const withPrevState = z.strictObject({ includePrevState });

/** Events of tickets and of whom they are of, and what narrows each; Desk has more. */
const EVENTS = new Map<string, z.ZodType>(
  Object.entries({
    Ticket_Add: ofDepartments,
    Ticket_Update: z.strictObject({
      departmentIds,
      fields: z.array(z.string().max(100)).max(5).nullish(),
      includePrevState,
    }),
    Ticket_Delete: whole,
    Ticket_Comment_Add: ofDepartments,
    Ticket_Comment_Update: ofDepartments,
    Ticket_Thread_Add: z.strictObject({ departmentIds, direction: z.enum(['in', 'out']).nullish() }),
    Contact_Add: whole,
    Contact_Update: withPrevState,
    Contact_Delete: whole,
    Account_Add: whole,
    Account_Update: withPrevState,
  }),
);

/** Null asks for all events of a kind. https://desk.zoho.com/support/WebhookDocument.do */
export function checkSubscriptions(value: unknown): void {
  if (!isMembers(value)) throw invalid(['subscriptions', 'invalid']);
  for (const [event, asked] of Object.entries(value))
    if (!EVENTS.get(event)?.nullable().safeParse(asked).success)
      throw invalid([`subscriptions/${event}`, 'invalid']);
}
