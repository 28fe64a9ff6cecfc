import type { people_v1 } from '@googleapis/people';
import { z } from 'zod';

/** A contact as Google has it. Its lists are read with care: what they hold is not checked. */
export type Person = people_v1.Schema$Person & { readonly resourceName: string };
/** What of a person is written: whole lists. */
export type PersonChange = Pick<people_v1.Schema$Person, PersonList>;

/** The lists of a person that Liaison reads and writes. */
export const PERSON_LISTS = [
  'names',
  'emailAddresses',
  'phoneNumbers',
  'organizations',
  'addresses',
  'biographies',
  'birthdays',
  'urls',
  'nicknames',
  'clientData',
] as const;
export type PersonList = (typeof PERSON_LISTS)[number];

const list = z.array(z.looseObject({})).nullish();
export const personSchema = z
  .looseObject({
    resourceName: z.string(),
    metadata: z
      .looseObject({ deleted: z.boolean().nullish(), sources: z.array(z.looseObject({})).nullish() })
      .optional(),
    ...Object.fromEntries(PERSON_LISTS.map((name) => [name, list])),
  })
  .transform((person) => person as unknown as Person);

/** What an update has to name, so that nobody's change in between is lost; null where Google gave none. */
export function etagOf({ metadata }: Person): string | null {
  return metadata?.sources?.find(({ type }) => type === 'CONTACT')?.etag ?? null;
}

export const isDeleted = ({ metadata }: Person): boolean => metadata?.deleted === true;
