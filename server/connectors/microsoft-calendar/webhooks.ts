import type { WebhookDeclaration } from '../../core/webhooks.ts';
import { graphWebhooks } from '../families/microsoft/webhooks.ts';
import type { MicrosoftCalendarClient } from './client.ts';

/** An event was made, changed or deleted; what, the list of changes says. */
export const EVENTS_CHANGED = 'events.changed';

/** Of all calendars of the account: which of them a flow follows is its own choice. */
export const webhooks: WebhookDeclaration<MicrosoftCalendarClient> = graphWebhooks(
  EVENTS_CHANGED,
  'me/events',
);
