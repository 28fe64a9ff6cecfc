import type { Connector } from '../../../../server/core/connector.ts';
import { type NewThingClient, newThingClient } from './client.ts';
import { classify } from './failures.ts';

export const newThing: Connector<NewThingClient> = {
  id: 'new-thing',
  // To fill in: the vendor's name as people know it.
  titles: { en: 'New Thing', fr: 'New Thing' },
  // To fill in: how an account is opened to Liaison; for OAuth see `server/core/connector.ts`.
  authorisation: {
    kind: 'key',
    header: 'Bearer {token}',
    instructions: {
      en: 'In New Thing, under Settings, create an API key and paste it here.',
      fr: 'Dans New Thing, sous Paramètres, créez une clé API et collez-la ici.',
    },
  },
  // To fill in: the only hosts that the key may be sent to, each with the simulator that stands for it.
  hosts: { 'api.new-thing.example': 'new-thing' },
  // To fill in: the vendor's limits on calls, with the address where it documents them.
  budgets: [{ calls: 60, perMs: 60_000 }],
  // To fill in: the kinds of records it has, and where people see one.
  objects: [{ id: 'newThing.item', titles: { en: 'Item', fr: 'Élément' } }],
  // To fill in: what any flow may ask of it (`offers`), its webhooks and its card, where it has them.
  client: newThingClient,
  identify: (client) => client.account(),
  classify,
};
