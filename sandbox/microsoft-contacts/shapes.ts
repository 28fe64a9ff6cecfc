import { isMembers } from '../kit/json-body.ts';
import { badRequest } from '../microsoft/refusal.ts';

/** What a contact holds, by Graph's names. */
export type ContactData = Readonly<Record<string, unknown>>;

/** What a property is. https://learn.microsoft.com/graph/api/resources/contact#properties */
type Kind = 'text' | 'texts' | 'moment' | 'address' | 'mails';

const of = (kind: Kind, ...names: readonly string[]): [string, Kind][] => names.map((name) => [name, kind]);
const TEXTS = of(
  'text',
  'assistantName',
  'businessHomePage',
  'companyName',
  'department',
  'displayName',
  'fileAs',
  'generation',
  'givenName',
  'initials',
  'jobTitle',
  'manager',
  'middleName',
  'mobilePhone',
  'nickName',
  'officeLocation',
  'personalNotes',
  'profession',
  'spouseName',
  'surname',
  'title',
  'yomiCompanyName',
  'yomiGivenName',
  'yomiSurname',
);
export const SHAPE: Readonly<Record<string, Kind>> = Object.fromEntries([
  ...TEXTS,
  ...of('texts', 'businessPhones', 'categories', 'children', 'homePhones', 'imAddresses'),
  ...of('moment', 'birthday'),
  ...of('address', 'businessAddress', 'homeAddress', 'otherAddress'),
  ...of('mails', 'emailAddresses'),
]);
/** Worked out by Graph, or not written here: named in a body, they are left as they are. */
const READ_ONLY = new Set([
  'id',
  'changeKey',
  'createdDateTime',
  'lastModifiedDateTime',
  'parentFolderId',
  'singleValueExtendedProperties',
  'extensions',
]);
const ADDRESS_PARTS = new Set(['street', 'city', 'state', 'countryOrRegion', 'postalCode']);

/** Outlook has three fields for e-mail addresses, and two for each kind of number. */
const MOST_MAILS = 3;
const MOST_PHONES = 2;

const EMPTY: Readonly<Record<Kind, unknown>> = {
  text: null,
  texts: [],
  moment: null,
  address: {},
  mails: [],
};
export const emptyContact = (): ContactData =>
  Object.fromEntries(Object.entries(SHAPE).map(([name, kind]) => [name, EMPTY[kind]]));

/** Reads a body as changes of a contact. @throws GraphRefusal for what is not of its property's type. */
export function readContact(body: Readonly<Record<string, unknown>>): ContactData {
  const entries = Object.entries(body).flatMap(([name, value]): [string, unknown][] => {
    if (name.startsWith('@odata.') || READ_ONLY.has(name)) return [];
    const kind = SHAPE[name];
    if (kind === undefined)
      throw badRequest(
        `The property '${name}' does not exist on type 'microsoft.graph.contact'. Make sure to only use property names that are defined by the type.`,
        'RequestBodyRead',
      );
    return [[name, read(name, kind, value)]];
  });
  return Object.fromEntries(entries);
}

function read(name: string, kind: Kind, value: unknown): unknown {
  if (value === null || value === undefined) return EMPTY[kind];
  switch (kind) {
    case 'text':
      if (typeof value !== 'string') throw wrongType(name, 'Edm.String');
      return value === '' ? null : value;
    case 'texts':
      return texts(name, value);
    case 'moment':
      return moment(value);
    case 'address':
      return address(name, value);
    case 'mails':
      return mails(value);
  }
}

function texts(name: string, value: unknown): string[] {
  if (!Array.isArray(value)) throw wrongType(name, 'Collection(Edm.String)');
  if (!value.every((one) => typeof one === 'string')) throw wrongType(name, 'Collection(Edm.String)');
  if (/Phones$/.test(name) && value.length > MOST_PHONES)
    throw badRequest(
      `The collection '${name}' can have ${MOST_PHONES} items at most.`,
      'ErrorInvalidProperty',
    );
  return value.filter((one) => one !== '');
}

function moment(value: unknown): string {
  const isDay =
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(value);
  const at = isDay ? Date.parse(value.length === 10 ? `${value}T11:59:00Z` : value) : Number.NaN;
  if (Number.isNaN(at))
    throw badRequest(
      `Cannot convert the literal '${String(value)}' to the expected type 'Edm.DateTimeOffset'.`,
      'RequestBodyRead',
    );
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

function address(name: string, value: unknown): object {
  if (!isMembers(value)) throw wrongType(name, 'microsoft.graph.physicalAddress');
  const unknown = Object.keys(value).find((part) => !ADDRESS_PARTS.has(part));
  if (unknown !== undefined)
    throw badRequest(
      `The property '${unknown}' does not exist on type 'microsoft.graph.physicalAddress'.`,
      'RequestBodyRead',
    );
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== null && part !== ''));
}

function mails(value: unknown): object[] {
  if (!Array.isArray(value)) throw wrongType('emailAddresses', 'Collection(microsoft.graph.emailAddress)');
  if (value.length > MOST_MAILS)
    throw badRequest(
      `The collection 'emailAddresses' can have ${MOST_MAILS} items at most.`,
      'ErrorInvalidProperty',
    );
  return value.flatMap((one) => {
    if (!isMembers(one) || (one.address != null && typeof one.address !== 'string'))
      throw wrongType('emailAddresses', 'microsoft.graph.emailAddress');
    const { address, name } = one;
    return address ? [{ name: name || address, address }] : [];
  });
}

const wrongType = (name: string, type: string) =>
  badRequest(
    `Cannot convert the value of the property '${name}' to the expected type '${type}'.`,
    'RequestBodyRead',
  );

/** What Graph works out of the names, unless a shown name is given beside them. */
export function withShownName(contact: ContactData, given: ContactData): ContactData {
  const namesChange = ['givenName', 'middleName', 'surname'].some((name) => name in given);
  if ('displayName' in given && given.displayName !== null) return contact;
  if (!namesChange && contact.displayName) return contact;
  const parts = [contact.givenName, contact.middleName, contact.surname].filter(Boolean);
  const [mail] = contact.emailAddresses as { address?: string }[];
  const shown = parts.join(' ') || contact.companyName || mail?.address || null;
  return { ...contact, displayName: shown, fileAs: contact.fileAs ?? shown };
}
