import type { TemplateChange, TemplateWish } from '../contract.ts';
import type { Handler } from '../handlers.ts';
import type { PersonServices } from './person-services.ts';
import type { TemplateServices } from './template-services.ts';

type PersonRoute =
  | 'listTemplates'
  | 'makeTemplate'
  | 'getTemplate'
  | 'setTemplate'
  | 'deleteTemplate'
  | 'listPersons'
  | 'askPerson'
  | 'endPerson'
  | 'getPersonal'
  | 'joinPersonal'
  | 'declinePersonal'
  | 'endPersonal';

const text = (value: unknown): string => String(value);

/** What each route about templates, persons and what somebody has of their own does. */
export function personHandlersOf(
  templates: TemplateServices,
  persons: PersonServices,
): Record<PersonRoute, Handler> {
  return {
    listTemplates: ({ session }) => templates.list(session.organisationId),
    makeTemplate: ({ session, body }) => templates.make(session, body as TemplateWish),
    getTemplate: ({ session, params }) => templates.get(session.organisationId, text(params.template)),
    setTemplate: ({ session, params, body }) =>
      templates.set(session.organisationId, text(params.template), body as TemplateChange),
    deleteTemplate: ({ session, params }) => templates.remove(session.organisationId, text(params.template)),
    listPersons: ({ session }) => persons.list(session.organisationId),
    askPerson: ({ session, params }) => persons.ask(session.organisationId, text(params.person)),
    endPerson: ({ session, params }) => persons.end(session.organisationId, text(params.person)),
    getPersonal: ({ session, query }) => persons.own(session, query.asking === 'true'),
    joinPersonal: ({ session }) => persons.join(session),
    declinePersonal: ({ session }) => persons.decline(session),
    endPersonal: ({ session }) => persons.endOwn(session),
  };
}
