import type { TrialDeclaration } from '../../core/held-write.ts';
import { LONGEST } from './texts.ts';

/** What Desk would answer to what is written there: https://desk.zoho.com/DeskAPIDocument */
export const trial: TrialDeclaration = {
  writes: [
    {
      call: /^POST \/api\/v1\/tickets$/,
      fields: {
        subject: { en: 'Subject', fr: 'Objet' },
        description: { en: 'Description', fr: 'Description' },
        departmentId: { en: 'Department (by its id)', fr: 'Département (par son identifiant)' },
        contactId: { en: 'Contact (by its id)', fr: 'Contact (par son identifiant)' },
        'contact.lastName': { en: 'Contact', fr: 'Contact' },
        'contact.email': { en: 'E-mail', fr: 'E-mail' },
        email: { en: 'E-mail', fr: 'E-mail' },
        priority: { en: 'Priority', fr: 'Priorité' },
        status: { en: 'Status', fr: 'Statut' },
        channel: null,
      },
      longest: { subject: LONGEST.subject, 'contact.lastName': LONGEST.name },
      answer(write, { make }) {
        const body = (write.body ?? {}) as { contactId?: string };
        const id = make({ en: 'ticket', fr: 'ticket' });
        const ticket = {
          ...body,
          id,
          ticketNumber: make({ en: 'number of the ticket', fr: 'numéro du ticket' }),
          contactId: body.contactId ?? make({ en: 'contact', fr: 'contact' }),
          statusType: 'Open',
        };
        return { body: ticket, reads: { [`/api/v1/tickets/${id}`]: ticket } };
      },
    },
    {
      call: /^PATCH \/api\/v1\/tickets\/[^/]+$/,
      fields: { status: { en: 'Status', fr: 'Statut' } },
      answer: (_write, { make }) => ({ body: { id: make({ en: 'ticket', fr: 'ticket' }) } }),
    },
    {
      call: /^(POST|PATCH) \/api\/v1\/tickets\/[^/]+\/comments(\/[^/]+)?$/,
      fields: {
        content: { en: 'Comment', fr: 'Commentaire' },
        isPublic: { en: 'Seen by the customer', fr: 'Visible par le client' },
        contentType: null,
      },
      answer: (_write, { make }) => ({ body: { id: make({ en: 'comment', fr: 'commentaire' }) } }),
    },
  ],
};
