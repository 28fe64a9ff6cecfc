import type { FieldValue, FieldValues } from '../../core/sync-object.ts';
import { readBirthday, writeBirthday } from './birthday.ts';
import { type Contact, contactSchema } from './contact.ts';
import { changeOf, readVersion, recordOf } from './contact-values.ts';

const contactOf = (properties: object): Contact =>
  contactSchema.parse({ id: 'AAkA1', '@odata.etag': 'W/"1"', ...properties });

const read = (field: string, properties: object, ...others: string[]): FieldValue | undefined =>
  recordOf(contactOf(properties), [field, ...others]).values[field];

describe('a birthday', () => {
  it.each([
    ['noon, as Outlook writes it', '1991-02-14T11:59:00Z'],
    ['midnight in Paris', '1991-02-13T23:00:00Z'],
    ['midnight in Los Angeles', '1991-02-14T08:00:00Z'],
    ['midnight in Auckland', '1991-02-13T12:00:00Z'],
    ['midnight by UTC', '1991-02-14T00:00:00Z'],
  ])('is the day that it was entered as: %s', (_what, moment) => {
    expect(readBirthday(moment)).toBe('1991-02-14');
  });

  it('without its year is no date, nor is what is none', () => {
    for (const moment of ['1604-02-14T11:59:00Z', '', null, undefined, 'hier']) {
      expect(readBirthday(moment)).toBeNull();
    }
  });

  it('comes back as it was written', () => {
    for (const day of ['1991-02-14', '2000-02-29', '1948-12-31', '2024-01-01']) {
      expect(readBirthday(writeBirthday(day))).toBe(day);
    }
    expect(writeBirthday(null)).toBeNull();
  });
});

describe('a name', () => {
  it('has its middle names among the given ones, and keeps them where these stay', () => {
    const held = { givenName: 'Anne', middleName: 'Sophie', surname: 'Roy', displayName: 'Anne Sophie Roy' };
    expect(read('displayName', held)).toEqual({ given: 'Anne Sophie', family: 'Roy' });
    expect(changeOf(contactOf(held), { displayName: { given: 'Anne Sophie', family: 'Roy-Petit' } })).toEqual(
      {
        displayName: 'Anne Sophie Roy-Petit',
        givenName: 'Anne',
        middleName: 'Sophie',
        surname: 'Roy-Petit',
      },
    );
    expect(changeOf(contactOf(held), { displayName: { given: 'Anne', family: 'Roy' } })).toMatchObject({
      givenName: 'Anne',
      middleName: null,
    });
  });

  it('is what is shown, where there is no other and it is no company or address', () => {
    expect(read('displayName', { displayName: 'Maman' })).toEqual({ given: '', family: 'Maman' });
    const company = { displayName: 'Atelier Lumen', companyName: 'Atelier Lumen' };
    expect(read('displayName', company)).toBeNull();
    const mail = { displayName: 'a@b.example', emailAddresses: [{ address: 'a@b.example' }] };
    expect(read('displayName', mail)).toBeNull();
  });
});

describe('a phone number', () => {
  const held = { businessPhones: [], homePhones: ['04 65 71 00 01'], mobilePhone: '06 39 98 00 01' };

  it('is another one where there is none of the business, unless that is a field of its own', () => {
    expect(read('businessPhones', held)).toBe('04 65 71 00 01');
    expect(read('businessPhones', held, 'homePhones')).toBe('06 39 98 00 01');
    expect(read('businessPhones', held, 'homePhones', 'mobilePhone')).toBeNull();
  });

  it('that is read from elsewhere is never written over: a new one is added beside it', () => {
    const change = changeOf(contactOf(held), { businessPhones: '04 65 71 00 99' });
    expect(change).toEqual({ businessPhones: ['04 65 71 00 99'] });
    const { fuller } = readVersion(recordOf(contactOf(held), ['businessPhones']).version ?? '');
    expect(fuller).toEqual(['businessPhones']);
  });

  it('takes the place of the first and leaves the second', () => {
    const two = contactOf({ businessPhones: ['1', '2'] });
    expect(changeOf(two, { businessPhones: '3' })).toEqual({ businessPhones: ['3', '2'] });
    expect(changeOf(two, { businessPhones: null })).toEqual({ businessPhones: ['2'] });
  });
});

describe('an e-mail address', () => {
  it('keeps its name, unless that only says the former address', () => {
    const named = contactOf({
      emailAddresses: [{ name: 'Hélène', address: 'a@b.example' }, { address: 'c@d.example' }],
    });
    expect(changeOf(named, { emailAddresses: 'e@f.example' })).toEqual({
      emailAddresses: [{ name: 'Hélène', address: 'e@f.example' }, { address: 'c@d.example' }],
    });
    const bare = contactOf({ emailAddresses: [{ name: 'a@b.example', address: 'a@b.example' }] });
    expect(changeOf(bare, { emailAddresses: 'e@f.example' })).toEqual({
      emailAddresses: [{ name: 'e@f.example', address: 'e@f.example' }],
    });
  });
});

it('names in its version what holds more than the fields show, and nothing else', () => {
  const fields = ['displayName', 'emailAddresses', 'companyName', 'businessAddress.city'];
  const plain = contactOf({
    givenName: 'Ève',
    surname: 'Essai',
    displayName: 'Ève Essai',
    emailAddresses: [{ name: 'a@b.example', address: 'a@b.example' }],
    companyName: 'Lumen',
    businessAddress: { city: 'Lyon' },
  });
  expect(recordOf(plain, fields).version).toBe('W/"1"');
  const fuller = contactOf({
    ...plain,
    middleName: 'B.',
    emailAddresses: [{ name: 'Ève', address: 'a@b.example' }],
    businessAddress: { city: 'Lyon', street: '1 rue du Puits' },
  });
  const { etag, fuller: named } = readVersion(recordOf(fuller, fields).version ?? '');
  expect(etag).toBe('W/"1"');
  expect([...named].sort()).toEqual(['businessAddress', 'emailAddresses', 'givenName', 'middleName']);
});

it('changes several parts of one address together', () => {
  const held = contactOf({
    businessAddress: { street: '1 rue du Puits', city: 'Lyon', postalCode: '69001' },
  });
  const values: FieldValues = { 'businessAddress.city': 'Paris', 'businessAddress.postalCode': '75001' };
  expect(changeOf(held, values)).toEqual({
    businessAddress: { street: '1 rue du Puits', city: 'Paris', postalCode: '75001' },
  });
});

it('has its categories as they are, and says so to a filter by their names', () => {
  expect(read('categories', { categories: ['Client', 'VIP'] })).toEqual(['Client', 'VIP']);
  expect(changeOf({}, { categories: ['Presse'] })).toEqual({ categories: ['Presse'] });
});

it('believes nothing that is of another shape: what may be missing is', () => {
  const bare = recordOf(contactOf({}), ['displayName', 'emailAddresses', 'businessPhones', 'companyName']);
  expect(Object.values(bare.values)).toEqual([null, null, null, null]);
  expect(bare.label).toBe('AAkA1');
  expect(recordOf(contactSchema.parse({ id: 'x' }), ['displayName']).version).toBeNull();
});
