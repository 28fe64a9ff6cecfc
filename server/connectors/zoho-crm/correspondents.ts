import type { VendorAccount } from '../../core/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import type {
  CorrespondentsDeclaration,
  KnownPerson,
  LastNote,
  NewPersonField,
  OpenDeal,
  PersonModuleName,
} from '../../core/mail/correspondents.ts';
import { moneyOf } from '../../core/money.ts';
import type { ZohoCrmClient } from './client.ts';
import { coqlText, MOST_IN } from './coql.ts';
import { MAIL_LIMITS } from './emails.ts';
import { makeCorrespondent } from './make-correspondent.ts';
import { inTab, tabOf } from './objects.ts';
import { recordCurrency } from './record-currency.ts';
import type { CrmRecord } from './records.ts';

const EMAILS = ['Email', 'Secondary_Email'] as const;
const PERSON = ['Full_Name', ...EMAILS, 'Phone', 'Mobile', 'Owner'] as const;
const FIELDS: Readonly<Record<PersonModuleName, readonly string[]>> = {
  Contacts: [...PERSON, 'Title', 'Account_Name'],
  Leads: [...PERSON, 'Designation', 'Company'],
};
const DEAL = ['Deal_Name', 'Stage', 'Amount', 'Currency', 'Closing_Date', 'Account_Name', 'Contact_Name'];

const MOST_PEOPLE = 50;
/** Open deals that are looked at, of all the people of a mail, and shown of one of them. */
const MOST_DEALS = 200;
const SHOWN_DEALS = 10;
/** Each person's notes are a call of their own. */
const MOST_NOTED = 4;
const SHOWN_NOTES = 3;
const LONGEST_NOTE = 500;

/** Fields of the two modules under the names that a new person has them by. */
const OWN_FIELDS: Readonly<Record<PersonModuleName, Readonly<Partial<Record<string, NewPersonField>>>>> = {
  Contacts: { First_Name: 'firstName', Last_Name: 'lastName', Email: 'email', Phone: 'phone' },
  Leads: {
    First_Name: 'firstName',
    Last_Name: 'lastName',
    Email: 'email',
    Phone: 'phone',
    Company: 'company',
  },
};

/** Ids of the records with one of these addresses, the oldest first, as they stand now: no index lags behind. */
async function idsWith(
  client: ZohoCrmClient,
  module: PersonModuleName,
  addresses: readonly string[],
): Promise<string[]> {
  const list = `(${addresses.slice(0, MOST_IN).map(coqlText).join(', ')})`;
  const query = async (fields: readonly string[]): Promise<string[]> => {
    const [first = '', ...others] = fields.map((field) => `${field} in ${list}`);
    const where = others.length === 0 ? first : `(${[first, ...others].join(' or ')})`;
    const { rows } = await client.query(
      `select Email from ${module} where ${where} order by id asc limit ${MOST_PEOPLE}`,
    );
    return rows.map(({ id }) => id);
  };
  try {
    return await query(EMAILS);
  } catch (thrown) {
    // An organisation may have taken the second address off its layouts; its query is refused then.
    if (!(thrown instanceof LiaisonError) || thrown.kind !== 'rejected') throw thrown;
    return query(EMAILS.slice(0, 1));
  }
}

async function personsOf(
  client: ZohoCrmClient,
  module: PersonModuleName,
  addresses: readonly string[],
): Promise<CrmRecord[]> {
  const ids = await idsWith(client, module, addresses);
  if (ids.length === 0) return [];
  const found = await client.records(module, ids, FIELDS[module]);
  return ids.flatMap((id) => found.find((one) => one.id === id) ?? []);
}

/**
 * Open deals of these contacts and accounts, the next to close first. Open is what is neither certain nor lost: the
 * stages' own names are each organisation's.
 */
async function dealsOf(client: ZohoCrmClient, contacts: readonly CrmRecord[]): Promise<CrmRecord[]> {
  const ids = contacts.map(({ id }) => id);
  const accounts = [...new Set(contacts.flatMap(({ Account_Name }) => lookupOf(Account_Name)?.id ?? []))];
  if (ids.length === 0) return [];
  const among = (field: string, some: readonly string[]): string =>
    `${field} in (${some.slice(0, MOST_IN).map(coqlText).join(', ')})`;
  const whose =
    accounts.length === 0
      ? among('Contact_Name', ids)
      : `(${among('Contact_Name', ids)} or ${among('Account_Name', accounts)})`;
  const open = '(Probability is null or (Probability > 0 and Probability < 100))';
  const { rows } = await client.query(
    `select Closing_Date from Deals where (${whose} and ${open}) order by Closing_Date asc limit ${MOST_DEALS}`,
  );
  const found = await client.records(
    'Deals',
    rows.map(({ id }) => id),
    DEAL,
  );
  return rows.flatMap(({ id }) => found.find((one) => one.id === id) ?? []);
}

function openDeal(deal: CrmRecord, account: VendorAccount): OpenDeal {
  const { Amount: amount } = deal;
  const currency = recordCurrency(deal) ?? account.facts?.currency ?? 'EUR';
  return {
    id: deal.id,
    name: textOf(deal.Deal_Name) ?? deal.id,
    stage: textOf(deal.Stage),
    amount: typeof amount === 'number' ? moneyFrom(amount, currency) : null,
    closing: textOf(deal.Closing_Date),
    url: inTab(tabOf('Deals'))(deal.id, account),
  };
}

/** The CRM gives amounts as numbers, and may give more decimals than the currency has. */
function moneyFrom(amount: number, currency: string): OpenDeal['amount'] {
  try {
    return moneyOf(String(amount), currency);
  } catch {
    return null;
  }
}

async function lastNotes(client: ZohoCrmClient, module: PersonModuleName, id: string): Promise<LastNote[]> {
  const notes = await client.lastNotes(module, id, SHOWN_NOTES);
  return notes.map(({ content, ...note }) => ({ ...note, text: content.slice(0, LONGEST_NOTE) }));
}

/** Who writes, and who is written to, as the CRM has them. */
export const correspondents: CorrespondentsDeclaration<ZohoCrmClient> = {
  modules: ['Contacts', 'Leads', 'Accounts', 'Deals'],
  limits: MAIL_LIMITS,

  async people(client, addresses, account) {
    if (addresses.length === 0) return [];
    const [contacts, leads] = await Promise.all([
      personsOf(client, 'Contacts', addresses),
      personsOf(client, 'Leads', addresses),
    ]);
    const all = [
      ...contacts.map((record) => ({ module: 'Contacts' as const, record })),
      ...leads.map((record) => ({ module: 'Leads' as const, record })),
    ];
    // Those of whom the mail speaks first are whom it is about.
    const rank = ({ record }: (typeof all)[number]): number => {
      const found = addresses.findIndex((one) => emailsOf(record).includes(one));
      return found === -1 ? addresses.length : found;
    };
    const noted = new Set([...all].sort((one, other) => rank(one) - rank(other)).slice(0, MOST_NOTED));
    const [deals, notes] = await Promise.all([
      dealsOf(client, contacts),
      Promise.all(all.map((one) => (noted.has(one) ? lastNotes(client, one.module, one.record.id) : null))),
    ]);
    return all.map(({ module, record }, index): KnownPerson => {
      const company = lookupOf(record.Account_Name);
      const own = deals.filter(
        (deal) =>
          module === 'Contacts' &&
          (lookupOf(deal.Contact_Name)?.id === record.id ||
            (company !== null && lookupOf(deal.Account_Name)?.id === company.id)),
      );
      const owner = lookupOf(record.Owner);
      return {
        module,
        id: record.id,
        name: textOf(record.Full_Name) ?? emailsOf(record)[0] ?? record.id,
        emails: emailsOf(record),
        phone: textOf(record.Phone) ?? textOf(record.Mobile),
        title: textOf(record.Title) ?? textOf(record.Designation),
        company: textOf(company?.name) ?? textOf(record.Company),
        account:
          company === null
            ? null
            : {
                id: company.id,
                name: textOf(company.name) ?? company.id,
                url: inTab('Accounts')(company.id, account),
              },
        owner: owner === null ? null : { id: owner.id, name: textOf(owner.name) ?? owner.id },
        url: inTab(module)(record.id, account),
        deals: own.slice(0, SHOWN_DEALS).map((deal) => openDeal(deal, account)),
        moreDeals: own.length > SHOWN_DEALS,
        notes: notes[index] ?? null,
      };
    });
  },

  async withAddress(client, email, account) {
    for (const module of ['Contacts', 'Leads'] as const) {
      const [record] = await personsOf(client, module, [email]);
      if (record === undefined) continue;
      const company = lookupOf(record.Account_Name);
      return {
        outcome: 'existed',
        record: {
          module,
          id: record.id,
          name: textOf(record.Full_Name) ?? email,
          url: inTab(module)(record.id, account),
        },
        account:
          company === null
            ? null
            : {
                id: company.id,
                name: textOf(company.name) ?? company.id,
                url: inTab('Accounts')(company.id, account),
                outcome: 'found',
              },
      };
    }
    return null;
  },

  async lengths(client, module) {
    const fields = await client.fields(module);
    return Object.fromEntries(
      fields.flatMap(({ apiName, length }) => {
        const own = OWN_FIELDS[module][apiName];
        return own === undefined || length === null ? [] : [[own, length]];
      }),
    );
  },

  async required(client, module) {
    const fields = await client.fields(module);
    return new Set(
      fields.flatMap(({ apiName, required }) => {
        const own = OWN_FIELDS[module][apiName];
        return own !== undefined && required ? [own] : [];
      }),
    );
  },

  make: makeCorrespondent,

  async names(client, records, account) {
    const modules = [...new Set(records.map(({ module }) => module))].filter((one) =>
      correspondents.modules.includes(one),
    );
    const found = await Promise.all(
      modules.map(async (module) => {
        const title = TITLES[module] ?? 'Full_Name';
        const ids = records.filter((one) => one.module === module).map(({ id }) => id);
        return (await client.records(module, ids, [title])).map((record) => ({
          module,
          id: record.id,
          name: textOf(record[title]) ?? record.id,
          url: inTab(tabOf(module))(record.id, account),
        }));
      }),
    );
    return found.flat();
  },
};

const TITLES: Readonly<Record<string, string>> = { Accounts: 'Account_Name', Deals: 'Deal_Name' };

const emailsOf = (record: CrmRecord): string[] =>
  EMAILS.flatMap((field) => textOf(record[field])?.toLowerCase() ?? []);

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;

function lookupOf(value: unknown): CrmRecord | null {
  if (typeof value !== 'object' || value === null) return null;
  const { id } = value as { readonly id?: unknown };
  return typeof id === 'string' ? (value as CrmRecord) : null;
}
