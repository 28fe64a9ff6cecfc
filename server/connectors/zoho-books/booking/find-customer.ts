import { asLiaisonError } from '../../../core/errors.ts';
import type { RunContext } from '../../../core/flow.ts';
import { zohoBooks } from '../connector.ts';
import type { BooksContact } from '../contacts.ts';
import { contactName } from '../lengths.ts';
import { ambiguous, currencyIdOf, notMade } from './customer-failures.ts';

export interface Customer {
  readonly id: string;
  readonly name: string;
}

/** Who is to be invoiced. */
export interface Payer {
  /** What the customer is called where it has to be made. */
  readonly name: string;
  /** The person behind the name, where it is known. */
  readonly personName: string | null;
  /** As Books takes it; null: there is none, and the customer is known by `ownId` alone. */
  readonly email: string | null;
  /** A number to be found by where there is no e-mail, and whether another one is the same. */
  readonly phone?: { readonly written: string; is(other: string): boolean };
  /** Whose ids these are, in front of them: `Stripe`. */
  readonly of: string;
  /** The id by which the source knows the customer. */
  readonly ownId: string;
  /** ISO 4217: a customer of Books has one currency. */
  readonly currency: string;
  /** What this customer is remembered by. */
  readonly key: string;
  /** Of those who have the address, whether it is this one; absent: they all are. */
  isThis?(contact: BooksContact): boolean;
}

/** What finding a customer needs of a run. */
export type CustomerRun = Pick<
  RunContext<unknown, 'customer'>,
  'client' | 'write' | 'exclusively' | 'linked' | 'link'
>;

const unlessNameIsTaken =
  <T>(other: () => Promise<T>) =>
  (thrown: unknown): Promise<T> => {
    const { kind, details } = asLiaisonError(thrown);
    if (kind === 'rejected' && details.field === 'contact_name') return other();
    throw thrown;
  };

/**
 * The customer in Books whose e-mail the payer has and who is invoiced in the same currency, or a new one. Who gave no
 * e-mail that Books takes is known by the source's own id: never by a name, which somebody else may have too.
 *
 * @throws LiaisonError `rejected` when several fit: money is not booked on a guess.
 */
export async function findCustomer(run: CustomerRun, payer: Payer): Promise<Customer> {
  const { client, write, exclusively, linked, link } = run;
  const { name, email, ownId, currency, key } = payer;
  const mark = `${payer.of} ${ownId}`;

  const isFitting = (one: BooksContact | null): one is BooksContact =>
    one?.isActive === true && one.currency === currency;

  /** What was made a moment ago stands in no list yet. */
  async function remembered(): Promise<Customer | null> {
    const id = await linked(key);
    const contact = id === null ? null : await client(zohoBooks).contact(id);
    return isFitting(contact) ? { id: contact.id, name: contact.name } : null;
  }

  async function byEmail(address: string): Promise<Customer | null> {
    return onlyOne(address, await client(zohoBooks).contactsByEmail(address));
  }

  async function byPhone(): Promise<Customer | null> {
    const { phone } = payer;
    if (phone === undefined) return null;
    const found = await client(zohoBooks).contactsByPhone(phone.written);
    return onlyOne(
      phone.written,
      found.filter((one) => one.phones.some((other) => phone.is(other))),
    );
  }

  function onlyOne(sought: string, found: readonly BooksContact[]): Customer | null {
    const fitting = found.filter(isFitting).filter((one) => payer.isThis?.(one) ?? true);
    if (fitting.length > 1)
      throw ambiguous(
        sought,
        fitting.map((one) => one.name),
      );
    const [only] = fitting;
    return only === undefined ? null : { id: only.id, name: only.name };
  }

  /** One that an attempt made whose answer was lost: it bears the payer's mark. */
  async function byMark(): Promise<Customer | null> {
    const books = client(zohoBooks);
    for (const chosen of [contactName(name), contactName(name, ownId)])
      for (const { id } of (await books.contactsByName(chosen)).filter(isFitting)) {
        const contact = await books.contact(id);
        if (contact?.notes === mark) return { id, name: contact.name };
      }
    return null;
  }

  async function find(): Promise<Customer | null> {
    if (email !== null) return (await byEmail(email)) ?? (await remembered());
    return (await remembered()) ?? (await byPhone()) ?? (await byMark());
  }

  async function create(): Promise<Customer> {
    const books = client(zohoBooks);
    const currencyId = await currencyIdOf(currency, client);
    const person = { email, currencyId, personName: payer.personName };
    const make = async (by: string | null): Promise<Customer> => {
      const chosen = contactName(name, by);
      const made = await books.createContact({
        ...person,
        name: chosen,
        ...(email === null ? { notes: mark } : {}),
        ...(payer.phone === undefined ? {} : { phone: payer.phone.written }),
      });
      // An accounting program has been seen to answer with an id and to make nothing, for a name with signs in it.
      if ((await books.contact(made.id)) === null) throw notMade(chosen);
      return { id: made.id, name: made.name };
    };
    // Names are unique in Books: one that is taken is somebody else's, or the same payer's in another currency.
    if (email === null) return make(null).catch(unlessNameIsTaken(() => make(ownId)));
    return make(null)
      .catch(unlessNameIsTaken(() => make(currency)))
      .catch(unlessNameIsTaken(() => make(ownId)));
  }

  // Books has no key for customers: two payments of one new payer must not both find nobody.
  return exclusively(key, async () => {
    const customer = await write('customer', { findFirst: true, find, send: create });
    await link(key, customer.id);
    return customer;
  });
}
