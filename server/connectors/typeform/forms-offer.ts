import type { FormsOffer } from '../../core/forms/offer.ts';
import { asDelivery, sweepAnswers } from './answer-sweep.ts';
import type { TypeformClient } from './client.ts';
import { fieldsOfForm, readAnswer } from './read-answer.ts';
import { isTopic, topicOf } from './webhooks.ts';

export const ANSWERS = 'typeform.answers';
const MOST_LATEST = 100;

export const forms: FormsOffer<TypeformClient> = {
  object: ANSWERS,
  // Of which form is told by the rest of the topic.
  topics: ['answer'],
  topicsOf: (form) => (form === '' ? [] : [topicOf(form)]),
  mayTell: isTopic,
  recognisedBy: 'event',
  changed: sweepAnswers,
  async forms(client) {
    return (await client.forms()).map(({ id, title }) => ({ value: id, title: title || id }));
  },
  async fields(client, form) {
    const found = form === '' ? null : await client.form(form);
    return found === null ? [] : fieldsOfForm(found);
  },
  async latest(client, form) {
    const found = form === '' ? null : await client.form(form);
    if (found === null) return [];
    const { items } = await client.responses(form, { most: MOST_LATEST });
    return items.map((response) => ({ recordId: response.token, body: asDelivery(found, response) }));
  },
  file: (client, address) => client.file(address),
  read: readAnswer,
};
