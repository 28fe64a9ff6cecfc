import { asLiaisonError, type LiaisonError } from '../../core/errors.ts';
import type { FieldValue } from '../../core/sync-object.ts';
import type { MailchimpClient } from './client.ts';
import { hashOf } from './members.ts';
import type { Tag } from './shapes.ts';

/** The tags that one person is to have, of those that the flow sees; without their prefix. */
export interface WantedTags {
  readonly email: string;
  readonly tags: readonly string[];
}

/**
 * Gives people exactly these tags, of those that begin with the prefix: one call for each person or
 * one for each tag, whichever is less. Tags without the prefix are left alone: they are not the flow's.
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
    const held = (await client.listTags(audience)).filter(({ name }) => startsWith(name, prefix));
    const names = [...new Set(wanted.flatMap(({ tags }) => tags.map((tag) => `${prefix}${tag}`)))];
    if (wanted.length < held.length + names.length) await setOneByOne(client, audience, prefix, wanted, held);
    else await setTagByTag(client, audience, prefix, wanted, await withNew(client, audience, held, names));
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

async function setOneByOne(
  client: MailchimpClient,
  audience: string,
  prefix: string,
  wanted: readonly WantedTags[],
  held: readonly Tag[],
): Promise<void> {
  for (const { email, tags } of wanted) {
    const add = tags.map((tag) => `${prefix}${tag}`);
    const remove = held.map(({ name }) => name).filter((name) => !add.some((one) => sameTag(one, name)));
    if (add.length + remove.length > 0) await client.setTags(audience, hashOf(email), { add, remove });
  }
}

async function setTagByTag(
  client: MailchimpClient,
  audience: string,
  prefix: string,
  wanted: readonly WantedTags[],
  all: readonly Tag[],
): Promise<void> {
  for (const tag of all) {
    const has = ({ tags }: WantedTags): boolean => tags.some((name) => sameTag(`${prefix}${name}`, tag.name));
    const add = wanted.filter(has).map(({ email }) => email);
    const remove = wanted.filter((one) => !has(one)).map(({ email }) => email);
    await client.tagMembers(audience, tag.id, { add, remove });
  }
}

/** The audience's tags, and those that are still to be made. */
async function withNew(
  client: MailchimpClient,
  audience: string,
  held: readonly Tag[],
  names: readonly string[],
): Promise<Tag[]> {
  const all = [...held];
  for (const name of names) {
    if (!all.some((tag) => sameTag(tag.name, name))) all.push(await client.createTag(audience, name));
  }
  return all;
}

const startsWith = (name: string, prefix: string): boolean =>
  name.toLowerCase().startsWith(prefix.toLowerCase());

/** Mailchimp takes tags of the same letters for one, whatever their case. */
const sameTag = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
