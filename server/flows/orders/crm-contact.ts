import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { type Order, personOf } from '../../core/order/order.ts';
import { isSamePerson, nameWords } from '../../core/order/same-person.ts';
import { keys } from './keys.ts';
import type { Context } from './steps.ts';

const FIELDS = ['Full_Name', 'Email', 'Created_Time'];

/**
 * The CRM contact of whoever ordered, made where there is none: the one with the e-mail address and the name, since
 * two people may share an address. Whoever gave no address is no contact.
 *
 * @param isNew whether the order was taken just now: else the contact that is remembered is not looked at again.
 */
export async function keepContact(context: Context, { customer }: Order, isNew: boolean): Promise<void> {
  const { client, write, exclusively, linked, link, about, settings } = context;
  const { email, firstName, lastName, phone } = customer;
  if (!settings.contact || email === null) return;
  const name = personOf(customer);
  const key = keys.contact(`${email.toLowerCase()} ${nameWords(name).join(' ')}`);
  if (!isNew && (await linked(key)) !== null) return;
  const crm = () => client(zohoCrm);

  async function find(): Promise<{ id: string } | null> {
    const known = await linked(key);
    // What was made a moment ago stands in no search yet.
    if (known !== null && (await crm().record('Contacts', known, ['id'])) !== null) return { id: known };
    const found = (await crm().searchByEmail('Contacts', email ?? '', FIELDS)).filter((contact) =>
      isSamePerson(String(contact.Full_Name ?? ''), name),
    );
    const [first] = found.sort((a, b) => String(a.Created_Time).localeCompare(String(b.Created_Time)));
    return first === undefined ? null : { id: first.id };
  }

  await exclusively(key, async () => {
    const { id } = await write('contact', {
      findFirst: true,
      find,
      send: () =>
        crm().createOne(
          'Contacts',
          {
            // Zoho wants a last name: of whom nobody knows one, the address says most.
            Last_Name: lastName || firstName || email,
            ...(lastName === '' || firstName === '' ? {} : { First_Name: firstName }),
            Email: email,
            ...(phone === '' ? {} : { Phone: phone }),
          },
          ['workflow'],
        ),
    });
    await link(key, id);
    await about({ object: 'zohoCrm.contacts', id });
  });
}
