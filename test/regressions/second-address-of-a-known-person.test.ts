import type { ZohoCrmClient } from '../../server/connectors/zoho-crm/client.ts';
import { findPerson } from '../../server/flows/form-answers/find-person.ts';

const CONTACT = {
  id: '1',
  ...{
    Last_Name: 'Roux',
    First_Name: 'Zoé',
    Email: 'zoe@ailleurs.example',
    Secondary_Email: 'zoe@roux.example',
  },
};
const crm = {
  searchByEmail: async (module: string) => (module === 'Contacts' ? [CONTACT] : []),
  record: async () => CONTACT,
  contactsOfConverted: async () => [],
} as unknown as ZohoCrmClient;
const found = (email: string) =>
  findPerson(
    crm,
    { email, phone: null, first: 'Zoé', last: 'Roux', company: null },
    { look: 'both', make: 'lead' },
    null,
  );

/** The CRM’s search finds people by both of their addresses; a form, or a chat, made a second record of them. */
it.each(['zoe@roux.example', 'Zoe@Ailleurs.example'])(
  'whoever writes from %s is the contact who is there',
  async (email) => {
    expect(await found(email)).toMatchObject({ module: 'Contacts', id: '1', sameName: true });
  },
);

it('an address that the index still has, and the record has not, is nobody’s', async () => {
  expect(await found('avant@roux.example')).toBeNull();
});
