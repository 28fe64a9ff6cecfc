import type { Automation } from '../core/flow.ts';
import type { SyncFlow } from '../core/sync-flow.ts';
import { announce } from './announce/flow.ts';
import { announceTickets } from './announce-tickets/flow.ts';
import { calendarGoogleCrm } from './calendar-google-crm/flow.ts';
import { calendarMicrosoftCrm } from './calendar-microsoft-crm/flow.ts';
import { channelTickets } from './channel-tickets/flow.ts';
import { chatNotes } from './chat-notes/flow.ts';
import { contactsGoogleCrm } from './contacts-google-crm/flow.ts';
import { contactsMicrosoftCrm } from './contacts-microsoft-crm/flow.ts';
import { conversationToCrm } from './conversation-to-crm/flow.ts';
import { dealWonToSlack } from './deal-won-to-slack/flow.ts';
import { formAnswers } from './form-answers/flow.ts';
import { mailToCrm } from './mail-to-crm/flow.ts';
import { mailchimpCrm } from './mailchimp-crm/flow.ts';
import { newsletterCrm } from './newsletter-crm/flow.ts';
import { orders } from './orders/flow.ts';
import { ordersBesideTicket } from './orders-beside-ticket/flow.ts';
import { paymentTickets } from './payment-tickets/flow.ts';
import { peopleCrm } from './people-crm/flow.ts';
import { products } from './products/flow.ts';
import { recordPage } from './record-page/flow.ts';
import { recordsBesideChat } from './records-beside-chat/flow.ts';
import { sheetRowToLead } from './sheet-row-to-lead/flow.ts';
import { sheetToTable } from './sheet-to-table/flow.ts';
import { stripePaymentToBooks } from './stripe-payment-to-books/flow.ts';

/** Every flow that Liaison offers, one line each. The settings, the documentation and the tests are made from it. */
export const flows: ReadonlyMap<string, Automation> = new Map(
  (
    [
      dealWonToSlack,
      announce,
      announceTickets,
      channelTickets,
      stripePaymentToBooks,
      orders,
      paymentTickets,
      ordersBesideTicket,
      sheetRowToLead,
      sheetToTable,
      formAnswers,
      chatNotes,
      recordPage,
      recordsBesideChat,
      mailToCrm,
      conversationToCrm,
    ] as unknown as Automation[]
  ).map((flow) => [flow.id, flow]),
);

/** Every sync that Liaison offers, one line each. */
export const syncs: ReadonlyMap<string, SyncFlow> = new Map(
  [
    contactsGoogleCrm,
    contactsMicrosoftCrm,
    calendarGoogleCrm,
    calendarMicrosoftCrm,
    mailchimpCrm,
    newsletterCrm,
    peopleCrm,
    products,
  ].map((sync) => [sync.id, sync]),
);
