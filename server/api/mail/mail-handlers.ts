import type { z } from 'zod';
import type { Handler } from '../handlers.ts';
import type { RouteName } from '../paths.ts';
import type { mailPeopleQuery } from '../schemas/mail.ts';
import type {
  ConversationWish,
  MailLogsQuery,
  MailLogWish,
  MailPersonWish,
  MailServices,
  MailSuggestionWish,
} from './mail-services.ts';

/** The routes about mails. */
export type MailRoute = Extract<
  RouteName,
  | 'mailPeople'
  | 'makeMailPerson'
  | 'suggestMailPerson'
  | 'listMailLogs'
  | 'logMail'
  | 'getMailConversation'
  | 'setMailConversation'
>;

/** What each route about mails does. */
export function mailHandlersOf(mail: MailServices): Record<MailRoute, Handler> {
  return {
    mailPeople({ session, query }) {
      const { address } = query as z.output<typeof mailPeopleQuery>;
      return mail.people(session.organisationId, [address].flat());
    },
    makeMailPerson: ({ session, body }) => mail.make(session, body as MailPersonWish),
    suggestMailPerson: ({ session, body }) =>
      mail.suggest(session.organisationId, body as MailSuggestionWish),
    listMailLogs: ({ session, query }) => mail.logs(session.organisationId, query as MailLogsQuery),
    logMail: ({ session, body }) => mail.log(session, body as MailLogWish),
    getMailConversation: ({ session, params }) => mail.conversation(session, String(params.conversation)),
    setMailConversation: ({ session, params, body }) =>
      mail.setConversation(session, String(params.conversation), body as ConversationWish),
  };
}
