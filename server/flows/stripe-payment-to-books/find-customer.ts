import type { Payment } from '../../connectors/stripe/shapes.ts';
import { zohoBooks } from '../../connectors/zoho-books/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import type { Context } from './steps.ts';

export interface Customer {
  readonly id: string;
  readonly name: string;
}

function ambiguous(email: string, names: readonly string[]): LiaisonError {
  const list = names.join(', ');
  return new LiaisonError('rejected', {
    field: 'email',
    sentence: {
      en: `Several customers in Zoho Books have the address ${email}: ${list}. Merge them or correct the address, then replay.`,
      fr: `Plusieurs clients de Zoho Books ont l’adresse ${email} : ${list}. Fusionnez-les ou corrigez l’adresse, puis rejouez.`,
    },
  });
}

/**
 * The customer in Books whose e-mail the payer has and who is invoiced in the payment's currency (a
 * customer of Books has one currency), or a new one.
 *
 * @throws LiaisonError `rejected` when several fit: money is not booked on a guess.
 */
export async function findCustomer(
  context: Context,
  payment: Payment,
  currencyId: string,
): Promise<Customer> {
  const { client, write, exclusively } = context;
  const { email, currency } = payment;
  const name = payment.name ?? email ?? `Stripe ${payment.customerId ?? payment.identity}`;

  async function find(): Promise<Customer | null> {
    const books = client(zohoBooks);
    const candidates = email === null ? await books.contactsByName(name) : await books.contactsByEmail(email);
    const fitting = candidates.filter((one) => one.currency === currency);
    if (fitting.length > 1)
      throw ambiguous(
        email ?? name,
        fitting.map((one) => one.name),
      );
    const [only] = fitting;
    return only === undefined ? null : { id: only.id, name: only.name };
  }

  async function create(): Promise<Customer> {
    const books = client(zohoBooks);
    // Names are unique in Books: one that is taken belongs to somebody else, or to the same payer in another currency.
    const taken = new Set((await books.contactsByName(name)).map((one) => one.name));
    const free = [name, `${name} (${currency})`, `${name} (${payment.customerId ?? payment.identity})`];
    const chosen = free.find((candidate) => !taken.has(candidate)) ?? free.at(-1) ?? name;
    const made = await books.createContact({ name: chosen, email, currencyId, personName: payment.name });
    return { id: made.id, name: made.name };
  }

  // Books has no key for customers: two payments of one new payer must not both find nobody.
  return exclusively(`customer ${email?.toLowerCase() ?? name} ${currency}`, () =>
    write('customer', { findFirst: true, find, send: create }),
  );
}
