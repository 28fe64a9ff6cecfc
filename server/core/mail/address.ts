/** A person or a mailbox, as a mail names it. */
export interface MailAddress {
  /** Anything that the sender wrote; empty: nothing. */
  readonly name: string;
  /** In small letters. */
  readonly address: string;
}

/** What mail servers deliver to, without comments and quoted names. RFC 5321 allows 254 characters. */
const ADDRESS = /^[^\s@<>()[\],;:"\\]{1,64}@(?:[\p{L}\d](?:[\p{L}\d-]{0,61}[\p{L}\d])?\.)+[\p{L}\d-]{2,63}$/u;
const LONGEST = 254;
const WITHIN = /[^\s@<>()[\],;:"'\\]{1,64}@(?:[\p{L}\d-]{1,63}\.)+[\p{L}\d-]{2,63}/gu;

/**
 * The address that mail would go to, in small letters; null: it is none. Of a name with an address behind it, only what
 * stands between the last angle brackets counts, whatever the name says.
 *
 * @example trueAddress('"ceo@bank.example" <x@evil.example>') // 'x@evil.example'
 */
export function trueAddress(text: string): string | null {
  const whole = text.trim();
  const opened = whole.lastIndexOf('<');
  const [bare = '', ...behind] = opened === -1 ? [whole] : whole.slice(opened + 1).split('>');
  // The brackets are of the address itself: `"<ceo@bank.example>"@evil.example` goes to evil.example.
  if (behind.some((text) => text.includes('@'))) return null;
  const address = bare
    .trim()
    .replace(/^mailto:/i, '')
    .normalize('NFC')
    .toLowerCase();
  return address.length <= LONGEST && ADDRESS.test(address) ? address : null;
}

/** Another address that the name of a sender pretends to be; null: it does not. */
export function claimedAddress({ name, address }: MailAddress): string | null {
  const own = trueAddress(address);
  const named = [...name.toLowerCase().matchAll(WITHIN)].map(([found]) => found);
  return named.find((one) => one !== own) ?? null;
}

/** What stands behind the @; empty where there is none. */
export const domainOf = (address: string): string =>
  address.slice(address.lastIndexOf('@') + 1).toLowerCase();
