import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import type { Fact } from '../../core/facts/facts.ts';
import { type Order, personOf } from '../../core/order/order.ts';
import { isSamePerson, nameWords } from '../../core/order/same-person.ts';
import { keys } from './keys.ts';
import { phoneOf } from './phone-of.ts';
import type { Context } from './steps.ts';

const FIELDS = ['Full_Name', 'Email', 'Created_Time'];

const contactCreated = (id: string, name: string, shop: string): Fact => ({
  type: 'lead.created',
  key: `zoho-crm ${id}`,
  data: {
    record: { application: 'zoho-crm', object: 'zohoCrm.contacts', id, name: name || null },
    source: { application: shop },
  },
});

/**
 * The CRM contact of whoever ordered, made where there is none: the one with the e-mail address and the name, since
 * two people may share an address; else the one that their lead became. An open lead is left as it is: it is for a
 * person to convert. Without an address it is the phone number; whoever gave neither is no contact.
 *
 * @param isNew whether the order was taken just now: else the contact that is remembered is not looked at again.
 */
export async function keepContact(context: Context, { customer }: Order, isNew: boolean): Promise<void> {
  const { client, write, exclusively, linked, link, about, role, settings } = context;
  const { email, firstName, lastName, phone } = customer;
  const known = phoneOf(customer, context.organisation.locale);
  const address = email ?? known?.canonical;
  if (!settings.contact || address === undefined) return;
  const name = personOf(customer);
  const key = keys.contact(`${address.toLowerCase()} ${nameWords(name).join(' ')}`);
  if (!isNew && (await linked(key)) !== null) return;
  const crm = () => client(zohoCrm);

  async function withAddress() {
    if (email !== null) return crm().searchByEmail('Contacts', email, FIELDS);
    const found = await crm().searchByPhone('Contacts', known?.written ?? '', [...FIELDS, 'Phone', 'Mobile']);
    return found.filter(({ Phone, Mobile }) =>
      [Phone, Mobile].some((other) => known?.is(String(other ?? ''))),
    );
  }

  /** The contact that a lead with the address became, whatever address it has by now. */
  async function becameOf(address: string): Promise<{ id: string } | null> {
    const became = await crm().contactsOfConverted(address);
    for (const contact of became.length === 0 ? [] : await crm().records('Contacts', became, FIELDS))
      if (isSamePerson(String(contact.Full_Name ?? ''), name)) return { id: contact.id };
    return null;
  }

  async function find(): Promise<{ id: string } | null> {
    const before = await linked(key);
    // What was made a moment ago stands in no search yet.
    if (before !== null && (await crm().record('Contacts', before, ['id'])) !== null) return { id: before };
    const found = (await withAddress()).filter((contact) =>
      isSamePerson(String(contact.Full_Name ?? ''), name),
    );
    const [first] = found.sort((a, b) => String(a.Created_Time).localeCompare(String(b.Created_Time)));
    if (first !== undefined) return { id: first.id };
    return email === null ? null : becameOf(email);
  }

  await exclusively(key, async () => {
    const { id } = await write<{ id: string }>('contact', {
      findFirst: true,
      find,
      send: async () => {
        const made = await crm().createOne(
          'Contacts',
          {
            // Zoho wants a last name: of whom nobody knows one, the address or the number says most.
            Last_Name: lastName || firstName || address,
            ...(lastName === '' || firstName === '' ? {} : { First_Name: firstName }),
            ...(email === null ? {} : { Email: email }),
            ...(phone === '' ? {} : { Phone: phone }),
          },
          ['workflow'],
        );
        return { id: made.id };
      },
      tells: (made) => contactCreated(made.id, name, role('shop').connector.id),
    });
    await link(key, id);
    await about({ object: 'zohoCrm.contacts', id });
  });
}
