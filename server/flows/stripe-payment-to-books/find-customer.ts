import type { Payment } from '../../connectors/stripe/shapes.ts';
import { zohoBooks } from '../../connectors/zoho-books/connector.ts';
import { asLiaisonError, LiaisonError } from '../../core/errors.ts';
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

function noCurrency(currency: string): LiaisonError {
  return new LiaisonError('rejected', {
    field: 'currency',
    sentence: {
      en: `Zoho Books does not know the currency ${currency}. Add it under Settings, Currencies, then replay.`,
      fr: `Zoho Books ne connaît pas la devise ${currency}. Ajoutez-la dans Paramètres, Devises, puis rejouez.`,
    },
  });
}

const unlessNameIsTaken =
  <T>(other: () => Promise<T>) =>
  (thrown: unknown): Promise<T> => {
    const { kind, details } = asLiaisonError(thrown);
    if (kind === 'rejected' && details.field === 'contact_name') return other();
    throw thrown;
  };

/**
 * The customer in Books whose e-mail the payer has and who is invoiced in the payment's currency (a
 * customer of Books has one currency), or a new one.
 *
 * @throws LiaisonError `rejected` when several fit: money is not booked on a guess.
 */
export async function findCustomer(context: Context, payment: Payment): Promise<Customer> {
  const { client, write, exclusively } = context;
  const { email, currency } = payment;
  const name = payment.name ?? email ?? `Stripe ${payment.customerId ?? payment.identity}`;

  async function find(): Promise<Customer | null> {
    const books = client(zohoBooks);
    const candidates = email === null ? await books.contactsByName(name) : await books.contactsByEmail(email);
    const fitting = candidates.filter((one) => one.isActive && one.currency === currency);
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
    const currencyId = (await books.currencies()).find((one) => one.code === currency)?.id;
    if (currencyId === undefined) throw noCurrency(currency);
    const make = async (chosen: string): Promise<Customer> => {
      const made = await books.createContact({ name: chosen, email, currencyId, personName: payment.name });
      return { id: made.id, name: made.name };
    };
    // Names are unique in Books: one that is taken is somebody else's, or the same payer's in another currency.
    return make(name)
      .catch(unlessNameIsTaken(() => make(`${name} (${currency})`)))
      .catch(unlessNameIsTaken(() => make(`${name} (${payment.customerId ?? payment.identity})`)));
  }

  // Books has no key for customers: two payments of one new payer must not both find nobody.
  return exclusively(`customer ${email?.toLowerCase() ?? name} ${currency}`, () =>
    write('customer', { findFirst: true, find, send: create }),
  );
}
