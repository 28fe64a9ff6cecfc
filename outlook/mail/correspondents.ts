import type { MailAddress, ReadMail } from '../office/item.ts';

/** Who a mail is about, and what of it is not to be believed. Pure. */

const ADDRESS = /[^\s<>()[\]"',;:]+@[^\s<>()[\]"',;:]+\.[^\s<>()[\]"',;:]+/;

export const isAddress = (text: string): boolean => new RegExp(`^${ADDRESS.source}$`).test(text.trim());
const lower = ({ address }: MailAddress): string => address.trim().toLowerCase();
export const domainOf = (address: string): string =>
  address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** The address that a name claims to be, where it is another than the true one: `"ceo@bank.example" <x@evil.example>`. */
export function claimedAddress({ name, address }: MailAddress): string | null {
  const claimed = ADDRESS.exec(name.normalize('NFKC'))?.[0] ?? null;
  return claimed === null || claimed.toLowerCase() === address.toLowerCase() ? null : claimed;
}

export interface Correspondents {
  /** Whom the pane is about: who wrote and who sent it, or, of a mail of one's own, whom it is to. */
  readonly first: readonly MailAddress[];
  readonly others: readonly MailAddress[];
  /** It is from whoever reads it. */
  readonly isOwn: boolean;
}

/** @param own addresses of the mailbox's own person, and of the mailbox where it is shared with them. */
export function correspondentsOf(mail: ReadMail, own: readonly string[]): Correspondents {
  const mine = own.map((address) => address.trim().toLowerCase());
  const isMe = (one: MailAddress) => mine.includes(lower(one));
  const writers = distinct([mail.from, mail.sender]);
  const readers = distinct([...mail.to, ...mail.cc]).filter((one) => !isMe(one));
  const isOwn = writers.length > 0 && writers.every(isMe);
  if (isOwn) return { first: readers.slice(0, 1), others: readers.slice(1), isOwn };
  const others = readers.filter((one) => !writers.some((writer) => lower(writer) === lower(one)));
  return { first: writers.filter((one) => !isMe(one)), others, isOwn };
}

/** Each address once, and none that is none. */
export function distinct(all: readonly MailAddress[]): MailAddress[] {
  const known = new Map<string, MailAddress>();
  for (const one of all) {
    if (isAddress(one.address) && !known.has(lower(one))) known.set(lower(one), one);
  }
  return [...known.values()];
}

/**
 * Whether the mailbox's own server found that the mail is not from where it says. It writes what it found above all that
 * came with the mail, so that only the first of such lines is its own.
 *
 * @param headers as they came, folded lines and all.
 */
export function isUnproven(headers: string): boolean {
  const lines = headers.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const found = lines.find((line) => /^authentication-results:/i.test(line));
  return found !== undefined && /\bdmarc=fail\b/i.test(found);
}
