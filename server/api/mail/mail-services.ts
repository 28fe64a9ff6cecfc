import type { z } from 'zod';
import type { Answer } from '../contract.ts';
import type { Asker } from '../integrations/integration-services.ts';
import type {
  conversationWish,
  mailLogsQuery,
  mailLogWish,
  mailPersonWish,
  mailSuggestionWish,
} from '../schemas/mail.ts';

export type MailPersonWish = z.output<typeof mailPersonWish>;
export type MailSuggestionWish = z.output<typeof mailSuggestionWish>;
export type MailLogWish = z.output<typeof mailLogWish>;
export type MailLogsQuery = z.output<typeof mailLogsQuery>;
export type ConversationWish = z.output<typeof conversationWish>;

/**
 * What the API does beside a mail. Whatever a mail says of itself is believed of nobody: people and records are looked
 * up in the organisation's own CRM, and a record that is not there is refused. Null is answered as 404.
 */
export interface MailServices {
  /** @param addresses as the mail has them, the sender's first. */
  people(organisationId: string, addresses: readonly string[]): Promise<Answer<'mailPeople'>>;
  /** Once for each name of a request and whoever asks. */
  make(asker: Asker, wish: MailPersonWish): Promise<Answer<'makeMailPerson'>>;
  suggest(organisationId: string, wish: MailSuggestionWish): Promise<Answer<'suggestMailPerson'>>;
  logs(organisationId: string, query: MailLogsQuery): Promise<Answer<'listMailLogs'>>;
  /** Stored when it resolves. */
  log(asker: Asker, wish: MailLogWish): Promise<Answer<'logMail'>>;
  conversation(asker: Asker, conversation: string): Promise<Answer<'getMailConversation'>>;
  setConversation(
    asker: Asker,
    conversation: string,
    wish: ConversationWish,
  ): Promise<Answer<'setMailConversation'>>;
}
