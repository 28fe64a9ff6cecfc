import type { WebhookDeclaration } from '../../core/webhooks.ts';
import { graphWebhooks } from '../families/microsoft/webhooks.ts';
import type { MicrosoftContactsClient } from './client.ts';

/** A contact was made, changed or deleted; which, the list of changes says. */
export const CONTACTS_CHANGED = 'contacts.changed';

export const webhooks: WebhookDeclaration<MicrosoftContactsClient> = graphWebhooks(
  CONTACTS_CHANGED,
  'me/contacts',
);
