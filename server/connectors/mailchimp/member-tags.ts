import { asLiaisonError, type LiaisonError } from '../../core/errors.ts';
import type { FieldValue } from '../../core/sync-object.ts';
import type { MailchimpClient } from './client.ts';
import type { Tag } from './shapes.ts';

/** The tags that one person is to have, of those that the flow sees; without their prefix. */
export interface WantedTags {
  readonly email: string;
  readonly tags: readonly string[];
}

/**
 * Gives people exactly these tags, of those that begin with the prefix: one call for each tag and 500 people,
 * however many people there are. Tags without the prefix are left alone: they are not the flow's.
 *
 * @returns what went wrong, or null.
 */
export async function setTagsOf(
  client: MailchimpClient,
  audience: string,
  prefix: string,
  wanted: readonly WantedTags[],
): Promise<LiaisonError | null> {
  if (wanted.length === 0) return null;
  try {
    const held = await client.listTags(audience);
    for (const tag of await allTags(client, audience, prefix, wanted, held)) {
      const has = (tags: readonly string[]): boolean =>
        tags.some((name) => sameTag(`${prefix}${name}`, tag.name));
      const add = wanted.filter(({ tags }) => has(tags)).map(({ email }) => email);
      const remove = wanted.filter(({ tags }) => !has(tags)).map(({ email }) => email);
      await client.tagMembers(audience, tag.id, { add, remove });
    }
    return null;
  } catch (thrown) {
    return asLiaisonError(thrown);
  }
}

/** Labels as a mapping hands them over: a list, or one text. */
export function tagNames(value: FieldValue | undefined): string[] {
  const values = Array.isArray(value) ? value : [value ?? null];
  return values.flatMap((one) => (typeof one === 'string' && one.trim() !== '' ? [one.trim()] : []));
}

/** The audience's tags with the prefix, and those that are still to be made. */
async function allTags(
  client: MailchimpClient,
  audience: string,
  prefix: string,
  wanted: readonly WantedTags[],
  held: readonly Tag[],
): Promise<Tag[]> {
  const all = held.filter(({ name }) => name.toLowerCase().startsWith(prefix.toLowerCase()));
  for (const name of new Set(wanted.flatMap(({ tags }) => tags.map((tag) => `${prefix}${tag}`)))) {
    if (all.some((tag) => sameTag(tag.name, name))) continue;
    all.push(await client.createTag(audience, name));
  }
  return all;
}

/** Mailchimp takes tags of the same letters for one, whatever their case. */
const sameTag = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
