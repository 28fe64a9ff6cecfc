import type { PeopleObject } from '../core/sync/person.ts';
import { person } from './google-people/person-object.ts';
import { mailchimpMember } from './mailchimp/member-object.ts';
import { contact as outlookContact } from './microsoft-contacts/contact-object.ts';
import { subscriber } from './zoho-campaigns/subscriber-object.ts';
import { contacts, leads } from './zoho-crm/sync-objects.ts';

/**
 * Every object of people that a connector offers, one line each: flows of people are made between them. Of one
 * connector the first is meant where nobody chose.
 */
// biome-ignore lint/suspicious/noExplicitAny: each connector has a client type of its own.
export const peopleObjects: readonly PeopleObject<any>[] = [
  contacts,
  leads,
  person,
  outlookContact,
  mailchimpMember,
  subscriber,
];
