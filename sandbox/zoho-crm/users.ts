import { company, users } from '../company/index.ts';
import { people } from './people.ts';
import { COMPANY_LOCALE } from './user-locales.ts';

const PROFILES = {
  Administrator: { name: 'Administrator', id: '4876876000000040001' },
  Standard: { name: 'Standard', id: '4876876000000040002' },
} as const;
const NOBODY = ['DeletedUsers', 'NotConfirmedUsers', 'DeveloperUsers', 'ActiveLiteUser'];

/**
 * `GET /users`: by type, or the one user whose id is given.
 *
 * @param localeOf what a user chose, by id; null: nothing.
 */
export function usersOf(
  typeOrId: string,
  currentId: string,
  localeOf: (userId: string) => string | null = () => null,
  isActive: (userId: string) => boolean = () => true,
): { status: number; body?: object } {
  const shapes = users
    .map((_user, index) => shape(index, localeOf, isActive))
    .filter(({ id, profile, status }) => {
      if (typeOrId === 'CurrentUser') return id === currentId;
      if (/^\d+$/.test(typeOrId)) return id === typeOrId;
      if (typeOrId === 'AdminUsers' || typeOrId === 'ActiveConfirmedAdmins')
        return profile.name === 'Administrator';
      if (typeOrId === 'ActiveUsers' || typeOrId === 'ActiveConfirmedUsers') return status === 'active';
      if (typeOrId === 'DeactiveUsers') return status !== 'active';
      return !NOBODY.includes(typeOrId);
    });
  if (shapes.length === 0) return { status: 204 };
  if (/^\d+$/.test(typeOrId)) return { status: 200, body: { users: shapes } };
  const info = { per_page: 200, count: shapes.length, page: 1, more_records: false };
  return { status: 200, body: { users: shapes, info } };
}

function shape(
  index: number,
  localeOf: (userId: string) => string | null,
  isActive: (userId: string) => boolean,
) {
  const user = users[index] ?? users[0];
  const person = people[index] ?? people[0];
  if (!user || !person) throw new Error('The company has no users.');
  const locale = localeOf(person.id) ?? COMPANY_LOCALE;
  return {
    id: person.id,
    first_name: user.firstName,
    last_name: user.lastName,
    full_name: person.name,
    email: user.email,
    zuid: `2009876${String(index + 1).padStart(4, '0')}`,
    profile: PROFILES[user.role],
    role:
      user.role === 'Administrator'
        ? { name: 'CEO', id: '4876876000000041001' }
        : { name: 'Manager', id: '4876876000000041002' },
    status: isActive(person.id) ? 'active' : 'inactive',
    confirm: true,
    alias: null,
    phone: null,
    mobile: null,
    city: company.address.city,
    country: company.address.country,
    state: null,
    street: null,
    zip: null,
    website: null,
    locale,
    country_locale: locale,
    time_zone: company.timeZone,
    date_format: 'dd/MM/yyyy',
    time_format: 'HH:mm',
    decimal_separator: 'Comma',
    number_separator: 'Space',
    name_format__s: 'Salutation,First Name,Last Name',
    type__s: 'Regular User',
    microsoft: false,
    sandboxDeveloper: false,
  };
}
