import { badRequest, GoogleRefusal } from '../google/refusal.ts';
import type { Entry } from './rows.ts';
import { PERSON_FIELDS, type PersonField, SHAPES, SINGLETONS } from './shapes.ts';

type Members = Readonly<Record<string, unknown>>;
export type Lists = Readonly<Partial<Record<PersonField, readonly Entry[]>>>;

/** Members of a person that are no lists of entries, and lists that Google takes and forgets. */
const OTHERS = new Set(
  'resourceName etag metadata photos coverPhotos ageRanges ageRange skills fileAses braggingRights residences relationshipInterests relationshipStatuses taglines'.split(
    ' ',
  ),
);
const MEMBERS = new Map<string, ReadonlySet<string>>(
  PERSON_FIELDS.map((field) => [field, new Set([...SHAPES[field].split(' '), 'metadata'])]),
);
const NOT_TEXT = new Set([
  'metadata',
  'date',
  'startDate',
  'endDate',
  'current',
  'fullTimeEquivalentMillipercent',
  'contactGroupMembership',
  'domainMembership',
]);
/** Google publishes no limits on lengths; these are generous, so that something is too long. */
const LONGEST = 1_024;
const LONGEST_NOTE = 100_000;

export interface GivenPerson {
  readonly lists: Lists;
  /** Of the contact's source, and of the person; undefined where not sent. */
  readonly sourceEtag: string | undefined;
  readonly hasSource: boolean;
}

/**
 * The person in a request's body.
 *
 * @param at where it stands, as Google names the place: `person`, `contacts[0].contact_person`.
 * @throws a refusal for members that there are not, or not of their type.
 */
export function readPerson(value: unknown, at: string): GivenPerson {
  if (!isObject(value)) throw badRequest([`Invalid value at '${at}'`]);
  const violations: string[] = [];
  const lists: Partial<Record<PersonField, readonly Entry[]>> = {};
  for (const [name, member] of Object.entries(value)) {
    const known = MEMBERS.get(name);
    if (known) lists[name as PersonField] = readEntries(member, known, `${at}.${snake(name)}`, violations);
    else if (!OTHERS.has(name)) violations.push(unknown(name, at));
  }
  if (violations.length > 0) throw badRequest(violations);
  const sources =
    isObject(value.metadata) && Array.isArray(value.metadata.sources) ? value.metadata.sources : [];
  const contact = sources.filter(isObject).find(({ type }) => type === 'CONTACT');
  return {
    lists,
    hasSource: contact !== undefined,
    sourceEtag: typeof contact?.etag === 'string' ? contact.etag : undefined,
  };
}

/** @throws the refusal for what no contact may hold: two of what there is one of, an impossible date, a text too long. */
export function checkLists(lists: Lists): void {
  for (const [field, entries] of Object.entries(lists)) {
    if (SINGLETONS.includes(field) && entries.length > 1)
      throw new GoogleRefusal(
        400,
        `Field person.${snake(field)} is a singleton: it takes one value at most.`,
      );
    const longest = field === 'biographies' ? LONGEST_NOTE : LONGEST;
    for (const [index, entry] of entries.entries()) {
      for (const [name, member] of Object.entries(entry)) {
        const place = `person.${snake(field)}[${index}].${snake(name)}`;
        if (typeof member === 'string' && member.length > longest)
          throw badRequest([`${place}: the value is longer than ${longest} characters.`]);
        if (/^(date|startDate|endDate)$/.test(name) && !isDate(member))
          throw badRequest([`${place}: the date is not valid.`]);
      }
    }
  }
}

function readEntries(
  value: unknown,
  known: ReadonlySet<string>,
  at: string,
  violations: string[],
): readonly Entry[] {
  if (value === null) return [];
  if (!Array.isArray(value)) {
    violations.push(`Invalid value at '${at}'`);
    return [];
  }
  return value.map((entry: unknown, index): Entry => {
    const place = `${at}[${index}]`;
    if (!isObject(entry)) {
      violations.push(`Invalid value at '${place}'`);
      return {};
    }
    for (const [name, member] of Object.entries(entry)) {
      if (!known.has(name)) violations.push(unknown(name, place));
      else if (!NOT_TEXT.has(name) && member !== null && typeof member !== 'string')
        violations.push(
          `Invalid value at '${place}.${snake(name)}' (TYPE_STRING), ${JSON.stringify(member)}`,
        );
    }
    return entry;
  });
}

/** A day, a month of a year, a year, or a day of any year. */
function isDate(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { year = 0, month = 0, day = 0 } = value;
  if (![year, month, day].every((part) => Number.isInteger(part))) return false;
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  if (y < 0 || y > 9999 || m < 0 || m > 12 || d < 0 || (m === 0 && d > 0)) return false;
  // Day 0 of the month that follows is the last of this one; of no year in particular, 29 February is a day.
  return m === 0 ? y > 0 : d <= new Date(Date.UTC(y === 0 ? 2000 : y, m, 0)).getUTCDate();
}

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const unknown = (name: string, at: string): string =>
  `Invalid JSON payload received. Unknown name "${name}" at '${at}': Cannot find field.`;
