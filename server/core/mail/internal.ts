import { domainOf } from './address.ts';
import { isAnybodys } from './anybodys.ts';

/** Whose addresses are the organisation's own: those of its people, and of their domains, unless anybody has mailboxes there. */
export function ownAddresses(staff: readonly string[]): (address: string) => boolean {
  const own = new Set(staff.map((one) => one.toLowerCase()));
  const domains = new Set([...own].map(domainOf).filter((domain) => domain !== '' && !isAnybodys(domain)));
  return (address) => own.has(address.toLowerCase()) || domains.has(domainOf(address));
}

/** Whether a mail went between colleagues alone. One that names nobody is nobody else's business either. */
export const isInternal = (people: readonly string[], isOwn: (address: string) => boolean): boolean =>
  people.every(isOwn);
