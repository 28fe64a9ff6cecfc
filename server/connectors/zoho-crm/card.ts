import type { VendorAccount } from '../../core/connector.ts';
import { moneyOf } from '../../core/money.ts';
import {
  type CardRow,
  type CardValue,
  dateValue,
  moneyValue,
  type PersonFound,
  type RecordDeclaration,
  textValue,
  wordsValue,
} from '../../core/record-card.ts';
import type { ZohoCrmClient } from './client.ts';
import { coqlText } from './coql.ts';
import { inTab } from './objects.ts';
import type { CrmRecord } from './records.ts';

/** Whom a deal or an account is with, as far as a card needs to know. */
const PERSON = ['Full_Name', 'Email', 'Secondary_Email', 'Phone', 'Mobile', 'Account_Name'] as const;
/** People of one account that are looked up at the vendors. */
const MOST_PEOPLE = 10;

interface Module {
  readonly objectId: string;
  readonly tab: string;
  readonly fields: readonly string[];
  readonly titleField: string;
  readonly facts: readonly {
    readonly field: string;
    readonly label: CardValue;
    readonly as?: 'money' | 'date';
  }[];
}

const fact = (field: string, en: string, fr: string, as?: 'money' | 'date') => ({
  field,
  label: wordsValue(en, fr),
  ...(as === undefined ? {} : { as }),
});

const EMAIL = fact('Email', 'E-mail', 'E-mail');
const PHONE = fact('Phone', 'Phone', 'Téléphone');
const MOBILE = fact('Mobile', 'Mobile', 'Mobile');
const OWNER = fact('Owner', 'Owner', 'Responsable');

const MODULES: Readonly<Record<string, Module>> = {
  Contacts: {
    objectId: 'zohoCrm.contacts',
    tab: 'Contacts',
    titleField: 'Full_Name',
    fields: [...PERSON, 'Title', 'Owner'],
    facts: [
      fact('Account_Name', 'Account', 'Compte'),
      fact('Title', 'Job title', 'Fonction'),
      EMAIL,
      PHONE,
      MOBILE,
      OWNER,
    ],
  },
  Leads: {
    objectId: 'zohoCrm.leads',
    tab: 'Leads',
    titleField: 'Full_Name',
    fields: ['Full_Name', 'Email', 'Secondary_Email', 'Phone', 'Mobile', 'Company', 'Lead_Status', 'Owner'],
    facts: [
      fact('Company', 'Company', 'Société'),
      fact('Lead_Status', 'Status', 'Statut'),
      EMAIL,
      PHONE,
      MOBILE,
      OWNER,
    ],
  },
  Accounts: {
    objectId: 'zohoCrm.accounts',
    tab: 'Accounts',
    titleField: 'Account_Name',
    fields: ['Account_Name', 'Phone', 'Website', 'Industry', 'Owner'],
    facts: [fact('Industry', 'Industry', 'Secteur'), fact('Website', 'Website', 'Site web'), PHONE, OWNER],
  },
  Deals: {
    objectId: 'zohoCrm.deals',
    tab: 'Potentials',
    titleField: 'Deal_Name',
    fields: [
      'Deal_Name',
      'Stage',
      'Amount',
      'Closing_Date',
      'Account_Name',
      'Contact_Name',
      'Currency',
      'Owner',
    ],
    facts: [
      fact('Stage', 'Stage', 'Étape'),
      fact('Amount', 'Amount', 'Montant', 'money'),
      fact('Closing_Date', 'Closing', 'Clôture', 'date'),
      fact('Account_Name', 'Account', 'Compte'),
      fact('Contact_Name', 'Contact', 'Contact'),
      OWNER,
    ],
  },
};

/** Records of the CRM as the page beside them needs to know them. */
export const records: RecordDeclaration<ZohoCrmClient> = {
  modules: Object.keys(MODULES),

  async read(client, name, id, account) {
    const module = MODULES[name];
    if (module === undefined) return null;
    const record = await client.record(name, id, module.fields);
    if (record === null) return null;
    const people = await peopleOf(client, name, record);
    const company = name === 'Accounts' ? record : lookupOf(record.Account_Name);
    return {
      module: name,
      id,
      ref: { object: module.objectId, id },
      title: textOf(record[module.titleField]) ?? id,
      name: textOf(people[0]?.Full_Name),
      company: textOf(company?.Account_Name) ?? textOf(company?.name) ?? textOf(record.Company),
      emails: distinct(people.flatMap(({ Email, Secondary_Email }) => [Email, Secondary_Email])),
      phones: distinct([record, ...people].flatMap(({ Phone, Mobile }) => [Phone, Mobile])),
      related: [
        ...people
          .filter((person) => person !== record)
          .map((person) => ({ object: 'zohoCrm.contacts', id: person.id })),
        ...(company === null || company === record ? [] : [{ object: 'zohoCrm.accounts', id: company.id }]),
      ],
      facts: factsOf(module, record, account),
      url: inTab(module.tab)(id, account),
    };
  },

  async byEmail(client, email, account) {
    const wanted = email.toLowerCase();
    const found = PEOPLE.map(async (name): Promise<PersonFound[]> => {
      const all = await client.searchByEmail(name, email, [...PERSON_FOUND[name]]);
      const theirs = all.filter(({ Email, Secondary_Email }) =>
        [Email, Secondary_Email].some((one) => textOf(one)?.toLowerCase() === wanted),
      );
      const age = ({ Created_Time }: CrmRecord): number => Date.parse(String(Created_Time)) || 0;
      return theirs
        .toSorted((one, other) => age(one) - age(other))
        .map((record) => ({
          module: name,
          id: record.id,
          name: textOf(record.Full_Name) ?? email,
          email: textOf(record.Email) ?? email,
          phone: textOf(record.Phone) ?? textOf(record.Mobile),
          company: textOf(lookupOf(record.Account_Name)?.name) ?? textOf(record.Company),
          url: inTab(MODULES[name]?.tab ?? name)(record.id, account),
        }));
    });
    return (await Promise.all(found)).flat();
  },
};

const PEOPLE = ['Contacts', 'Leads'] as const;
const PERSON_FOUND = {
  Contacts: ['Full_Name', 'Email', 'Secondary_Email', 'Phone', 'Mobile', 'Account_Name', 'Created_Time'],
  Leads: ['Full_Name', 'Email', 'Secondary_Email', 'Phone', 'Mobile', 'Company', 'Created_Time'],
} as const;

/** Whose addresses the record stands for: its own person, a deal's contact, an account's people. */
async function peopleOf(
  client: ZohoCrmClient,
  module: string,
  record: CrmRecord,
): Promise<readonly CrmRecord[]> {
  if (module === 'Contacts' || module === 'Leads') return [record];
  if (module === 'Deals') {
    const contact = lookupOf(record.Contact_Name);
    const found = contact === null ? null : await client.record('Contacts', contact.id, PERSON);
    return found === null ? [] : [found];
  }
  const { rows } = await client.query(
    `select Full_Name, Email, Secondary_Email, Phone, Mobile from Contacts where Account_Name = ${coqlText(record.id)} order by id asc limit ${MOST_PEOPLE}`,
  );
  return rows;
}

function factsOf(module: Module, record: CrmRecord, account: VendorAccount): CardRow[] {
  return module.facts.flatMap(({ field, label, as }): CardRow[] => {
    const value = shownValue(record, field, as, account);
    if (value === null) return [];
    const text =
      value.kind === 'text' && (field === 'Email' || label === PHONE.label || label === MOBILE.label);
    return [
      { id: field, label, values: [value], ...(text && value.kind === 'text' ? { copy: value.text } : {}) },
    ];
  });
}

function shownValue(
  record: CrmRecord,
  field: string,
  as: 'money' | 'date' | undefined,
  account: VendorAccount,
): CardValue | null {
  const held = record[field];
  if (as === 'money') {
    const currency = textOf(record.Currency) ?? account.facts?.currency ?? 'EUR';
    return typeof held === 'number' ? amountOf(held, currency) : null;
  }
  const text = textOf(held) ?? textOf(lookupOf(held)?.name);
  if (text === null) return null;
  return as === 'date' ? dateValue(text) : textValue(text);
}

/** The CRM gives amounts as numbers, and may give more decimals than the currency has. */
function amountOf(amount: number, currency: string): CardValue {
  try {
    return moneyValue(moneyOf(String(amount), currency));
  } catch {
    return textValue(`${amount} ${currency}`);
  }
}

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;

function lookupOf(value: unknown): CrmRecord | null {
  if (typeof value !== 'object' || value === null) return null;
  const { id } = value as { readonly id?: unknown };
  return typeof id === 'string' ? (value as CrmRecord) : null;
}

function distinct(values: readonly unknown[]): string[] {
  const found = new Map<string, string>();
  for (const value of values) {
    const text = textOf(value);
    if (text !== null && !found.has(text.toLowerCase())) found.set(text.toLowerCase(), text);
  }
  return [...found.values()];
}
