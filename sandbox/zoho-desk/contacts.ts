import type { VendorDesk } from '../core/simulator.ts';
import { type Call, invalid, listed, notFound, type Operation, sorted } from './api.ts';
import { makeContact } from './change-ticket.ts';
import { type ContactRow, deskTables } from './rows.ts';
import { isWithin, shownInSearch } from './search.ts';
import { contactView } from './views.ts';

/** As Zoho's own OpenAPI file has it: no address beyond ASCII. */
const EMAIL = /^\w[\w+\-.'&~]*@(?=.{4,256}$)([a-z\d]+([-_]*[a-z\d])*\.)+[a-z]{2,22}$/i;
export const isEmail = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 150 && EMAIL.test(value);

export const contactWithEmail = (desk: VendorDesk, email: string): ContactRow | undefined =>
  deskTables(desk)
    .contacts.all()
    .find((one) => one.email?.toLowerCase() === email.toLowerCase());

/** https://desk.zoho.com/DeskAPIDocument#Contacts */
export const contactOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/contacts',
    scopes: ['Desk.contacts.READ'],
    run(call) {
      const moments = {
        createdTime: (row: ContactRow) => row.createdTime,
        modifiedTime: (row: ContactRow) => row.modifiedTime,
      };
      const rows = sorted(deskTables(call.desk).contacts.all(), call.query.get('sortBy'), moments);
      return listed(call, rows.map(contactView), { most: 99 });
    },
  },
  {
    method: 'GET',
    path: '/contacts/search',
    scopes: ['Desk.contacts.READ', 'Desk.search.READ'],
    run: (call) => listed(call, found(call).map(contactView), { most: 100, counted: true }),
  },
  {
    method: 'GET',
    path: '/contacts/{contact}',
    scopes: ['Desk.contacts.READ'],
    run({ desk, path }) {
      const row = deskTables(desk).contacts.get(path.contact ?? '');
      if (!row) throw notFound();
      return { body: contactView(row) };
    },
  },
  {
    method: 'POST',
    path: '/contacts',
    scopes: ['Desk.contacts.CREATE'],
    takes: {
      lastName: { is: 'text', most: 200, required: true },
      firstName: { is: 'text', most: 40 },
      email: { is: 'text', most: 255 },
      phone: { is: 'text', most: 50 },
      mobile: { is: 'text', most: 50 },
      description: { is: 'text', most: 65_535 },
    },
    run({ desk, body }) {
      if (body.email !== undefined && !isEmail(body.email)) throw invalid(['email', 'invalid']);
      const { lastName, ...rest } = body as Partial<ContactRow>;
      return { body: contactView(makeContact(desk, { ...rest, lastName: lastName ?? '' })) };
    },
  },
];

/** From the index, which comes late: one that was made just now is not found. */
function found({ desk, query }: Call): ContactRow[] {
  const all = query.get('_all')?.toLowerCase();
  const [last, first] = [query.get('lastName'), query.get('firstName')];
  return deskTables(desk)
    .contacts.all()
    .filter(
      (row) =>
        shownInSearch(desk, row) &&
        (all === undefined ||
          [row.email, row.firstName, row.lastName, row.phone, row.mobile].some((text) =>
            text?.toLowerCase().includes(all),
          )) &&
        (last === null || row.lastName.toLowerCase() === last.toLowerCase()) &&
        (first === null || row.firstName?.toLowerCase() === first.toLowerCase()) &&
        isWithin(query, 'modifiedTimeRange', row.modifiedTime),
    );
}
