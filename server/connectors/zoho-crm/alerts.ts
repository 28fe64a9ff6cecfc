import type { AlertsDeclaration } from '../../core/connector.ts';
import type { ZohoCrmClient } from './client.ts';

/** The CRM takes 255 characters of a subject. */
const MOST_SUBJECT = 255;
/** No id of a user: the task falls to whoever connected the CRM. */
const OWN = 'Tasks';

/** Alerts as tasks of a user of the CRM. */
export const alerts: AlertsDeclaration<ZohoCrmClient> = {
  titles: { en: 'A task in Zoho CRM', fr: 'Une tâche dans Zoho CRM' },
  fallback: OWN,
  async targets(client) {
    return (await client.activeUsers()).map(({ id, name }) => ({ id, title: name }));
  },
  async send(client, target, { title, lines }) {
    const task = {
      Subject: title.slice(0, MOST_SUBJECT),
      Description: lines.join('\n\n'),
      Status: 'Not Started',
      ...(target !== OWN && { Owner: { id: target } }),
    };
    await client.createOne('Tasks', task, []);
  },
};
