import { GoogleRefusal } from '../google/refusal.ts';
import { PERSON_FIELDS, type PersonField, READ_ONLY_FIELDS } from './shapes.ts';

const READABLE: ReadonlySet<string> = new Set([...PERSON_FIELDS, ...READ_ONLY_FIELDS]);
const WRITABLE: ReadonlySet<string> = new Set(PERSON_FIELDS);
const PLACE = 'Valid paths are documented at https://developers.google.com/people/api/rest/v1/people';

export type ReadMask = ReadonlySet<string>;
export const EVERYTHING: ReadMask = READABLE;

/** Fields named by a mask that is read by. @throws the refusal that Google gives to an unknown one. */
export function readMask(text: string, name: string): ReadMask {
  return new Set(paths(text, name, READABLE));
}

/** @throws a refusal where the mask is empty: this one is required. */
export function requiredReadMask(text: string | undefined, name: string): ReadMask {
  const mask = readMask(text ?? '', name);
  if (mask.size === 0) throw required(name);
  return mask;
}

/** Fields that an update replaces. */
export function updateMask(text: string | undefined, name: string): ReadonlySet<PersonField> {
  const mask = paths(text ?? '', name, WRITABLE);
  if (mask.length === 0) throw required(name);
  return new Set(mask as PersonField[]);
}

function paths(text: string, name: string, valid: ReadonlySet<string>): string[] {
  const named = text
    .split(',')
    .map((path) => path.trim().replace(/^person\./, ''))
    .filter((path) => path !== '');
  const unknown = named.find((path) => !valid.has(path));
  if (unknown !== undefined)
    throw new GoogleRefusal(400, `Invalid ${name} mask path: "${unknown}". ${PLACE}.`);
  return named;
}

function required(name: string): GoogleRefusal {
  return new GoogleRefusal(
    400,
    `${name} mask is required. Please specify one or more valid paths. ${PLACE}.`,
  );
}
