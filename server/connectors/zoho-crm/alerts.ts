import type { AlertsDeclaration } from '../../core/connector.ts';
import type { ZohoCrmClient } from './client.ts';

/** The CRM takes 255 characters of a subject. */
const MOST_SUBJECT = 255;

/** Alerts as tasks of the user whose account is connected. */
export const alerts: AlertsDeclaration<ZohoCrmClient> = {
  titles: { en: 'A task in Zoho CRM', fr: 'Une tâche dans Zoho CRM' },
  targets: async () => [{ id: 'Tasks', title: 'Zoho CRM' }],
  async send(client, _target, { title, lines }) {
    const task = {
      Subject: title.slice(0, MOST_SUBJECT),
      Description: lines.join('\n\n'),
      Status: 'Not Started',
    };
    await client.createOne('Tasks', task, []);
  },
};
