import type { FilterField } from '../../core/filter/filter.ts';
import { factsFrom, filterFieldsFrom } from '../../core/sync/facts.ts';
import type { Facts } from '../../core/sync-object.ts';
import type { Contact } from './contact.ts';
import { CONTACT_FIELDS } from './contact-fields.ts';
import { valuesOf } from './contact-values.ts';

const CATEGORIES = 'categories';
const KINDS = new Map(CONTACT_FIELDS.map((field) => [field.id, field]));

/** What conditions on contacts can be built from: the fields of a mapping, categories among them. */
export const contactFilterFields = (): FilterField[] => filterFieldsFrom(CONTACT_FIELDS);

/** What a filter judges a contact by. A category is its name: Outlook has no other one. */
export function factsOf(contact: Contact, names: readonly string[]): Facts {
  const values = factsFrom(valuesOf(contact, names), names, KINDS);
  const labels = (contact.categories ?? []).map((name) => ({ id: name, name }));
  return {
    values: { ...values, ...(names.includes(CATEGORIES) ? { [CATEGORIES]: labels } : {}) },
    currency: null,
  };
}
