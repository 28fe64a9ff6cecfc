import { fitText } from '../../core/fit-text.ts';
import type { MessagesOffer } from '../../core/messages.ts';
import type { ZohoCrmClient } from './client.ts';

/** The CRM takes 255 characters of a subject, and 32,000 of a description. */
const MOST_SUBJECT = 255;
const MOST_DESCRIPTION = 32_000;
/** No id of a user: the task falls to whoever connected the CRM. */
const OWN = 'Tasks';

/** Messages as tasks of a user of the CRM. They carry no mark, so that they cannot be found again: for alerts. */
export const messages: MessagesOffer<ZohoCrmClient> = {
  titles: { en: 'A task in Zoho CRM', fr: 'Une tâche dans Zoho CRM' },
  fallback: OWN,
  longest: MOST_DESCRIPTION,
  async places(client) {
    return (await client.activeUsers()).map(({ id, name }) => ({ id, title: name }));
  },
  compose(parts, whole) {
    const text = parts.map((part) => ('markup' in part ? part.markup : part.value)).join('');
    if (text.length <= MOST_DESCRIPTION || whole === undefined) return fitText(text, MOST_DESCRIPTION);
    const end = `\n${whole.words}${whole.address === null ? '.' : `: ${whole.address}`}`;
    return `${fitText(text, MOST_DESCRIPTION - end.length)}${end}`;
  },
  readable: (text) => text,
  async post(client, { place, title, lines }) {
    const task = {
      Subject: fitText(title ?? lines[0] ?? '', MOST_SUBJECT),
      Description: lines.join('\n\n'),
      Status: 'Not Started',
      ...(place !== OWN && { Owner: { id: place } }),
    };
    return (await client.createOne('Tasks', task, [])).id;
  },
};
