import type { WebhookDeclaration } from '../../core/webhooks.ts';
import { graphWebhooks } from '../families/microsoft/webhooks.ts';
import type { MicrosoftMailClient } from './client.ts';

/** A mail came into the mailbox, or went out of it. */
export const MAIL_CREATED = 'mail.created';

/** What becomes of a mail afterwards (it is read, moved, deleted) is nobody's business. */
export const webhooks: WebhookDeclaration<MicrosoftMailClient> = graphWebhooks(
  MAIL_CREATED,
  'me/messages',
  'created',
);
