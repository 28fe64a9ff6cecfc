import { type CountryCode, findPhoneNumbersInText, isSupportedCountry } from 'libphonenumber-js/min';
import { claimedAddress, domainOf, type MailAddress, trueAddress } from './address.ts';
import { isAnybodys } from './anybodys.ts';
import { ownLines, signatureOf } from './quoted.ts';

/** What a mail says of whoever sent it, to be corrected by a person. */
export interface SuggestedPerson {
  readonly firstName: string;
  readonly lastName: string;
  /** Null: the mail names no address. */
  readonly email: string | null;
  readonly phone: string;
  readonly company: string;
  readonly title: string;
  /** Another address that the name pretends to be. */
  readonly claims: string | null;
}

/** Second parts of the names of countries' domains: `atelier.co.uk` is of `atelier`. */
const SECOND = new Set(['co', 'com', 'org', 'net', 'gov', 'ac', 'asso', 'gouv', 'edu']);

/** What mailboxes of a task are called: no person's name stands in them. */
const TASKS =
  /^(?:info|contact|bonjour|hello|sales|ventes|commercial|support|aide|help|admin|no-?reply|ne-pas-repondre|newsletter|compta(?:bilite)?|billing|facturation|office|accueil|team|equipe|jobs|rh|hr|presse|press|service|mail|mailer-daemon|postmaster)$/i;

const FORMS_OF_COMPANY =
  /\b(?:SARL|SAS|SASU|EURL|SA|SCOP|SNC|GmbH|AG|UG|KG|Ltd|Limited|LLC|LLP|Inc|Corp|PLC|BV|NV|SRL|SpA|SL|AB|Oy|ApS)\b\.?/;
const TITLES =
  /\b(?:directeur|directrice|responsable|charg[ée]e? d|chef(?:fe)? de|g[ée]rante?|pr[ée]sidente?|fondat(?:eur|rice)|assistante?|acheteu(?:r|se)|comptable|ing[ée]nieure?|consultante?|d[ée]velopp(?:eur|euse)|architecte|head of|director|manager|founder|ceo|cto|cfo|coo|officer|engineer|developer|consultant|assistant|accountant|buyer|president|partner|lead\b|sales|gesch[äa]ftsf[üu]hrer(?:in)?|leiter(?:in)?)/i;
const WEB = /(?:https?:\/\/|www\.)\S+/i;
const LONGEST_LINE = 100;

/**
 * Reads name, company, phone and job title from how a mail names its sender, and from its signature. What could not be
 * told is empty: nothing is guessed that a person would have to find out to be wrong.
 *
 * @param country ISO 3166: of phone numbers that name none.
 */
export function suggestPerson(from: MailAddress, text: string, country: string): SuggestedPerson {
  const email = trueAddress(from.address);
  const claims = claimedAddress(from);
  const own = ownLines(text);
  const signature = signatureOf(own).filter((line) => line.length <= LONGEST_LINE);
  const called = nameOf(from, claims, email, signature);
  const company = companyOf(signature, email, called);
  return {
    ...called,
    email,
    phone: phoneIn(signature, country),
    company,
    title: titleIn(signature, called, company),
    claims,
  };
}

interface Called {
  readonly firstName: string;
  readonly lastName: string;
}

function nameOf(
  { name }: MailAddress,
  claims: string | null,
  email: string | null,
  signature: readonly string[],
): Called {
  const plain = name
    .normalize('NFC')
    .replace(/^["'\s]+|["'\s]+$/g, '')
    .replace(/\s*[[(|].*$/, '')
    .replace(/\s+(?:via|chez|from|de chez)\s.*$/i, '')
    .replace(/\s+/g, ' ')
    .trim();
  // A name that is an address is none; of one that claims to be another's nothing is believed.
  if (plain !== '' && claims === null && !plain.includes('@')) return partsOf(plain);
  const local = email?.split('@')[0] ?? '';
  const parts = local.split(/[._-]+/).filter((part) => /^\p{L}{2,}$/u.test(part));
  const fromAddress = parts.length === 2 && !TASKS.test(local) ? partsOf(parts.map(capital).join(' ')) : null;
  if (claims !== null) return fromAddress ?? { firstName: '', lastName: '' };
  const [first] = signature;
  const signed =
    first !== undefined && /^\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+){1,3}$/u.test(first) ? first : null;
  return signed === null ? (fromAddress ?? { firstName: '', lastName: '' }) : partsOf(signed);
}

/** `Dupont, Anne` and `Anne DUPONT` are the same person; one word is a family name. */
function partsOf(name: string): Called {
  const [family, given, ...more] = name.split(/\s*,\s*/);
  if (family && given && more.length === 0 && !FORMS_OF_COMPANY.test(given))
    return { firstName: spelled(given), lastName: spelled(family) };
  const words = name.split(' ');
  const shouted = words.findIndex((word, index) => index > 0 && isShouted(word));
  // DUPONT Anne: who writes one part in capitals means the family name.
  if (words.length > 1 && isShouted(words[0] ?? '') && !words.slice(1).some(isShouted))
    return { firstName: spelled(words.slice(1).join(' ')), lastName: spelled(words[0] ?? '') };
  const border = shouted > 0 ? shouted : Math.max(1, words.length > 1 ? familyFrom(words) : 0);
  if (words.length === 1) return { firstName: '', lastName: spelled(name) };
  return {
    firstName: spelled(words.slice(0, border).join(' ')),
    lastName: spelled(words.slice(border).join(' ')),
  };
}

const PARTICLE = /^(?:de|du|des|d’|d'|la|le|van|von|der|den|di|da|del|dos|el|al|ben|ter|zu)$/i;

/** Where the family name begins: its particles belong to it. */
function familyFrom(words: readonly string[]): number {
  let at = words.length - 1;
  while (at > 1 && PARTICLE.test(words[at - 1] ?? '')) at -= 1;
  return at;
}

const isShouted = (word: string): boolean => /^[\p{Lu}'’-]{2,}$/u.test(word);
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
/** Capitals alone, or none at all, are how somebody typed it. */
const spelled = (name: string): string =>
  name
    .split(' ')
    .map((word) =>
      isShouted(word) && word.length > 2
        ? word
            .split(/([-'’])/)
            .map(capital)
            .join('')
        : word,
    )
    .join(' ');

/** The number that somebody can be reached at: a mobile one after the first, never a fax. */
function phoneIn(lines: readonly string[], country: string): string {
  const options = isSupportedCountry(country) ? { defaultCountry: country as CountryCode } : undefined;
  for (const line of lines) {
    if (/\bfax\b|t[ée]l[ée]copie/i.test(line) && !/t[ée]l|mob|phone|port/i.test(line)) continue;
    const [found] = findPhoneNumbersInText(line, options?.defaultCountry ?? 'FR');
    if (found !== undefined) return found.number.formatInternational();
  }
  return '';
}

function companyOf(signature: readonly string[], email: string | null, called: Called): string {
  const named = signature.find(
    (line) => FORMS_OF_COMPANY.test(line) && !line.includes('@') && !WEB.test(line) && !/\d{5}/.test(line),
  );
  if (named !== undefined) return named.replace(/^.*[|•·–—]\s*/, '').trim();
  const domain = email === null ? '' : domainOf(email);
  if (domain === '' || isAnybodys(domain)) return '';
  const parts = domain.split('.');
  const last = parts.length > 2 && SECOND.has(parts.at(-2) ?? '') ? parts.at(-3) : parts.at(-2);
  const stem = (last ?? '').replace(/[-_]+/g, ' ').trim();
  // A line of the signature that spells the domain's name is how the company writes itself.
  const flat = (text: string): string =>
    text
      .normalize('NFD')
      .replace(/[^\p{L}\d]/gu, '')
      .toLowerCase();
  const person = flat(`${called.firstName}${called.lastName}`);
  const line = signature
    .flatMap((one) => one.split(/\s*[|•·–—,]\s*/))
    .find((one) => flat(one) === flat(stem) && flat(one) !== person);
  return line ?? stem.split(' ').map(capital).join(' ');
}

function titleIn(signature: readonly string[], called: Called, company: string): string {
  const parts = signature.flatMap((line) => line.split(/\s*[|•·–—]\s*/));
  const found = parts.find(
    (part) =>
      TITLES.test(part) &&
      !part.includes('@') &&
      !WEB.test(part) &&
      part !== company &&
      !part.includes(called.lastName === '' ? '\0' : called.lastName),
  );
  return found?.trim() ?? '';
}
