import { account } from '../google-accounts/account.ts';
import type { ReadMask } from './masks.ts';
import type { Entry, Version } from './rows.ts';
import { PERSON_FIELDS, type PersonField, SHAPES } from './shapes.ts';

/** Of a contact's own source: what an update has to name. */
export function sourceEtag(id: string, { seq }: Pick<Version, 'seq'>): string {
  return `#${Buffer.from(`${id.slice(-6)}/${seq}`).toString('base64')}`;
}

const personEtag = (id: string, { seq }: Pick<Version, 'seq'>): string =>
  `%${Buffer.from(`p${id.slice(-6)}/${seq}`).toString('base64')}`;

/** A contact as the API shows it through a mask. */
export function shownContact(id: string, version: Version, mask: ReadMask): object {
  const source = { type: 'CONTACT', id: BigInt(id.slice(1)).toString(16) };
  const lists = PERSON_FIELDS.flatMap((field): [string, object[]][] => {
    const entries = mask.has(field) ? version.person?.[field] : undefined;
    return entries ? [[field, entries.map((entry) => shownEntry(field, entry, source))]] : [];
  });
  const deleted = version.person === null;
  return {
    resourceName: `people/${id}`,
    etag: personEtag(id, version),
    ...(mask.has('metadata') || deleted ? { metadata: metadata(id, version, source, deleted) } : {}),
    ...Object.fromEntries(lists),
    ...(mask.has('photos') && !deleted ? { photos: [shownPhoto(source)] } : {}),
  };
}

function metadata(id: string, version: Version, source: object, deleted: boolean): object {
  const updateTime = new Date(version.at).toISOString();
  const held = { ...source, etag: sourceEtag(id, version), updateTime };
  return { sources: [held], ...(deleted ? { deleted: true } : {}), objectType: 'PERSON' };
}

function shownEntry(field: PersonField, { metadata: chosen, ...entry }: Entry, source: object): object {
  const primary = chosen === undefined ? {} : { primary: true, sourcePrimary: true };
  const type = SHAPES[field].includes('formattedType') ? String(entry.type ?? '') : '';
  const formattedType = type === '' ? {} : { formattedType: type.charAt(0).toUpperCase() + type.slice(1) };
  return { metadata: { ...primary, source }, ...entry, ...formattedType };
}

function shownPhoto(source: object): object {
  const url = 'https://lh3.googleusercontent.com/cm/default-contact=s100';
  return { metadata: { primary: true, source }, url, default: true };
}

/** `people/me`: the account itself, as far as its scopes tell. */
export function shownAccount(mask: ReadMask, scopes: readonly string[]): object {
  const { id, email, givenName, familyName } = account();
  const source = { type: 'PROFILE', id };
  const entry = { metadata: { primary: true, sourcePrimary: true, verified: true, source } };
  const may = (name: string): boolean => scopes.includes(`https://www.googleapis.com/auth/userinfo.${name}`);
  const displayName = `${givenName} ${familyName}`;
  const name = { displayName, familyName, givenName, displayNameLastFirst: `${familyName}, ${givenName}` };
  return {
    resourceName: `people/${id}`,
    etag: `%${Buffer.from(id).toString('base64')}`,
    ...(mask.has('metadata') ? { metadata: { sources: [source], objectType: 'PERSON' } } : {}),
    ...(mask.has('names') && may('profile') ? { names: [{ ...entry, ...name }] } : {}),
    ...(mask.has('emailAddresses') && may('email') ? { emailAddresses: [{ ...entry, value: email }] } : {}),
  };
}
