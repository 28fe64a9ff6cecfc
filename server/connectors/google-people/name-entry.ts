import { writtenName } from '../../core/sync/person-name.ts';
import type { FieldValue } from '../../core/sync-object.ts';
import { type Entry, text } from './entries.ts';

/** Given names hold the middle ones too: other programs have no place of their own for them. */
export function readName(entry: Entry): FieldValue {
  const given = givenNames(entry);
  const family = text(entry.familyName);
  return given === '' && family === '' ? null : { given, family };
}

/** Prefixes, suffixes and how a name sounds stay; middle names stay unless the given names changed. */
export function writeName(entry: Entry, value: FieldValue): Entry {
  const name = writtenName(value);
  if (name === null) return {};
  const { givenName: _given, middleName: _middle, familyName: _family, ...others } = entry;
  const asBefore = name.given === givenNames(entry).replace(/\s+/gu, ' ').trim();
  const given = asBefore
    ? { givenName: entry.givenName ?? null, middleName: entry.middleName ?? null }
    : { givenName: name.given };
  const parts = Object.entries({ ...given, familyName: name.family });
  return { ...others, ...Object.fromEntries(parts.filter(([, part]) => part !== null && part !== '')) };
}

const givenNames = ({ givenName, middleName }: Entry): string =>
  [text(givenName), text(middleName)].filter((part) => part !== '').join(' ');
