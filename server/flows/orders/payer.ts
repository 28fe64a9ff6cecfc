import type { Payer } from '../../connectors/zoho-books/booking/find-customer.ts';
import { emailFor } from '../../connectors/zoho-books/lengths.ts';
import { type Order, personOf } from '../../core/order/order.ts';
import { isSamePerson, nameWords } from '../../core/order/same-person.ts';
import { keys } from './keys.ts';
import { phoneOf } from './phone-of.ts';
import { counterName } from './texts.ts';

/**
 * Whoever ordered: a company where the order names one, else the person. Known by the e-mail address with the name, by
 * their phone number where there is no address, by the shop's own customer where there is neither, else as somebody at the
 * counter.
 */
export function payerOf({ customer, currency, reference }: Order, locale: string): Payer {
  const phone = phoneOf(customer, locale);
  const person = personOf(customer);
  const email = emailFor(customer.email);
  const shop = reference.slice(0, reference.lastIndexOf(' #'));
  const knownBy =
    customer.email ?? phone?.canonical ?? (customer.id === null ? null : `${shop} ${customer.id}`);
  const isNobody = person === '' && customer.company === '' && knownBy === null;
  const name = customer.company || person || (knownBy ?? counterName(locale));
  const ownId =
    phone !== null
      ? phone.canonical
      : isNobody
        ? shop
        : customer.id === null
          ? reference
          : `${shop} ${customer.id}`;
  const who =
    email === null && phone === null
      ? ownId
      : `${email?.toLowerCase() ?? phone?.canonical} ${nameWords(name).join(' ')}`;
  return {
    name,
    personName: person || null,
    email,
    ...(email === null && phone !== null ? { phone } : {}),
    of: 'Shop',
    ownId,
    currency,
    key: keys.customer(who, currency),
    isThis: (contact) =>
      customer.company === ''
        ? isSamePerson(contact.person || contact.name, person)
        : isSamePerson(contact.name, customer.company),
  };
}
