import { asLiaisonError, type LiaisonError } from '../../core/errors.ts';
import type { MailchimpClient } from './client.ts';
import { hashOf } from './members.ts';
import type { Tag } from './shapes.ts';
import { sameTag, type TagPlan } from './tag-plan.ts';

/** The tags that one person is to have, of the flow's own. */
export interface WantedTags {
  readonly email: string;
  readonly tags: readonly string[];
}

export interface TagsSet {
  /** What went wrong, or null. */
  readonly failure: LiaisonError | null;
  /** Tags as the audience spells them. */
  spelled(tags: readonly string[]): string[];
}

/**
 * Gives people exactly these tags, of those that are the flow's: one call for each person or one for each
 * tag, whichever is less. Other tags are left alone.
 */
export async function setTagsOf(
  client: MailchimpClient,
  audience: string,
  plan: TagPlan,
  wanted: readonly WantedTags[],
): Promise<TagsSet> {
  if (wanted.length === 0) return { failure: null, spelled: (tags) => [...tags] };
  try {
    const held = (await client.listTags(audience)).filter(({ name }) => plan.isOurs(name));
    const names = [...new Set(wanted.flatMap(({ tags }) => tags))];
    if (wanted.length < held.length + names.length) await setOneByOne(client, audience, wanted, held);
    else await setTagByTag(client, audience, wanted, await withNew(client, audience, held, names));
    const spell = (tag: string): string => held.find(({ name }) => sameTag(name, tag))?.name ?? tag;
    return { failure: null, spelled: (tags) => tags.map(spell) };
  } catch (thrown) {
    return { failure: asLiaisonError(thrown), spelled: (tags) => [...tags] };
  }
}

async function setOneByOne(
  client: MailchimpClient,
  audience: string,
  wanted: readonly WantedTags[],
  held: readonly Tag[],
): Promise<void> {
  for (const { email, tags } of wanted) {
    const remove = held.map(({ name }) => name).filter((name) => !tags.some((one) => sameTag(one, name)));
    if (tags.length + remove.length > 0) await client.setTags(audience, hashOf(email), { add: tags, remove });
  }
}

async function setTagByTag(
  client: MailchimpClient,
  audience: string,
  wanted: readonly WantedTags[],
  all: readonly Tag[],
): Promise<void> {
  for (const tag of all) {
    const has = ({ tags }: WantedTags): boolean => tags.some((name) => sameTag(name, tag.name));
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
