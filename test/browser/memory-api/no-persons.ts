import type { PersonServices } from '../../../server/api/persons/person-services.ts';
import type { TemplateServices } from '../../../server/api/persons/template-services.ts';

const NOTHING = {
  asks: false,
  joining: false,
  offers: [],
  connect: null,
  problem: null,
  integrations: [],
};

/** An organisation where nothing is prepared for persons. */
export const noTemplates: TemplateServices = {
  list: async () => ({ templates: [], offered: [] }),
  get: async () => null,
  make: () => Promise.reject(new Error('no template can be made here')),
  set: async () => null,
  remove: async () => null,
};

export const noPersons: PersonServices = {
  list: async () => ({ persons: [], problem: null }),
  ask: async () => null,
  end: async () => null,
  own: async () => NOTHING,
  join: async () => NOTHING,
  decline: async () => NOTHING,
  endOwn: async () => NOTHING,
};
