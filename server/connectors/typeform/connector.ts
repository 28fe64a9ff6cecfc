import type { Connector } from '../../core/connector.ts';
import { type TypeformClient, typeformClient } from './client.ts';
import { classify } from './failures.ts';
import { ANSWERS, forms } from './forms-offer.ts';
import { HOSTS } from './hosts.ts';
import { webhooks } from './webhooks.ts';

export const typeform: Connector<TypeformClient> = {
  id: 'typeform',
  titles: { en: 'Typeform', fr: 'Typeform' },
  mark: 'M2 3.5h4v9H2ZM8.5 3.5H14M8.5 8H14M8.5 12.5h3',
  // https://www.typeform.com/developers/get-started/personal-access-token/
  authorisation: {
    kind: 'key',
    header: 'Bearer {token}',
    instructions: {
      en: 'In Typeform, under your account, Personal tokens, generate a token with the permissions to read forms and responses and to read and write webhooks. Paste it here: Typeform shows it once.',
      fr: 'Dans Typeform, sous votre compte, Personal tokens, générez un jeton avec les autorisations de lire les formulaires et les réponses, et de lire et écrire les webhooks. Collez-le ici\u00a0: Typeform ne le montre qu’une fois.',
    },
  },
  hosts: Object.fromEntries(HOSTS.map((host) => [host, 'typeform'])),
  // https://www.typeform.com/developers/get-started/#rate-limits
  budgets: [{ calls: 2, perMs: 1_000 }],
  objects: [
    {
      id: ANSWERS,
      titles: { en: 'Answer to a form', fr: 'Réponse à un formulaire' },
    },
  ],
  webhooks,
  offers: { forms },
  client: typeformClient,
  identify: (client) => client.account(),
  classify,
};
