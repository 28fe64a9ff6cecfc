import type { ZohoCrmClient } from '../../../connectors/zoho-crm/client.ts';
import type { CrmField } from '../../../connectors/zoho-crm/fields.ts';
import type { CrmRecord, CrmValues } from '../../../connectors/zoho-crm/records.ts';

export type Lead = Record<string, unknown> & { readonly id: string };

const field = (apiName: string, type: string, more: Partial<CrmField> = {}): CrmField => ({
  apiName,
  label: apiName.replaceAll('_', ' '),
  type,
  custom: false,
  length: null,
  required: false,
  readOnly: false,
  choices: [],
  options: [],
  decimals: null,
  ...more,
});

const options = (...values: string[]): Partial<CrmField> => ({
  choices: values,
  options: values.map((value) => ({ id: value, value, title: value })),
});

const FIELDS: readonly CrmField[] = [
  field('First_Name', 'text', { length: 40 }),
  field('Last_Name', 'text', { length: 80 }),
  field('Email', 'email', { length: 100 }),
  field('Phone', 'phone', { length: 30 }),
  field('Company', 'text', { length: 200 }),
  field('Lead_Source', 'picklist', options('Web Site', 'Partner')),
  field('Description', 'textarea', { length: 32_000 }),
  field('Email_Opt_Out', 'boolean'),
  field('Annual_Revenue', 'currency', { decimals: 2 }),
  field('Birth__c', 'date'),
  field('Topics__c', 'multiselectpicklist', options('Vin', 'Fromage')),
  field('Rating', 'picklist', options('Chaud', 'Froid')),
  field('Owner', 'ownerlookup'),
];

const same = (one: unknown, other: unknown): boolean =>
  String(one ?? '').toLowerCase() === String(other ?? '').toLowerCase();

/** The leads of a CRM in memory. Its search shows nothing that was written since `settle`. */
export class MemoryCrm {
  leads: Lead[] = [];
  /** People who are contacts; their search is always up to date. */
  contacts: Lead[] = [];
  /** Of leads that were converted: the address, and the contact that each became. */
  converted: { readonly email: string; readonly contact: string }[] = [];
  fields: readonly CrmField[] = FIELDS;
  /** Lists what was done, for tests that count. */
  readonly writes: { readonly kind: 'create' | 'update'; readonly id: string }[] = [];
  #indexed: ReadonlySet<string> = new Set();
  #last = 0;

  /** The search catches up. */
  settle(): void {
    this.#indexed = new Set(this.leads.map(({ id }) => id));
  }

  add(values: CrmValues): Lead {
    this.#last += 1;
    const made = { ...values, id: `lead-${this.#last}` };
    this.leads.push(made);
    return made;
  }

  with(field: string, value: unknown): Lead[] {
    return this.leads.filter((lead) => same(lead[field], value));
  }

  #write(values: CrmRecord): { id: string } {
    const lead = this.leads.find(({ id }) => id === values.id);
    if (lead === undefined) throw new Error(`no lead ${values.id}`);
    Object.assign(lead, values);
    this.writes.push({ kind: 'update', id: lead.id });
    return { id: lead.id };
  }

  #create(values: CrmValues): { id: string } {
    const { id } = this.add(values);
    this.writes.push({ kind: 'create', id });
    return { id };
  }

  client(): ZohoCrmClient {
    const found = (test: (lead: Lead) => boolean): CrmRecord[] =>
      this.leads.filter((lead) => this.#indexed.has(lead.id) && test(lead));
    const client = {
      fields: async () => [...this.fields],
      record: async (module: string, id: string) =>
        (module === 'Contacts' ? this.contacts : this.leads).find((one) => one.id === id) ?? null,
      searchByEmail: async (module: string, email: string) =>
        module === 'Contacts'
          ? this.contacts.filter((contact) => same(contact.Email, email))
          : found((lead) => same(lead.Email, email)),
      searchByPhone: async (_module: string, phone: string) =>
        this.contacts.filter((contact) => same(contact.Phone, phone)),
      contactsOfConverted: async (email: string) =>
        this.converted.filter((one) => same(one.email, email)).map(({ contact }) => contact),
      search: async (_module: string, criteria: readonly { field: string; value: string }[]) =>
        found((lead) => criteria.every((one) => same(lead[one.field], one.value))),
      createOne: async (_module: string, values: CrmValues) => this.#create(values),
      updateOne: async (_module: string, values: CrmRecord) => this.#write(values),
      upsertOne: async (_module: string, values: CrmValues, [key = '']: readonly string[]) => {
        const known = this.leads.find((lead) => same(lead[key], values[key]));
        return known === undefined
          ? { ...this.#create(values), action: 'insert' as const }
          : { ...this.#write({ ...values, id: known.id }), action: 'update' as const };
      },
    };
    return client as unknown as ZohoCrmClient;
  }
}
