import type { SyncObject } from '../core/sync-object.ts';
import { event as googleCalendarEvent } from './google-calendar/event-object.ts';
import { person as googlePeoplePerson } from './google-people/person-object.ts';
import { mailchimpMember } from './mailchimp/member-object.ts';
import { events as zohoCrmEvents } from './zoho-crm/event-object.ts';
import { contacts as zohoCrmContacts, leads as zohoCrmLeads } from './zoho-crm/sync-objects.ts';

/** Every record type that a sync can keep equal with another one: one line for each. */
// biome-ignore lint/suspicious/noExplicitAny: each connector has a client type of its own.
export const syncObjects: readonly SyncObject<any>[] = [
  zohoCrmContacts,
  zohoCrmLeads,
  zohoCrmEvents,
  googlePeoplePerson,
  googleCalendarEvent,
  mailchimpMember,
];
